/** `simulation`: measures what the generator makes; the tables of trainer/simulate/README.md come out of it. */
import { parseArgs } from 'node:util';
import { reportGeometry } from '../simulate/reportGeometry.ts';
import { reportSeparability } from '../simulate/reportSeparability.ts';
import { reportSilhouettes } from '../simulate/reportSilhouettes.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './wholeNumber.ts';

export const command: Command = {
  summary: 'measures simulated people: how separable the classes are, how like real bodies they look',
  usage: '[--people 2400] [--seed 1] [--clips 2] | --geometry [--poses FILE.json …] | --silhouettes [--masks FILE.npy …]',
  help: [
    '--people       half of them fit a probe, a quarter chooses its penalty, a quarter tests it',
    '--seed         of these people',
    '--clips        walks of each',
    '--geometry     skeleton maps, proportions and jitter instead, beside the published figures of Scoliosis1K',
    '--poses        … and beside real keypoints: {picture: {width, height}, frames: [{time, people, keypoints: 51 numbers or null}]};',
    '               may be given several times',
    '--silhouettes  silhouettes instead',
    '--masks        … and beside real ones, uint8 [frames, 64, 64] as `silhouettes` writes them; may be given several times',
  ],

  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        people: { type: 'string', default: '2400' },
        seed: { type: 'string', default: '1' },
        clips: { type: 'string', default: '2' },
        geometry: { type: 'boolean', default: false },
        poses: { type: 'string', multiple: true, default: [] },
        silhouettes: { type: 'boolean', default: false },
        masks: { type: 'string', multiple: true, default: [] },
      },
    });
    if (values.geometry) return reportGeometry(values.poses);
    if (values.silhouettes) return reportSilhouettes(values.masks);
    reportSeparability({
      people: wholeNumber(values.people, 'people', 12, 1_000_000),
      seed: wholeNumber(values.seed, 'seed', 0, Number.MAX_SAFE_INTEGER),
      clips: wholeNumber(values.clips, 'clips', 1, 1000),
    });
  },
};
