import { expect, test } from 'vitest';
import { Keeper } from '../../../src/ui/session/keeper.svelte.ts';
test('x', async () => {
  const k = new Keeper({ save: async () => {} });
  expect(k.busy).toBe(false);
});
