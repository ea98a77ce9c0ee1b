/** Draws and writes clips on a thread of its own; answers each with its number of frames. */
import { parentPort, workerData } from 'node:worker_threads';
import { ndArray, type NdArray } from '../../../src/formats/ndarray.ts';
import { JOINT_COUNT, KEYPOINT_STRIDE, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { SILHOUETTE_LENGTH, SILHOUETTE_SIZE } from '../../../src/gait/silhouette.ts';
import { writeClipFile } from '../../data/writeClip.ts';
import { simulateClip } from '../clip.ts';
import type { SimulatedPerson } from '../person.ts';
import { simulatePerson } from '../population.ts';
import { simulateSilhouettes } from '../silhouette/clip.ts';
import { CLIP_FILE, VIEW, type PlannedClip, type SynthModality, type SynthRequest } from './plan.ts';

const { root, request } = (workerData as { data: { root: string; request: SynthRequest } }).data;

parentPort?.on('message', (clip: Omit<PlannedClip, 'split'>) => void drawAndWrite(clip));

async function drawAndWrite({ id, personIndex, clipIndex, shares }: Omit<PlannedClip, 'split'>): Promise<void> {
  const person = simulatePerson(request.seed, personIndex, shares);
  const array = DRAW[request.modality](person, clipIndex);
  await writeClipFile(root, { id, className: person.className, view: VIEW }, CLIP_FILE, array);
  parentPort?.postMessage(array.shape[0]);
}

const DRAW: Record<SynthModality, (person: SimulatedPerson, clipIndex: number) => NdArray> = {
  pose(person, clipIndex) {
    const { keypoints } = simulateClip(person, clipIndex).sequence;
    return ndArray('float32', [keypoints.length / POSE_LENGTH, JOINT_COUNT, KEYPOINT_STRIDE], keypoints);
  },
  silhouette(person, clipIndex) {
    const levels = simulateSilhouettes(person, clipIndex);
    return ndArray('uint8', [levels.length / SILHOUETTE_LENGTH, SILHOUETTE_SIZE, SILHOUETTE_SIZE], levels);
  },
};
