/**
 * The named map recipes. Each is data only: a model's manifest carries a copy of the one its weights were trained on.
 *
 * Sources: joints and limbs of OpenGait's skeleton maps (COCO-17, 17 limbs, no shoulder line: the shoulders hang from the nose);
 * "body-only" and "head-lite" are that list without the head, or with the nose alone. In the name `sigma15_joint8` the 15 is read
 * as a limb σ of 1.5: only that agrees with the published geometry of those maps. The literal reading stays selectable.
 *
 * Three things about the body-only maps are not public: whether the head still decides the scale, whether their crop was warped, and
 * whether the shoulders are joined. Each has a preset that differs from `sigma15_joint8-bodyonly` in that alone.
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

const SHOULDER_LINE: Limbs = [[5, 6]];

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

/** As OpenGait scales and warps. */
const UPSTREAM_GEOMETRY = { aspect: 'square', normaliseBy: 'all-joints' } as const;

/** One crop for both channels: with a thin limb the two planes would otherwise be enlarged differently. */
const REGISTERED = { combine: 'max', crop: 'shared', ...UPSTREAM_GEOMETRY } as const;

/** The product's recipe: thin limbs (σ 1.5), soft joints (σ 8), no head, one crop for both channels. */
export const SIGMA15_JOINT8_BODY_ONLY: MapRecipe = {
  name: 'sigma15_joint8-bodyonly',
  ...BODY_ONLY,
  limbSigma: 1.5,
  jointSigma: 8,
  ...REGISTERED,
};

export const SIGMA15_JOINT8_BODY_ONLY_SHOULDER_LINE: MapRecipe = {
  ...SIGMA15_JOINT8_BODY_ONLY,
  name: 'sigma15_joint8-bodyonly-shoulderline',
  limbs: [...BODY_LIMBS, ...SHOULDER_LINE],
};

export const SIGMA15_JOINT8_BODY_ONLY_GEOM_FIX: MapRecipe = {
  ...SIGMA15_JOINT8_BODY_ONLY,
  name: 'sigma15_joint8-bodyonly-geomfix',
  aspect: 'keep',
};

/** Without its head a body of the same height is larger: the feet's lower flank no longer fits on the canvas. */
export const SIGMA15_JOINT8_BODY_ONLY_OWN_SCALE: MapRecipe = {
  ...SIGMA15_JOINT8_BODY_ONLY,
  name: 'sigma15_joint8-bodyonly-ownscale',
  normaliseBy: 'drawn-joints',
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

/** OpenGait as it stands: the whole body, σ 8, each channel cropped by its own rows. The DRF authors' `118-aligned` export. */
export const UPSTREAM_ALIGNED: MapRecipe = {
  name: 'upstream-aligned',
  ...FULL_BODY,
  limbSigma: 8,
  jointSigma: 8,
  combine: 'max',
  crop: 'per-channel',
  ...UPSTREAM_GEOMETRY,
};

/** The formula as the papers print it, with overlapping Gaussians added up. Only for comparing: the authors' weights do badly on it. */
export const PAPER_118: MapRecipe = {
  name: '118-paper',
  ...FULL_BODY,
  limbSigma: 8,
  jointSigma: 8,
  combine: 'sum',
  crop: 'per-channel',
  ...UPSTREAM_GEOMETRY,
};

/** Every preset, and a sentence on it for those who choose. */
const PRESETS: readonly (readonly [MapRecipe, string])[] = [
  [
    SIGMA15_JOINT8_BODY_ONLY,
    'Body without its head, thin limbs and soft joints under one crop; what the shipped weights are trained on.',
  ],
  [
    SIGMA15_JOINT8_BODY_ONLY_SHOULDER_LINE,
    'As sigma15_joint8-bodyonly, with a limb from shoulder to shoulder that shows their tilt.',
  ],
  [SIGMA15_JOINT8_BODY_ONLY_GEOM_FIX, 'As sigma15_joint8-bodyonly, with the crop padded to a square instead of warped.'],
  [
    SIGMA15_JOINT8_BODY_ONLY_OWN_SCALE,
    'As sigma15_joint8-bodyonly, scaled by the drawn joints alone, so that the head moves nothing.',
  ],
  [SIGMA15_JOINT8_HEAD_LITE, 'As sigma15_joint8-bodyonly, with the nose and its lines to the shoulders.'],
  [SIGMA15_JOINT8_FULL_BODY, 'Whole body with its face, thin limbs and soft joints under one crop.'],
  [SIGMA15_JOINT8_LITERAL_BODY_ONLY, 'Body without its head, with the name sigma15 taken at its word: limbs ten times as wide.'],
  [SIGMA15_JOINT8_LITERAL_HEAD_LITE, 'Body and nose, with the name sigma15 taken at its word: limbs ten times as wide.'],
  [SIGMA15_JOINT8_LITERAL_FULL_BODY, 'Whole body, with the name sigma15 taken at its word: limbs ten times as wide.'],
  [SIGMA8_BODY_ONLY, 'Body without its head, limbs as soft as joints, one crop for both channels.'],
  [SIGMA8_HEAD_LITE, 'Body and nose, limbs as soft as joints, one crop for both channels.'],
  [SIGMA8_FULL_BODY, 'Whole body, limbs as soft as joints, one crop for both channels.'],
  [
    UPSTREAM_ALIGNED,
    'OpenGait as it stands, each channel cropped by its own rows; for weights of the DRF authors (118-aligned).',
  ],
  [
    PAPER_118,
    "The formula as the papers print it, overlaps added up; only for comparing, as the authors' weights do badly on it.",
  ],
];

/** Every preset by its name. */
export const RECIPES: Readonly<Record<string, MapRecipe>> = Object.fromEntries(PRESETS.map(([recipe]) => [recipe.name, recipe]));

/** A sentence on every preset, by its name. */
export const RECIPE_NOTES: Readonly<Record<string, string>> = Object.fromEntries(PRESETS.map(([{ name }, note]) => [name, note]));

/** The preset of that name, or null. */
export function findRecipe(name: string): MapRecipe | null {
  return Object.hasOwn(RECIPES, name) ? (RECIPES[name] ?? null) : null;
}
