/**
 * A folder belongs to one request: `synth.json` in it says which. Drawing can be stopped and gone on with by the same request; another one
 * would mix two populations under the same ids, and is refused.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../../files/atomicFile.ts';
import { DataError, messageOf } from '../../files/errors.ts';
import { readJsonFile } from '../../files/jsonFile.ts';
import { SYNTH_MODALITIES, type SynthRequest } from './plan.ts';

export const REQUEST_FILE = 'synth.json';

const requestSchema = v.strictObject({
  schema: v.literal(1),
  people: v.number(),
  seed: v.number(),
  clips: v.number(),
  ratio: v.string(),
  heldOutRatio: v.string(),
  split: v.string(),
  modality: v.picklist(SYNTH_MODALITIES),
});

/** How the command line calls each part of a request. */
const OPTIONS: Record<keyof SynthRequest, string> = {
  people: '--people',
  seed: '--seed',
  clips: '--clips',
  ratio: '--ratio',
  heldOutRatio: '--held-out-ratio',
  split: '--split',
  modality: '--modality',
};

/** Takes an empty or new folder for a request, or finds that it has been taken for the same one. Throws {@link DataError}. */
export async function claimFolder(root: string, request: SynthRequest): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file is in its place' : messageOf(error);
    throw new DataError('unwritable', `The folder ${root} can't be made: ${why}.`, { cause: error });
  }
  const path = join(root, REQUEST_FILE);
  const earlier = await readJsonFile(path, requestSchema);
  if (earlier) return refuseOther(root, earlier, request);
  if ((await readdir(root)).some((name) => !name.startsWith(REQUEST_FILE))) {
    throw new DataError('layout', `${root} is not empty and holds no simulated people: name a new folder for them.`);
  }
  await writeAtomically(path, `${JSON.stringify({ schema: 1, ...request }, null, 2)}\n`);
}

function refuseOther(root: string, earlier: SynthRequest, request: SynthRequest): void {
  const other = (Object.keys(OPTIONS) as (keyof SynthRequest)[]).find((key) => earlier[key] !== request[key]);
  if (other === undefined) return;
  const [was, is] = [`${OPTIONS[other]} ${earlier[other]}`, `${OPTIONS[other]} ${request[other]}`];
  throw new DataError(
    'layout',
    `${root} holds simulated people drawn with ${was}, not with ${is}: give the same arguments to go on, or name a new folder.`,
  );
}
