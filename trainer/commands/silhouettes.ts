/** `silhouettes MASKS.npy --out OUT.npy`: masks of a person, cut out and centred as OpenGait does it. */
import { parseArgs } from 'node:util';
import { alignSilhouettes, SILHOUETTE_SIZE } from '../../src/gait/silhouette.ts';
import { readArrayFile, writeArrayFile } from '../files/arrayFile.ts';
import { positionals, required, type Command } from './command.ts';

export const command: Command = {
  summary: 'aligns the silhouettes of a walk',
  usage: 'MASKS.npy --out OUT.npy',
  help: [
    'MASKS  uint8 [frames, height, width], 255 where the person is and 0 elsewhere (or bool); .npy or pickled',
    '--out  uint8 [kept frames, 64, 64]; frames with next to nobody in them are left out, as upstream does',
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' } } });
    const [path] = positionals(given, 'MASKS');
    const out = required(values.out, 'out', 'name the .npy file to write');
    const { masks, frames, height, width } = await readMasks(path);
    const aligned = alignSilhouettes(masks, width, height);
    const kept = aligned.length / (SILHOUETTE_SIZE * SILHOUETTE_SIZE);
    await writeArrayFile(out, { dtype: 'uint8', shape: [kept, SILHOUETTE_SIZE, SILHOUETTE_SIZE], data: aligned });
    console.log(`${kept} of ${frames} silhouettes written to ${out}.`);
  },
};

async function readMasks(path: string): Promise<{ masks: Uint8Array; frames: number; height: number; width: number }> {
  const { shape, dtype, data } = await readArrayFile(path);
  const [frames = 0, height = 0, width = 0] = shape;
  if (shape.length !== 3 || !(data instanceof Uint8Array) || height === 0 || width === 0) {
    throw new Error(`${path} holds ${dtype} [${shape.join(', ')}]; masks are uint8 [frames, height, width].`);
  }
  if (dtype === 'bool') return { masks: data.map((set) => 255 * set), frames, height, width };
  if (data.length > 0 && data.reduce((most, level) => Math.max(most, level), 0) === 1) {
    throw new Error(`The masks in ${path} hold 0 and 1, and 255 is what a person is marked with: multiply them by 255.`);
  }
  return { masks: data, frames, height, width };
}
