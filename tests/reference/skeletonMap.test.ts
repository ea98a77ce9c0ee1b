/**
 * Skeleton maps against what OpenGait's own renderer (OpenCV, scikit-learn, NumPy) made of the same walks, step by step and whole.
 *
 * The poses of the references are float64. Read so, all but one or two grey levels in 100,000 are the very same: upstream draws in float32
 * and we in float64, so a value within 1e-7 of the border between two levels may fall on its other side. Emulating the float32 renderer
 * reproduces every level. The app's poses are float32, where a little more may differ.
 */
import { describe, expect, it } from 'vitest';
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { readNpy } from '../../src/formats/npy.ts';
import { imputeMissing } from '../../src/gait/impute.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { normalisePose } from '../../src/gait/normalise.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { findRecipe, UPSTREAM_ALIGNED } from '../../src/gait/recipes.ts';
import { renderSkeletonMaps, SkeletonMapRenderer } from '../../src/gait/skeletonMap.ts';
import { absence, readFixture } from '../fixtures.ts';

const WALKS = ['walk_clean', 'walk_asym', 'walk_missing'];

const SHARED = [
  ['sigma1.5_joint8', 'sigma15_joint8'],
  ['sigma15_joint8', 'sigma15_joint8-literal'],
  ['sigma8_joint8', 'sigma8'],
].flatMap(([file, name]) => ['bodyonly', 'headlite', 'fullbody'].map((body) => [`${file}_${body}`, `${name}-${body}`] as const));

/** Each reference of a whole map and the recipe that must give it. */
const MAPS: (readonly [string, string])[] = [
  ['upstream_sigma8_fullbody', UPSTREAM_ALIGNED.name],
  ...SHARED.map(([file, recipe]) => [`shared_${file}`, recipe] as const),
];

const CANVASES = SHARED.filter(([file]) => !file.endsWith('headlite'));

const fileOf = (walk: string, name: string) => `skeleton-map/${walk}/${name}.npy`;

async function floats(walk: string, name: string): Promise<Float64Array> {
  const { data } = readNpy(await readFixture(fileOf(walk, name)));
  if (!(data instanceof Float64Array)) throw new TypeError(`${name} should be float64`);
  return data;
}

async function levels(walk: string, name: string): Promise<Uint8Array> {
  const { data } = readNpy(await readFixture(fileOf(walk, name)));
  if (!(data instanceof Uint8Array)) throw new TypeError(`${name} should be uint8`);
  return data;
}

function recipeOf(name: string): MapRecipe {
  const recipe = findRecipe(name);
  if (!recipe) throw new Error(`no recipe ${name}`);
  return recipe;
}

/** Greatest difference and the share of elements that differ at all. */
function difference(got: ArrayLike<number>, wanted: ArrayLike<number>): { greatest: number; share: number } {
  expect(got.length).toBe(wanted.length);
  let greatest = 0;
  let differing = 0;
  for (let i = 0; i < got.length; i++) {
    const gap = Number.isNaN(got[i]) ? Infinity : Math.abs(got[i]! - wanted[i]!);
    greatest = Math.max(greatest, gap);
    if (gap !== 0) differing++;
  }
  return { greatest, share: differing / got.length };
}

describe.each(WALKS)('%s', (walk) => {
  const needs = (...names: string[]) => absence(...names.map((name) => fileOf(walk, name)));

  const steps = needs('pose', 'imputed', 'normalised');
  it.skipIf(steps)(`fills in missing joints as KNNImputer does${steps}`, async () => {
    const { greatest } = difference(imputeMissing(await floats(walk, 'pose')), await floats(walk, 'imputed'));
    expect(greatest).toBeLessThan(1e-9);
  });

  it.skipIf(steps)(`centres and scales on the canvas${steps}`, async () => {
    const imputed = await floats(walk, 'imputed');
    const normalised = new Float64Array(imputed.length);
    for (let at = 0; at < imputed.length; at += POSE_LENGTH) {
      const pose = (walk: Float64Array) => walk.subarray(at, at + POSE_LENGTH);
      expect(normalisePose(pose(imputed), pose(normalised))).toBe(true);
    }
    expect(difference(normalised, await floats(walk, 'normalised')).greatest).toBeLessThan(1e-12);
  });

  describe.each(MAPS)('%s', (file, recipe) => {
    const missing = needs('pose', file);
    it.skipIf(missing)(`equals the reference${missing}`, async () => {
      const maps = renderSkeletonMaps(await floats(walk, 'pose'), recipeOf(recipe));
      const { greatest, share } = difference(maps, await levels(walk, file));
      expect(greatest).toBeLessThanOrEqual(1);
      expect(share).toBeLessThan(5e-5);
    });

    it.skipIf(missing)(`equals the reference from float32 poses, as the app has them${missing}`, async () => {
      const pose = toFloat32(readNpy(await readFixture(fileOf(walk, 'pose'))));
      const { greatest, share } = difference(renderSkeletonMaps(pose, recipeOf(recipe)), await levels(walk, file));
      expect(greatest).toBeLessThanOrEqual(1);
      expect(share).toBeLessThan(2e-4);
    });
  });
});

describe.each(CANVASES)('canvas_%s', (file, recipe) => {
  const missing = absence(fileOf('walk_clean', 'normalised'), fileOf('walk_clean', `canvas_${file}`));
  it.skipIf(missing)(`is drawn before the crop as in the reference${missing}`, async () => {
    const pose = await floats('walk_clean', 'imputed');
    const wanted = await levels('walk_clean', `canvas_${file}`);
    const renderer = new SkeletonMapRenderer(recipeOf(recipe));
    const frameLength = 2 * 128 * 128;
    const canvases = new Uint8Array(wanted.length);
    for (let frame = 0; frame * frameLength < wanted.length; frame++) {
      renderer.renderCanvas(
        pose.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH),
        canvases.subarray(frame * frameLength),
      );
    }
    const { greatest, share } = difference(canvases, wanted);
    expect(greatest).toBeLessThanOrEqual(1);
    expect(share).toBeLessThan(5e-5);
  });
});
