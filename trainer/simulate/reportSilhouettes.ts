/** Silhouettes of simulated walks beside those of real people, where some are given. */
import { basename } from 'node:path';
import { SILHOUETTE_SIZE } from '../../src/gait/silhouette.ts';
import { readArrayFile } from '../files/arrayFile.ts';
import { simulatePeople } from './population.ts';
import { simulateSilhouettes } from './silhouette/clip.ts';
import { silhouetteFigures, type SilhouetteFigures } from './silhouette/figures.ts';
import { meanAndSpread, printTable } from './table.ts';

const CLIPS = 40;
const SEED = 9;

const ROWS: readonly (readonly [name: string, digits: number, pick: (figures: SilhouetteFigures) => number])[] = [
  ['width', 1, ({ width }) => width],
  ['width, SD over time', 2, ({ widthStd }) => widthStd],
  ['area', 3, ({ area }) => area],
  ['area, SD over time', 4, ({ areaStd }) => areaStd],
  ['share in the cut columns', 4, ({ cut }) => cut],
  ...Array.from(
    { length: 8 },
    (_, band) =>
      [`columns filled, eighth ${band + 1} from the crown`, 1, ({ bands }: SilhouetteFigures) => bands[band]!] as const,
  ),
];

/** @param files aligned silhouettes uint8 [frames, 64, 64], .npy or pickled */
export async function reportSilhouettes(files: readonly string[]): Promise<void> {
  const real = await Promise.all(files.map(readSilhouettes));
  const simulated = simulatePeople({ people: CLIPS, seed: SEED }).map((person) => simulateSilhouettes(person, 0));
  const columns = [simulated, ...real.map((clip) => [clip])].map((clips) => clips.map(silhouetteFigures));
  printTable(
    'silhouettes, mean ± standard deviation over clips',
    ['simulated', ...files.map((file) => basename(file).split('.')[0] ?? file)],
    ROWS.map(([name, digits, pick]) => [name, ...columns.map((clips) => meanAndSpread(clips.map(pick), digits))]),
  );
}

async function readSilhouettes(path: string): Promise<Uint8Array> {
  const { shape, dtype, data } = await readArrayFile(path);
  if (dtype === 'uint8' && data instanceof Uint8Array && shape.slice(1).join() === `${SILHOUETTE_SIZE},${SILHOUETTE_SIZE}`) {
    return data;
  }
  throw new Error(`${path} holds ${dtype} [${shape.join(', ')}]; aligned silhouettes are uint8 [frames, 64, 64].`);
}
