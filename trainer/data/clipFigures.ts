/** What a check measures on one clip. */
import { JOINT_COUNT, JOINTS, KEYPOINT_STRIDE, POSE_LENGTH, type Joint } from '../../src/gait/keypoint.ts';
import { meanVector, posesOf } from './clipData.ts';
import { readClipFiles } from './clipFiles.ts';
import type { ClipEntry } from './dataset.ts';
import { blankFrames, mapGeometry, type MapGeometry } from './mapGeometry.ts';
import { MODALITY_NAMES, type Modality } from './modality.ts';

export interface ClipFigures {
  frames: number;
  modalities: Modality[];
  poses: PoseFigures | null;
  maps: { geometry: MapGeometry; blankFrames: number } | null;
  /** As measured, 8×3. */
  asymmetry: Float32Array | null;
}

export interface PoseFigures {
  /** Mean over joints and frames, 0…1. */
  confidence: number;
  /** Share of joints with a coordinate of exactly 0, which is what counts as missing and is filled in for the maps. */
  missing: number;
  /** Joints that no frame has: then nothing of the clip is filled in, as upstream does it. */
  neverSeen: Joint[];
}

/** Reads and measures every file of a clip. Throws {@link DataError} that names the file. */
export async function measureClip(clip: ClipEntry): Promise<ClipFigures> {
  const { count, files } = await readClipFiles(clip);
  const [pose, maps, vectors] = [files.get('pose'), files.get('skeleton-map'), files.get('asymmetry')];
  const levels = maps?.array.data as Uint8Array | undefined;
  return {
    frames: count,
    modalities: MODALITY_NAMES.filter((name) => files.has(name)),
    poses: pose ? poseFigures(posesOf(pose)) : null,
    maps: levels ? { geometry: mapGeometry(levels), blankFrames: blankFrames(levels) } : null,
    asymmetry: vectors ? meanVector(vectors, count) : null,
  };
}

function poseFigures(poses: Float32Array | Float64Array): PoseFigures {
  const frames = poses.length / POSE_LENGTH;
  const missing = new Array<number>(JOINT_COUNT).fill(0);
  let confidence = 0;
  for (let at = 0; at < poses.length; at += KEYPOINT_STRIDE) {
    confidence += poses[at + 2]!;
    if (poses[at] === 0 || poses[at + 1] === 0) missing[(at / KEYPOINT_STRIDE) % JOINT_COUNT]!++;
  }
  const keypoints = frames * JOINT_COUNT;
  return {
    confidence: confidence / keypoints,
    missing: missing.reduce((sum, count) => sum + count, 0) / keypoints,
    neverSeen: JOINTS.filter((_, joint) => missing[joint] === frames),
  };
}
