/**
 * Says what the generator makes: how separable the classes are for a simple probe on people it has not seen, and how its maps and
 * bodies compare with the published figures and with real keypoints.
 *
 *   npx tsx trainer/simulate/report.ts --people 2400 [--seed 1] [--clips 2]
 *   npx tsx trainer/simulate/report.ts --geometry [--poses clip.json …]
 *
 * A pose file is JSON: { picture: {width, height}, frames: [{time, people, keypoints: 51 numbers or null}] }.
 */
import { parseArgs } from 'node:util';
import { reportGeometry } from './reportGeometry.ts';
import { reportSeparability } from './reportSeparability.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: 'string', default: '2400' },
    seed: { type: 'string', default: '1' },
    clips: { type: 'string', default: '2' },
    geometry: { type: 'boolean', default: false },
    poses: { type: 'boolean', default: false },
  },
});

if (values.geometry) reportGeometry(values.poses ? positionals : []);
else reportSeparability({ people: Number(values.people), seed: Number(values.seed), clips: Number(values.clips) });
