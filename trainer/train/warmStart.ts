/** The weights a run starts from: fresh ones, or a checkpoint's. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { networkName, type Architecture } from '../../src/nets/architecture.ts';
import { parameterShapes, PGA_CHANNEL, PGA_SPATIAL, type Parameters } from '../../src/nets/parameters.ts';
import { openModel } from '../models/openModel.ts';
import type { TrainingConfig } from './config.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { initialParameters } from './initialise.ts';
import { CHECKPOINT_FILE } from './runFiles.ts';

export interface StartingPoint {
  parameters: Parameters;
  /** Empty where the optimiser starts afresh. */
  optimiserState: Map<string, NdArray>;
  /** What it started from, in a few words; null for fresh weights. */
  from: string | null;
}

/**
 * @param from a run's folder, one of its checkpoints, a model's folder or a foreign checkpoint
 * Throws in a sentence where the config and the checkpoint don't go together.
 */
export async function startingPoint(config: TrainingConfig, from: string | null): Promise<StartingPoint> {
  const fresh = initialParameters(config.network, config.seed);
  if (config.warmStart === null) {
    if (from !== null) {
      throw new Error('The config starts from fresh weights: leave --from out, or give the config a "warmStart" ({} will do).');
    }
    return { parameters: fresh, optimiserState: new Map(), from: null };
  }
  if (from === null) throw new Error('The config starts from a checkpoint (warmStart): name it with --from.');
  const { parameters, optimiserState, iterations, kind } = await openStart(from);
  const given = matching(parameters, fresh, config.network, from);
  if (!config.warmStart.optimiserState)
    return { parameters: given, optimiserState: new Map(), from: described(from, iterations) };
  if (optimiserState.size === 0) {
    throw new Error(
      `${from} holds no state of an optimiser; a run's own ${CHECKPOINT_FILE} does. Set warmStart.optimiserState to false, or start from that.`,
    );
  }
  if (kind !== config.optimiser.kind) {
    throw new Error(`The optimiser's state in ${from} is that of ${kind}, and the config trains with ${config.optimiser.kind}.`);
  }
  return { parameters: given, optimiserState, from: described(from, iterations) };
}

async function openStart(path: string): Promise<{
  parameters: Parameters;
  optimiserState: Map<string, NdArray>;
  iterations: number | null;
  kind: string | null;
}> {
  const checkpoint = await checkpointAt(path);
  if (checkpoint === null) {
    const { parameters, iterations } = await openModel(path);
    return { parameters, optimiserState: new Map(), iterations, kind: null };
  }
  const { parameters, optimiserState, iteration, config } = await loadCheckpoint(checkpoint);
  const kind = (JSON.parse(config) as TrainingConfig).optimiser.kind;
  return { parameters, optimiserState, iterations: iteration, kind };
}

/** The path of one of our own checkpoints; null where it is something else. */
async function checkpointAt(path: string): Promise<string | null> {
  const inRun = join(path, CHECKPOINT_FILE);
  if (existsSync(inRun)) return inRun;
  if (!path.endsWith('.safetensors') || !existsSync(path)) return null;
  const ours = await loadCheckpoint(path).then(
    ({ config }) => config !== '',
    () => false,
  );
  return ours ? path : null;
}

/** The checkpoint's weights; what attention a DRF adds to a ScoNet starts afresh. */
function matching(given: Parameters, fresh: Parameters, network: Architecture, from: string): Parameters {
  const result: Parameters = new Map();
  for (const [name, shape] of parameterShapes(network)) {
    const array = given.get(name);
    if (!array) {
      if (!name.startsWith(PGA_CHANNEL) && !name.startsWith(PGA_SPATIAL)) {
        throw new Error(`${from} has no "${name}": it is no checkpoint of a network like the config's.`);
      }
      result.set(name, fresh.get(name)!);
      continue;
    }
    if (array.shape.join() !== shape.join()) {
      throw new Error(
        `${from}: its "${name}" is ${array.shape.join('×')} and the config's ${networkName(network)} wants ${shape.join('×')}: another network, or another input.`,
      );
    }
    result.set(name, array);
  }
  return result;
}

function described(from: string, iterations: number | null): string {
  return iterations === null ? from : `${from} after ${iterations} iterations`;
}
