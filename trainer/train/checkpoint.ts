/** A training run on disk: weights, running statistics and the optimiser's state in one safetensors file, replaced atomically. */
import * as tf from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors.ts';
import { architectureOf, checkParameters, parameterShapes, type Parameters } from '../../src/nets/parameters.ts';
import { writeAtomically } from '../files/atomicFile.ts';

const STATE = 'optimiser.';

export interface Checkpoint {
  parameters: Parameters;
  /** Empty in a retained checkpoint, which is for use and not for going on. */
  optimiserState: Map<string, NdArray>;
  /** Iterations done. With the config's seed, that is the whole state of sampling: see `batches.ts`. */
  iteration: number;
  /** The run's configuration, as JSON. */
  config: string;
  /** Best figures so far by metric, as JSON; what a resumed run compares with. */
  best: string;
  /** The iteration that was evaluated last; 0 = none. */
  evaluated: number;
}

/**
 * Writes beside the target and renames, so that a stop in the middle leaves the former checkpoint whole; weights that are no numbers
 * never replace good ones. Throws NetError or DataError.
 */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { parameters, optimiserState, iteration, config, best, evaluated } = checkpoint;
  checkParameters(parameters, architectureOf(parameters));
  const tensors = new Map(parameters);
  for (const [name, array] of optimiserState) tensors.set(STATE + name, array);
  await writeAtomically(
    path,
    writeSafetensors(tensors, { iteration: String(iteration), config, best, evaluated: String(evaluated) }),
  );
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
    best: metadata.get('best') ?? '{}',
    evaluated: Number(metadata.get('evaluated') ?? 0),
  };
}

/** An optimiser's tensors as arrays, which are disposed; the layout is tfjs's, only the optimiser reads them. */
export async function stateArrays(state: ReadonlyMap<string, tf.Tensor>): Promise<Map<string, NdArray>> {
  const arrays = new Map<string, NdArray>();
  for (const [name, tensor] of state) {
    arrays.set(name, { dtype: 'float32', shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) });
    tensor.dispose();
  }
  return arrays;
}

export function stateTensors(arrays: ReadonlyMap<string, NdArray>): Map<string, tf.Tensor> {
  return new Map([...arrays].map(([name, { data, shape }]) => [name, tf.tensor(data as Float32Array, [...shape])]));
}
