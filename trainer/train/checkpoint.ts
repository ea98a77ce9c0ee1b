/** A training run on disk: weights, running statistics and the optimiser's state in one safetensors file, replaced atomically. */
import * as tf from '@tensorflow/tfjs-core';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors.ts';
import { architectureOf, parameterShapes, type Parameters } from '../../src/nets/parameters.ts';

const STATE = 'optimiser.';

export interface Checkpoint {
  parameters: Parameters;
  optimiserState: Map<string, NdArray>;
  /** Iterations done. */
  iteration: number;
  /** The run's configuration, as JSON. */
  config: string;
}

/** Writes beside the target and renames, so that a stop in the middle leaves the former checkpoint whole. */
export async function saveCheckpoint(path: string, { parameters, optimiserState, iteration, config }: Checkpoint): Promise<void> {
  const tensors = new Map(parameters);
  for (const [name, array] of optimiserState) tensors.set(STATE + name, array);
  await writeFile(`${path}.part`, writeSafetensors(tensors, { iteration: String(iteration), config }));
  await rename(`${path}.part`, path);
}

export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = readSafetensors(await readFile(path));
  const names = parameterShapes(architectureOf(tensors));
  const state = [...tensors].filter(([name]) => name.startsWith(STATE));
  return {
    parameters: new Map([...tensors].filter(([name]) => names.has(name))),
    optimiserState: new Map(state.map(([name, array]) => [name.slice(STATE.length), array])),
    iteration: Number(metadata.get('iteration')),
    config: metadata.get('config') ?? '',
  };
}

/** An optimiser's tensors as arrays; the layout is tfjs's, only the optimiser reads them. */
export async function stateArrays(state: ReadonlyMap<string, tf.Tensor>): Promise<Map<string, NdArray>> {
  const arrays = new Map<string, NdArray>();
  for (const [name, tensor] of state) {
    arrays.set(name, { dtype: 'float32', shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
  }
  return arrays;
}

export function stateTensors(arrays: ReadonlyMap<string, NdArray>): Map<string, tf.Tensor> {
  return new Map([...arrays].map(([name, { data, shape }]) => [name, tf.tensor(data as Float32Array, [...shape])]));
}
