/**
 * The named map recipes. Each is data only: a model's manifest carries a copy of the one its weights were trained on.
 *
 * Sources: joints and limbs of OpenGait's skeleton maps (COCO-17, 17 limbs, no shoulder line: the shoulders hang from the nose);
 * "body-only" and "head-lite" are that list without the head, or with the nose alone. In the name `sigma15_joint8` the 15 is read
 * as a limb σ of 1.5: only that agrees with the published geometry of those maps. The literal reading stays selectable.
 */
import type { MapRecipe } from './recipe.ts';

type Limbs = MapRecipe['limbs'];

/** The limbs between the joints 5..16: arms, legs, flanks and the hip line. */
export const BODY_LIMBS: Limbs = [
  [5, 7],
  [7, 9],
  [6, 8],
  [8, 10],
  [5, 11],
  [11, 13],
  [13, 15],
  [6, 12],
  [12, 14],
  [14, 16],
  [11, 12],
];

const NECK_LIMBS: Limbs = [
  [0, 5],
  [0, 6],
];

const FACE_LIMBS: Limbs = [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
];

const BODY_JOINTS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

const BODY_ONLY = { joints: BODY_JOINTS, limbs: BODY_LIMBS };
const HEAD_LITE = { joints: [0, ...BODY_JOINTS], limbs: [...NECK_LIMBS, ...BODY_LIMBS] };
const FULL_BODY = { joints: [0, 1, 2, 3, 4, ...BODY_JOINTS], limbs: [...FACE_LIMBS, ...NECK_LIMBS, ...BODY_LIMBS] };

/** One crop for both channels: with a thin limb the two planes would otherwise be enlarged differently. */
const REGISTERED = { combine: 'max', crop: 'shared' } as const;

/** The product's recipe: thin limbs (σ 1.5), soft joints (σ 8), no head, one crop for both channels. */
export const SIGMA15_JOINT8_BODY_ONLY: MapRecipe = {
  name: 'sigma15_joint8-bodyonly',
  ...BODY_ONLY,
  limbSigma: 1.5,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA15_JOINT8_HEAD_LITE: MapRecipe = {
  name: 'sigma15_joint8-headlite',
  ...HEAD_LITE,
  limbSigma: 1.5,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA15_JOINT8_FULL_BODY: MapRecipe = {
  name: 'sigma15_joint8-fullbody',
  ...FULL_BODY,
  limbSigma: 1.5,
  jointSigma: 8,
  ...REGISTERED,
};

/** The literal reading of the name: a limb σ of 15. */
export const SIGMA15_JOINT8_LITERAL_BODY_ONLY: MapRecipe = {
  name: 'sigma15_joint8-literal-bodyonly',
  ...BODY_ONLY,
  limbSigma: 15,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA15_JOINT8_LITERAL_HEAD_LITE: MapRecipe = {
  name: 'sigma15_joint8-literal-headlite',
  ...HEAD_LITE,
  limbSigma: 15,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA15_JOINT8_LITERAL_FULL_BODY: MapRecipe = {
  name: 'sigma15_joint8-literal-fullbody',
  ...FULL_BODY,
  limbSigma: 15,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA8_BODY_ONLY: MapRecipe = {
  name: 'sigma8-bodyonly',
  ...BODY_ONLY,
  limbSigma: 8,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA8_HEAD_LITE: MapRecipe = {
  name: 'sigma8-headlite',
  ...HEAD_LITE,
  limbSigma: 8,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA8_FULL_BODY: MapRecipe = {
  name: 'sigma8-fullbody',
  ...FULL_BODY,
  limbSigma: 8,
  jointSigma: 8,
  ...REGISTERED,
};

/** OpenGait as it stands: the whole body, σ 8, each channel cropped by its own rows. What the papers' maps are made with. */
export const OPENGAIT_SIGMA8_FULL_BODY: MapRecipe = {
  name: 'opengait-sigma8-fullbody',
  ...FULL_BODY,
  limbSigma: 8,
  jointSigma: 8,
  combine: 'max',
  crop: 'per-channel',
};

/** The formula as the papers print it, with overlapping Gaussians added up. Only for comparing: no public weights fit it. */
export const SUMMED_SIGMA8_FULL_BODY: MapRecipe = {
  name: 'summed-sigma8-fullbody',
  ...FULL_BODY,
  limbSigma: 8,
  jointSigma: 8,
  combine: 'sum',
  crop: 'per-channel',
};

const ALL = [
  SIGMA15_JOINT8_BODY_ONLY,
  SIGMA15_JOINT8_HEAD_LITE,
  SIGMA15_JOINT8_FULL_BODY,
  SIGMA15_JOINT8_LITERAL_BODY_ONLY,
  SIGMA15_JOINT8_LITERAL_HEAD_LITE,
  SIGMA15_JOINT8_LITERAL_FULL_BODY,
  SIGMA8_BODY_ONLY,
  SIGMA8_HEAD_LITE,
  SIGMA8_FULL_BODY,
  OPENGAIT_SIGMA8_FULL_BODY,
  SUMMED_SIGMA8_FULL_BODY,
];

/** Every preset by its name. */
export const RECIPES: Readonly<Record<string, MapRecipe>> = Object.fromEntries(ALL.map((recipe) => [recipe.name, recipe]));

/** The preset of that name, or null. */
export function findRecipe(name: string): MapRecipe | null {
  return Object.hasOwn(RECIPES, name) ? (RECIPES[name] ?? null) : null;
}
