/** Poses from a file: [T, 17, 3] of x px, y px and confidence, as OpenGait's pose pickles hold them. */
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { JOINT_COUNT, KEYPOINT_STRIDE } from '../../src/gait/keypoint.ts';
import { readArrayFile } from './arrayFile.ts';

/** In the precision of the file: maps from doubles equal the reference's to the last grey level. Throws in a sentence. */
export async function readPoseFile(path: string): Promise<Float32Array | Float64Array> {
  const array = await readArrayFile(path);
  const [frames = 0, joints, numbers, ...more] = array.shape;
  if (joints !== JOINT_COUNT || numbers !== KEYPOINT_STRIDE || more.length > 0) {
    throw new Error(
      `${path} has the shape [${array.shape.join(', ')}]; poses are [frames, 17, 3]: x, y and confidence of COCO's 17 joints.`,
    );
  }
  if (frames === 0) throw new Error(`${path} holds no frame.`);
  const values = array.data instanceof Float64Array ? array.data : toFloat32(array);
  if (!values.every(Number.isFinite)) throw new Error(`${path} holds values that are not numbers.`);
  return values;
}
