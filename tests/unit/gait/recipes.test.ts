import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mapRecipeSchema } from '../../../src/gait/recipe.ts';
import { findRecipe, RECIPE_NOTES, RECIPES, SIGMA15_JOINT8_BODY_ONLY, UPSTREAM_ALIGNED } from '../../../src/gait/recipes.ts';

describe('map recipes', () => {
  it.each(Object.values(RECIPES))('$name fits the schema and is found by its name', (recipe) => {
    expect(v.parse(mapRecipeSchema, recipe)).toEqual(recipe);
    expect(findRecipe(recipe.name)).toBe(recipe);
  });

  it.each(Object.values(RECIPES))('$name draws limbs only between joints it draws', ({ joints, limbs }) => {
    expect(limbs.flat().every((joint) => joints.includes(joint))).toBe(true);
    expect(new Set(joints).size).toBe(joints.length);
    expect(new Set(limbs.map(String)).size).toBe(limbs.length);
  });

  it('has no shoulder line, as upstream, but where the name says so', () => {
    const having = Object.values(RECIPES).filter(({ limbs }) => limbs.some((limb) => String(limb) === '5,6'));
    expect(having.map(({ name }) => name)).toEqual(['sigma15_joint8-bodyonly-shoulderline']);
  });

  it('says a sentence on each', () => {
    expect(Object.keys(RECIPE_NOTES)).toEqual(Object.keys(RECIPES));
    for (const note of Object.values(RECIPE_NOTES)) expect(note).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['shoulderline', { limbs: [...SIGMA15_JOINT8_BODY_ONLY.limbs, [5, 6]] }],
    ['geomfix', { aspect: 'keep' }],
    ['ownscale', { normaliseBy: 'drawn-joints' }],
  ])("differs from the product's in nothing but its name's word: %s", (word, difference) => {
    const name = `sigma15_joint8-bodyonly-${word}`;
    expect(findRecipe(name)).toEqual({ ...SIGMA15_JOINT8_BODY_ONLY, name, ...difference });
  });

  it.each(['upstream-aligned', '118-paper'])('draws %s as OpenGait does, overlaps aside', (name) => {
    const asUpstream = { limbSigma: 8, jointSigma: 8, crop: 'per-channel', aspect: 'square', normaliseBy: 'all-joints' };
    expect(findRecipe(name)).toMatchObject({ ...asUpstream, combine: name === '118-paper' ? 'sum' : 'max' });
  });

  it.each(['aspect', 'normaliseBy'] as const)('is refused without %s: a manifest leaves nothing to guess', (field) => {
    expect(v.is(mapRecipeSchema, { ...SIGMA15_JOINT8_BODY_ONLY, [field]: undefined })).toBe(false);
    expect(v.is(mapRecipeSchema, { ...SIGMA15_JOINT8_BODY_ONLY, [field]: 'stretch' })).toBe(false);
  });

  it('has the counts of joints and limbs that upstream has', () => {
    const counts = (name: string) => [findRecipe(name)?.joints.length, findRecipe(name)?.limbs.length];
    expect(counts(UPSTREAM_ALIGNED.name)).toEqual([17, 17]);
    expect(counts('sigma8-headlite')).toEqual([13, 13]);
    expect(counts(SIGMA15_JOINT8_BODY_ONLY.name)).toEqual([12, 11]);
  });

  it('reads sigma15 as 1.5 in the product and as 15 where it says so', () => {
    expect(SIGMA15_JOINT8_BODY_ONLY).toMatchObject({ limbSigma: 1.5, jointSigma: 8, crop: 'shared', combine: 'max' });
    expect(findRecipe('sigma15_joint8-literal-bodyonly')?.limbSigma).toBe(15);
  });

  it.each(['sigma9', '', 'toString', '__proto__'])('knows no recipe "%s"', (name) => {
    expect(findRecipe(name)).toBeNull();
  });
});
