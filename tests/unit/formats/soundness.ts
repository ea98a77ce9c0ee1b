/** What a reader gave, taken apart: arrays of a damaged file may hold anything, but never contradict themselves. */
import { ndArray, type NdArray } from '../../../src/formats/ndarray.ts';

/** All arrays in a result, however deep. Things that are shared are visited once. */
export function arraysIn(result: unknown): NdArray[] {
  const arrays: NdArray[] = [];
  const visited = new Set<unknown>();
  const waiting = [result];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || visited.has(value)) continue;
    visited.add(value);
    if (isArray(value)) arrays.push(value);
    else waiting.push(...(Symbol.iterator in value ? (value as Iterable<unknown>) : Object.values(value)));
  }
  return arrays;
}

function isArray(value: object): value is NdArray {
  return 'shape' in value && 'dtype' in value && 'data' in value;
}

/** Throws where shape, type and elements don't agree. Gives the memory behind all arrays together, in bytes. */
export function checkArrays(arrays: readonly NdArray[]): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const { dtype, shape, data } of arrays) {
    ndArray(dtype, shape, data);
    buffers.add(data.buffer);
  }
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}
