/** Writes the sample walk into `public`: `npx tsx trainer/simulate/writeSampleWalk.ts`. The same file every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { makeSampleWalk } from './sampleWalk.ts';

const folder = new URL('../../public/sample', import.meta.url);
const walk = makeSampleWalk();
mkdirSync(folder, { recursive: true });
// A line for each pose, so that a change can be read.
const lines = walk.poses.map((pose) => JSON.stringify(pose)).join(',\n');
const head = JSON.stringify({ ...walk, poses: [] }).replace(/\[\]\}$/, '');
writeFileSync(new URL('walk.json', folder), `${head}[\n${lines}\n]}\n`);
console.log(`${walk.poses.length} poses, ${walk.about}`);
