/**
 * What the network is shown of a frame: the skeleton map drawn from its pose, or the person's outline. Which of them is the model's
 * affair (`input` in its manifest); the pipeline hands over both and never asks.
 */
import { POSE_LENGTH } from '../gait/keypoint.ts';
import { cutColumns, MAP_LENGTH, SkeletonMapRenderer } from '../gait/skeletonMap.ts';
import { SILHOUETTE_LENGTH } from '../gait/silhouette.ts';
import type { ModelManifest } from '../nets/manifest.ts';
import { ScreeningError } from './errors.ts';

/** A frame the network gets to see. */
export interface UsableFrame {
  /** 17×(x px, y px, confidence). */
  keypoints: Float32Array;
  /** Aligned outline, 64×64 grey levels; null unless the model asks for outlines. */
  silhouette: Uint8Array | null;
}

/** Several of them in two arrays, as they cross to the worker: n×51, and n×64×64 or null. */
export interface FrameBatch {
  poses: Float32Array;
  silhouettes: Uint8Array | null;
}

export function joinFrames(frames: readonly UsableFrame[]): FrameBatch {
  const poses = new Float32Array(frames.length * POSE_LENGTH);
  frames.forEach(({ keypoints }, index) => poses.set(keypoints, index * POSE_LENGTH));
  if (frames.some(({ silhouette }) => silhouette === null)) return { poses, silhouettes: null };
  const silhouettes = new Uint8Array(frames.length * SILHOUETTE_LENGTH);
  frames.forEach(({ silhouette }, index) => silhouettes.set(silhouette ?? [], index * SILHOUETTE_LENGTH));
  return { poses, silhouettes };
}

/** Grey levels [n, channels, 64, 44]. Throws {@link ScreeningError} `out-of-turn` where the batch hasn't got what the model asks for. */
export type DrawInput = (batch: FrameBatch) => Uint8Array;

export function drawInput(input: ModelManifest['input']): DrawInput {
  if (input.kind === 'silhouette') return outlines;
  const renderer = new SkeletonMapRenderer(input.recipe);
  return ({ poses }) => {
    if (poses.length % POSE_LENGTH !== 0) throw notFrames();
    const frames = poses.length / POSE_LENGTH;
    const maps = new Uint8Array(frames * MAP_LENGTH);
    for (let frame = 0; frame < frames; frame++) {
      const pose = poses.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH);
      renderer.render(pose, maps.subarray(frame * MAP_LENGTH, (frame + 1) * MAP_LENGTH));
    }
    return cutColumns(maps);
  };
}

function outlines({ poses, silhouettes }: FrameBatch): Uint8Array {
  if (silhouettes?.length !== (poses.length / POSE_LENGTH) * SILHOUETTE_LENGTH) throw notFrames();
  return cutColumns(silhouettes);
}

function notFrames(): ScreeningError {
  return new ScreeningError('out-of-turn', 'The network worker was given what is not a list of frames.');
}
