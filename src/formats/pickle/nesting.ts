/**
 * A pickle can build a list that contains itself, or a billion levels out of a few shared ones. Whoever walks the value
 * later should not have to think of it, so the value is checked once, without recursion and in linear time.
 */
import { FormatError } from '../errors.ts';
import type { PickleValue } from './values.ts';

interface Visit {
  container: object;
  children: Iterator<PickleValue>;
  /** Levels below this container, as far as seen. */
  height: number;
}

/** Throws {@link FormatError} `too-large` where containers lie more than `depth` deep or inside themselves. */
export function checkNesting(root: PickleValue, depth: number): void {
  const heights = new Map<object, number>();
  const open = new Set<object>();
  const path: Visit[] = [];

  const enter = (value: PickleValue): void => {
    const children = childrenOf(value);
    if (!children) return;
    const container = value as object;
    const known = heights.get(container);
    if (known !== undefined) note(known);
    else if (open.has(container) || path.length >= depth) throw tooDeep(depth);
    else {
      open.add(container);
      path.push({ container, children, height: 0 });
    }
  };
  const note = (height: number): void => {
    const parent = path.at(-1);
    if (parent) parent.height = Math.max(parent.height, height + 1);
    if (path.length + height >= depth) throw tooDeep(depth);
  };

  enter(root);
  for (let visit = path.at(-1); visit; visit = path.at(-1)) {
    const next = visit.children.next();
    if (!next.done) {
      enter(next.value);
      continue;
    }
    path.pop();
    open.delete(visit.container);
    heights.set(visit.container, visit.height);
    note(visit.height);
  }
}

function childrenOf(value: PickleValue): Iterator<PickleValue> | null {
  if (Array.isArray(value) || value instanceof Map) return value.values();
  return null;
}

function tooDeep(depth: number): FormatError {
  return new FormatError('too-large', `This pickle nests its values more than ${depth} deep, or inside themselves.`);
}
