/** `pav POSE --out OUT.npy [--manifest DIR]`: a walk's postural asymmetry vector, as measured or as a model takes it. */
import { parseArgs } from 'node:util';
import { ASYMMETRY_METRICS, JOINT_PAIRS, normaliseAsymmetry, rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { loadManifest } from '../../src/nets/modelFiles.ts';
import { writeArrayFile } from '../files/arrayFile.ts';
import { readPoseFile } from '../files/poseFile.ts';
import { folderLoader } from '../models/folderLoader.ts';
import { positionals, required, type Command } from './command.ts';

export const command: Command = {
  summary: 'measures the postural asymmetry vector of a walk',
  usage: 'POSE --out OUT.npy [--manifest DIR]',
  help: [
    'POSE        [frames, 17, 3] of x, y and confidence, .npy or pickled',
    '--out       float32 [8, 3]: eyes, ears, shoulders, elbows, wrists, hips, knees, ankles × vertical and midline deviation',
    "            (both in 1/128 of the body's height) and the line's angle (radians)",
    "--manifest  a model's folder: the vector normalised by that model's own range, as its network takes it",
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: 'string' }, manifest: { type: 'string' } },
    });
    const [pose] = positionals(given, 'POSE');
    const out = required(values.out, 'out', 'name the .npy file to write');
    const normalise = await normaliser(values.manifest);
    const vector = normalise(rawAsymmetry(await readPoseFile(pose)));
    await writeArrayFile(out, { dtype: 'float32', shape: [JOINT_PAIRS.length, ASYMMETRY_METRICS.length], data: vector });
    console.log(`The ${values.manifest === undefined ? 'measured' : 'normalised'} vector is written to ${out}.`);
  },
};

async function normaliser(folder: string | undefined): Promise<(raw: Float32Array) => Float32Array> {
  if (folder === undefined) return (raw) => raw;
  const { asymmetryRange, name } = await loadManifest(folderLoader(folder));
  if (!asymmetryRange) throw new Error(`The manifest of ${name} has no range of the asymmetry vector to normalise by.`);
  const range = { min: Float32Array.from(asymmetryRange.min), max: Float32Array.from(asymmetryRange.max) };
  return (raw) => normaliseAsymmetry(raw, range);
}
