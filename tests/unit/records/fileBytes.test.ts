import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { FileBytes } from '../../../src/records/fileBytes.ts';

/** More than two stretches of a megabyte. The bytes are those of the numbers 0, 1, 2 and so on, so that no two places look alike. */
const whole = new Uint8Array(Uint32Array.from({ length: 600_000 }, (_, index) => index).buffer);
const file = new Blob([whole]);

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

it('gives the bytes of any place, in any order', async () => {
  const place = fc.record({ at: fc.nat(whole.length), length: fc.nat(1_500_000) });
  await fc.assert(
    fc.asyncProperty(fc.array(place, { maxLength: 6 }), async (places) => {
      const bytes = new FileBytes(file);
      for (const { at, length } of places) {
        const there = Math.min(length, whole.length - at);
        expect(text(await bytes.at(at, there))).toBe(text(whole.subarray(at, at + there)));
      }
    }),
  );
});

it('reads a file in few goes, however short the pieces are that are asked for', async () => {
  const reading = vi.spyOn(file, 'slice');
  const bytes = new FileBytes(file);
  for (let at = 0; at < whole.length; at += 1000) await bytes.at(at, 1000);
  expect(reading).toHaveBeenCalledTimes(3);
  reading.mockRestore();
});

it('says where a file ends before, whatever was read last', async () => {
  const bytes = new FileBytes(file);
  for (const [at, length] of [
    [whole.length - 3, 4],
    [whole.length, 1],
    [whole.length + 5, 1],
  ] as const) {
    await expect(bytes.at(at, length)).rejects.toMatchObject({ code: 'export-damaged' });
    await expect(bytes.at(0, 4)).resolves.toEqual(Uint8Array.of(0, 0, 0, 0));
  }
});
