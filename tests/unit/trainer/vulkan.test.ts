/** Which software driver of Vulkan is taken, by what a machine lists. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLavapipe } from '../../../trainer/engines/vulkan.ts';

let drivers: string;
beforeEach(() => {
  drivers = mkdtempSync(join(tmpdir(), 'drivers-'));
});
afterEach(() => rmSync(drivers, { recursive: true }));

function list(name: string, version: string): void {
  const ICD = { api_version: version, library_path: 'libvulkan_lvp.so' };
  writeFileSync(join(drivers, name), JSON.stringify({ ICD, file_format_version: '1.0.0' }, null, 4));
}

test.each(['lvp_icd.json', 'lvp_icd.x86_64.json'])('lavapipe is found as %s', (name) => {
  list('intel_icd.json', '1.4.305');
  list(name, '1.4.305');
  expect(findLavapipe(drivers)).toBe(join(drivers, name));
});

test.each([
  ['1.3.230', false],
  ['1.4.305', true],
  ['1.10.0', true],
  ['2.0.1', true],
  ['', false],
])('with Vulkan "%s" it is taken: %s', (version, taken) => {
  list('lvp_icd.json', version);
  expect(findLavapipe(drivers) !== null).toBe(taken);
});

test('without its entry, or without a list, there is none', () => {
  list('radeon_icd.json', '1.4.305');
  mkdirSync(join(drivers, 'empty'));
  for (const folder of [drivers, join(drivers, 'empty'), join(drivers, 'missing')]) expect(findLavapipe(folder)).toBeNull();
});
