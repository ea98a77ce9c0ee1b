import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../../src/formats/sha256.ts';

it('agrees with the standard and with Node', async () => {
  expect(await sha256Hex(new Uint8Array(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
  expect(await sha256Hex(bytes.subarray(3))).toBe(createHash('sha256').update(bytes.subarray(3)).digest('hex'));
});
