/**
 * Sums, means and maxima along neighbouring axes, reduced where they lie; tfjs's own kernels move those axes to the end first, value by
 * value. Activations in planes can be reduced over their frames as they are.
 */
import * as tf from '@tensorflow/tfjs-core';
import { FIRST_MAXIMUM, FIRST_MAXIMUM_GRADIENT } from '../../kernels/firstMaximum.ts';
import type { Geometry, OnnxBackend } from './backend.ts';
import { generalKernel, type Register } from './register.ts';

/** x as [groups, places, length], of which the places are reduced. */
interface Layout {
  groups: number;
  places: number;
  length: number;
}

type Reduction = (x: Float32Array, y: Float32Array, layout: Layout) => void;

export function registerReductions(register: Register): void {
  registerReduction(register, tf.Max, maximum);
  registerReduction(register, tf.Sum, total);
  registerReduction(register, tf.Mean, (x, y, layout) => {
    total(x, y, layout);
    for (let i = 0; i < y.length; i++) y[i]! /= layout.places;
  });
  registerFirstMaximum(register);
}

function registerReduction(register: Register, name: string, reduce: Reduction): void {
  const general = generalKernel(name);
  register(name, (inputs, backend, attrs) => {
    const x = inputs['x']!;
    const axes = tf.util.parseAxisParam((attrs['reductionIndices'] ?? attrs['axis']) as number[], x.shape);
    const [first = 0] = axes;
    const neighbours = axes.every((axis, index) => axis === first + index);
    if (!neighbours || axes.length === 0 || x.dtype !== 'float32') return general(inputs, backend, attrs);
    const after = first + axes.length;
    const layout = {
      groups: tf.util.sizeFromShape(x.shape.slice(0, first)),
      places: tf.util.sizeFromShape(x.shape.slice(first, after)),
      length: tf.util.sizeFromShape(x.shape.slice(after)),
    };
    const kept = attrs['keepDims'] === true ? axes.map(() => 1) : [];
    return reduced(backend, x, [...x.shape.slice(0, first), ...kept, ...x.shape.slice(after)], layout, reduce);
  });
}

function reduced(backend: OnnxBackend, x: tf.TensorInfo, shape: number[], layout: Layout, reduce: Reduction): tf.TensorInfo {
  const geometry = backend.geometry(x);
  if (geometry && overFrames(geometry, layout)) {
    const fewer = { ...geometry, frames: layout.groups };
    const y = backend.takePlanes(fewer);
    reduce(backend.planes(x, geometry), y, layout);
    return backend.fromPlanes(shape, y, fewer);
  }
  const y = new Float32Array(layout.groups * layout.length);
  reduce(backend.values(x), y, layout);
  return backend.makeTensorInfo(shape, 'float32', y);
}

/** Whether whole frames are reduced, so that it doesn't matter how each of them lies in memory. */
function overFrames({ frames, height, width, channels }: Geometry, { groups, places, length }: Layout): boolean {
  return groups * places === frames && length === height * width * channels;
}

function maximum(x: Float32Array, y: Float32Array, { groups, places, length }: Layout): void {
  y.fill(-Infinity);
  for (let place = 0; place < groups * places; place++) {
    const to = Math.floor(place / places) * length;
    const from = place * length;
    for (let i = 0; i < length; i++) {
      const value = x[from + i]!;
      // What is no number stays: a network that has gone astray must not look sane.
      if (value > y[to + i]! || Number.isNaN(value)) y[to + i] = value;
    }
  }
}

function total(x: Float32Array, y: Float32Array, { groups, places, length }: Layout): void {
  const sums = new Float64Array(length);
  for (let group = 0; group < groups; group++) {
    sums.fill(0);
    for (let place = 0; place < places; place++) {
      const from = (group * places + place) * length;
      for (let i = 0; i < length; i++) sums[i]! += x[from + i]!;
    }
    y.set(sums, group * length);
  }
}

function registerFirstMaximum(register: Register): void {
  register(FIRST_MAXIMUM, (inputs, backend) => {
    const x = inputs['x']!;
    const [groups, places, length] = x.shape as [number, number, number];
    return reduced(backend, x, [groups, length], { groups, places, length }, maximum);
  });
  register(FIRST_MAXIMUM_GRADIENT, (inputs, backend) => {
    const [x, y, dy] = [inputs['x']!, inputs['y']!, inputs['dy']!];
    const [groups, places, length] = x.shape as [number, number, number];
    const layout = { groups, places, length };
    const geometry = backend.geometry(x);
    if (geometry && overFrames(geometry, layout)) {
      const fewer = { ...geometry, frames: groups };
      const dx = backend.takePlanes(geometry);
      firstMaximumGradient(backend.planes(x, geometry), backend.planes(y, fewer), backend.planes(dy, fewer), dx, layout);
      return backend.fromPlanes(x.shape, dx, geometry);
    }
    const dx = new Float32Array(groups * places * length);
    firstMaximumGradient(backend.values(x), backend.values(y), backend.values(dy), dx, layout);
    return backend.makeTensorInfo(x.shape, 'float32', dx);
  });
}

/** All of dy goes to the first place that holds the maximum. */
function firstMaximumGradient(
  x: Float32Array,
  y: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  { groups, places, length }: Layout,
): void {
  const rest = dy.slice();
  for (let place = 0; place < groups * places; place++) {
    const to = Math.floor(place / places) * length;
    const from = place * length;
    for (let i = 0; i < length; i++) {
      const first = x[from + i] === y[to + i];
      dx[from + i] = first ? rest[to + i]! : 0;
      if (first) rest[to + i] = 0;
    }
  }
}
