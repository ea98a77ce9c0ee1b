/**
 * A map recipe: how a pose becomes a skeleton map. Data, not code, so that a model's manifest can carry the exact recipe its
 * weights were trained on, and a recipe nobody knows is refused instead of guessed.
 */
import * as v from 'valibot';
import { JOINT_COUNT } from './keypoint.ts';

const jointIndex = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(JOINT_COUNT - 1));
const sigma = v.pipe(v.number(), v.minValue(0.1), v.maxValue(64));

export const mapRecipeSchema = v.strictObject({
  /** The name it goes by in manifests, files and on screen. */
  name: v.pipe(v.string(), v.minLength(1)),
  /** Joints drawn on the joint channel, as COCO-17 indices. */
  joints: v.array(jointIndex),
  /** Segments drawn on the limb channel, as pairs of COCO-17 indices. */
  limbs: v.array(v.tuple([jointIndex, jointIndex])),
  /** Gaussian width of limbs and of joints, in pixels of the 128×128 canvas. */
  limbSigma: sigma,
  jointSigma: sigma,
  /** How overlapping joints or limbs meet on one channel. */
  combine: v.picklist(['max', 'sum']),
  /** One crop box for both channels, or each channel cropped by its own rows (OpenGait). */
  crop: v.picklist(['shared', 'per-channel']),
  /** The crop box warped to a square (OpenGait), or padded with black to one, so that a circle stays a circle. */
  aspect: v.picklist(['square', 'keep']),
  /**
   * Whose height is scaled to the canvas's, frame by frame: that of all 17 joints (OpenGait), which keeps the geometry the same between
   * recipes; or that of the joints drawn, so that nothing depends on the head where it isn't drawn.
   */
  normaliseBy: v.picklist(['all-joints', 'drawn-joints']),
});

export type MapRecipe = v.InferOutput<typeof mapRecipeSchema>;
