import { describe, expect, it } from 'vitest';
import { PersonChooser } from '../../../src/pose/people.ts';
import { body } from '../quality/syntheticWalk.ts';

const person = (x: number, torso = 200): Float32Array => body({ at: { x, y: 700 }, torso });
const FRAME = 1 / 15;

describe('PersonChooser', () => {
  it('finds nobody in an empty picture', () => {
    expect(new PersonChooser().choose([], 0)).toEqual({ people: 0, keypoints: null });
  });

  it('starts with the biggest person, in whatever order they come', () => {
    const [near, far] = [person(200, 220), person(600, 120)];
    expect(new PersonChooser().choose([far, near], 0)).toEqual({ people: 2, keypoints: near });
    expect(new PersonChooser().choose([near, far], 0)).toEqual({ people: 2, keypoints: near });
  });

  it('follows that person when another becomes a little bigger, and through a change of order', () => {
    const chooser = new PersonChooser();
    chooser.choose([person(200, 220), person(800, 200)], 0);
    for (let frame = 1; frame < 30; frame++) {
      const mine = person(200 + frame * 5, 220);
      const found = [person(800, 200 + 3 * frame), mine];
      expect(chooser.choose(frame % 2 ? found : found.reverse(), frame * FRAME).keypoints).toBe(mine);
    }
  });

  it('leaves a gap where only somebody else is found', () => {
    const chooser = new PersonChooser();
    chooser.choose([person(200)], 0);
    expect(chooser.choose([person(900)], FRAME)).toEqual({ people: 1, keypoints: null });
    const back = person(210);
    expect(chooser.choose([person(900), back], 2 * FRAME).keypoints).toBe(back);
  });

  it('follows the biggest anew when the person has been gone for more than a second', () => {
    const chooser = new PersonChooser();
    chooser.choose([person(200)], 0);
    const other = person(900);
    expect(chooser.choose([other], 0.9).keypoints).toBeNull();
    expect(chooser.choose([other], 1.1).keypoints).toBe(other);
  });

  it('allows a person to move further in a longer gap', () => {
    const chooser = new PersonChooser();
    chooser.choose([person(200)], 0);
    // Half a body size away: too far for one frame, not for three quarters of a second.
    expect(chooser.choose([person(500)], FRAME).keypoints).toBeNull();
    expect(chooser.choose([person(500)], 0.75).keypoints).not.toBeNull();
  });

  it('goes over to a much bigger person who stays, not to one who passes', () => {
    const chooser = new PersonChooser();
    const small = person(200, 100);
    const big = person(800, 250);
    chooser.choose([small], 0);
    expect(chooser.choose([small, big], FRAME).keypoints).toBe(small);
    expect(chooser.choose([small], 2 * FRAME).keypoints).toBe(small);
    const followed = Array.from({ length: 8 }, (_, index) => chooser.choose([small, big], (3 + index) * FRAME).keypoints);
    expect(followed.slice(0, 4)).toEqual([small, small, small, small]);
    expect(followed.at(-1)).toBe(big);
  });

  it('counts a person found twice once', () => {
    const chooser = new PersonChooser();
    const choice = chooser.choose([person(200), person(206, 196)], 0);
    expect(choice.people).toBe(1);
  });

  it('follows whoever was picked, and nobody else for being bigger', () => {
    const chooser = new PersonChooser();
    const [small, big] = [person(200, 100), person(800, 250)];
    expect(chooser.choose([small, big], 0).keypoints).toBe(big);
    chooser.pick({ x: 230, y: 600 });
    const followed = Array.from({ length: 10 }, (_, index) => chooser.choose([big, small], (1 + index) * FRAME).keypoints);
    expect(followed).toEqual(Array(10).fill(small));
  });

  it('goes back to the biggest when the one who was picked has been gone for more than a second', () => {
    const chooser = new PersonChooser();
    const [small, big] = [person(200, 100), person(800, 250)];
    chooser.choose([small, big], 0);
    chooser.pick({ x: 200, y: 700 });
    expect(chooser.choose([big], 0.5).keypoints).toBeNull();
    expect(chooser.choose([big], 1.2).keypoints).toBe(big);
  });

  it('picks nobody from an empty picture', () => {
    const chooser = new PersonChooser();
    chooser.choose([], 0);
    chooser.pick({ x: 200, y: 700 });
    const other = person(900);
    expect(chooser.choose([other], FRAME).keypoints).toBe(other);
  });
});
