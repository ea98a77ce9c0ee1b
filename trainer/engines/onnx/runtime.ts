/** What runs ONNX graphs: the same kernels compute on the processor's own instructions or on WebAssembly. */
import type { Axis, GraphSpec } from '../../../src/formats/onnx.ts';

/** The axis whose length is only known at run time. */
export const FRAMES = 'frames';
export type Graph = GraphSpec<Axis>;
export type Arrays = Readonly<Record<string, Float32Array>>;

export interface Runtime {
  /** Compiles a graph. */
  compile(graph: Graph): Operation;
}

export interface Operation {
  /**
   * Runs, synchronously, on arrays any of which may be a part of a larger one, and gives the outputs by name.
   * @param frames length of the axis {@link FRAMES}
   * @param into where outputs are to be written; the others get an array of their own
   */
  run(inputs: Arrays, frames?: number, into?: Arrays): Record<string, Float32Array>;
}

/** An input's or output's shape with its frames counted. */
export function shapeOf(axes: readonly Axis[], frames: number): number[] {
  return axes.map((axis) => (typeof axis === 'number' ? axis : frames));
}

export function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
