/**
 * Poses to skeleton maps: what the network sees instead of a picture. Two channels of 64×64 grey levels, limbs first, then joints.
 * The steps and their order are OpenGait's (impute, normalise, draw on 128×128, quantise, crop, resize, truncate); a recipe says which
 * joints and limbs, how wide, how overlaps meet, whether both channels share one crop and keep its proportions, and whose height counts.
 */
import { GaussianCanvas } from './canvas.ts';
import { cropBox, type CropBox } from './crop.ts';
import { imputeMissing } from './impute.ts';
import { KEYPOINT_STRIDE, POSE_LENGTH } from './keypoint.ts';
import { ALL_JOINTS, CANVAS_SIZE, normalisePose } from './normalise.ts';
import type { MapRecipe } from './recipe.ts';
import { AreaResizer } from './resize.ts';

/** Limbs, joints. */
export const MAP_CHANNELS = 2;

/** Height, and width before the columns are cut. */
export const MAP_SIZE = 64;

/** Width after the cut. */
export const CUT_WIDTH = 44;

/** Columns cut off on either side. */
const CUT = (MAP_SIZE - CUT_WIDTH) / 2;

const CANVAS_PIXELS = CANVAS_SIZE * CANVAS_SIZE;
const MAP_PIXELS = MAP_SIZE * MAP_SIZE;

/** Each grey level as a share of white. */
const LEVEL_SHARES = Float64Array.from({ length: 256 }, (_, level) => level / 255);

/** Bytes of one map: 2×64×64. */
export const MAP_LENGTH = MAP_CHANNELS * MAP_PIXELS;

/** Draws the map of one pose after another into the caller's memory; holds all its buffers, so drawing allocates next to nothing. */
export class SkeletonMapRenderer {
  private readonly pose = new Float64Array(POSE_LENGTH);
  private readonly limbCanvas: GaussianCanvas;
  private readonly jointCanvas: GaussianCanvas;
  private readonly limbLevels = new Uint8Array(CANVAS_PIXELS);
  private readonly jointLevels = new Uint8Array(CANVAS_PIXELS);
  private readonly shares = new Float64Array(CANVAS_PIXELS);
  private readonly resizer = new AreaResizer(MAP_SIZE, CANVAS_SIZE);
  private readonly resized = new Float64Array(MAP_PIXELS);

  constructor(readonly recipe: MapRecipe) {
    this.limbCanvas = new GaussianCanvas(recipe.combine, recipe.limbSigma);
    this.jointCanvas = new GaussianCanvas(recipe.combine, recipe.jointSigma);
  }

  /**
   * Draws 17×(x px, y px, confidence), missing joints already filled in, to `out`: 2×64×64 grey levels, limbs first.
   * A pose without height (all joints on one line) gives a blank map.
   */
  render(pose: Float32Array | Float64Array, out: Uint8Array): void {
    out.fill(0, 0, MAP_LENGTH);
    if (!this.drawCanvas(pose)) return;
    const { limbLevels, jointLevels } = this;
    const { aspect, crop } = this.recipe;
    const shared = crop === 'shared' ? cropBox(aspect, limbLevels, jointLevels) : undefined;
    this.cropTo(limbLevels, shared ?? cropBox(aspect, limbLevels), out, 0);
    this.cropTo(jointLevels, shared ?? cropBox(aspect, jointLevels), out, MAP_PIXELS);
  }

  /** The same map before the crop: 2×128×128 grey levels to `out`, limbs first. */
  renderCanvas(pose: Float32Array | Float64Array, out: Uint8Array): void {
    out.fill(0, 0, MAP_CHANNELS * CANVAS_PIXELS);
    if (!this.drawCanvas(pose)) return;
    out.set(this.limbLevels, 0);
    out.set(this.jointLevels, CANVAS_PIXELS);
  }

  private drawCanvas(raw: Float32Array | Float64Array): boolean {
    const { pose, recipe, limbCanvas, jointCanvas } = this;
    if (!normalisePose(raw, pose, recipe.normaliseBy === 'all-joints' ? ALL_JOINTS : recipe.joints)) return false;
    limbCanvas.clear();
    jointCanvas.clear();
    for (const joint of recipe.joints) {
      const at = joint * KEYPOINT_STRIDE;
      jointCanvas.drawJoint(pose[at]!, pose[at + 1]!, pose[at + 2]!);
    }
    for (const [from, to] of recipe.limbs) {
      const a = from * KEYPOINT_STRIDE;
      const b = to * KEYPOINT_STRIDE;
      limbCanvas.drawLimb(pose[a]!, pose[a + 1]!, pose[b]!, pose[b + 1]!, Math.min(pose[a + 2]!, pose[b + 2]!));
    }
    limbCanvas.writeLevels(this.limbLevels);
    jointCanvas.writeLevels(this.jointLevels);
    return true;
  }

  private cropTo(levels: Uint8Array, box: CropBox | null, out: Uint8Array, at: number): void {
    if (!box) return;
    const { shares, resized } = this;
    const end = box.bottom * CANVAS_SIZE;
    for (let pixel = box.top * CANVAS_SIZE; pixel < end; pixel++) shares[pixel] = LEVEL_SHARES[levels[pixel]!]!;
    this.resizer.resize(shares, CANVAS_SIZE, box.left, box.top, box.right - box.left, box.bottom - box.top, resized);
    for (let pixel = 0; pixel < MAP_PIXELS; pixel++) out[at + pixel] = Math.trunc(resized[pixel]! * 255);
  }
}

/**
 * Maps of a whole walk: T×17×(x px, y px, confidence) in the order of time, coordinates of 0 meaning "not seen" and filled in from the
 * walk's other frames, to T×2×64×64 grey levels, limbs first.
 */
export function renderSkeletonMaps(keypoints: Float32Array | Float64Array, recipe: MapRecipe): Uint8Array {
  const frames = Math.floor(keypoints.length / POSE_LENGTH);
  const filled = imputeMissing(keypoints);
  const renderer = new SkeletonMapRenderer(recipe);
  const maps = new Uint8Array(frames * MAP_LENGTH);
  for (let frame = 0; frame < frames; frame++) {
    renderer.render(
      filled.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH),
      maps.subarray(frame * MAP_LENGTH, (frame + 1) * MAP_LENGTH),
    );
  }
  return maps;
}

/**
 * Cuts 10 columns off either side, as OpenGait's transform of silhouettes and maps does for the network: any number of 64×64 planes, one
 * after the other, to as many of 64×44. The caller divides by 255.
 */
export function cutColumns(planes: Uint8Array): Uint8Array {
  if (planes.length % MAP_PIXELS !== 0) {
    throw new RangeError(`${planes.length} bytes are not a whole number of planes of ${MAP_SIZE}×${MAP_SIZE}.`);
  }
  const rows = planes.length / MAP_SIZE;
  const cut = new Uint8Array(rows * CUT_WIDTH);
  for (let row = 0; row < rows; row++) {
    const from = row * MAP_SIZE + CUT;
    cut.set(planes.subarray(from, from + CUT_WIDTH), row * CUT_WIDTH);
  }
  return cut;
}
