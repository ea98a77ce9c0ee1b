/**
 * Where the reference results are. Small ones are in `tests/fixtures`; the whole set may lie beside the project, in
 * `../shared/fixtures`. A test whose fixture is in neither is skipped and says so in its name.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['./fixtures/', '../../shared/fixtures/'].map((folder) => new URL(folder, import.meta.url));

/** The file or folder of this name, e.g. `evaluator/logits.npy`, or null where this machine hasn't got it. */
export function fixturePath(relative: string): string | null {
  const found = FOLDERS.map((folder) => new URL(relative, folder)).find((url) => existsSync(url));
  return found ? fileURLToPath(found) : null;
}

/** The fixture's bytes. Throws where it is absent: ask {@link fixturePath} or {@link absence} first. */
export async function readFixture(relative: string): Promise<Uint8Array> {
  const path = fixturePath(relative);
  if (path === null) throw new Error(`No fixture "${relative}" on this machine.`);
  return new Uint8Array(await readFile(path));
}

/** For a test's name: empty where all fixtures are there, else ` (skipped: no fixture …)`. Goes with `it.skipIf(absence(…))`. */
export function absence(...relatives: string[]): string {
  const missing = relatives.filter((relative) => fixturePath(relative) === null);
  return missing.length > 0 ? ` (skipped: no fixture ${missing.join(', ')})` : '';
}
