import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mapRecipeSchema } from '../../../src/gait/recipe.ts';
import { findRecipe, RECIPES, SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';

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

  it.each(Object.values(RECIPES))('$name has no shoulder line, as upstream', ({ limbs }) => {
    expect(limbs).not.toContainEqual([5, 6]);
  });

  it('has the counts of joints and limbs that upstream has', () => {
    const counts = (name: string) => [findRecipe(name)?.joints.length, findRecipe(name)?.limbs.length];
    expect(counts('opengait-sigma8-fullbody')).toEqual([17, 17]);
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
