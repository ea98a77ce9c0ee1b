/**
 * What a checkpoint is, from the names and shapes of its tensors alone: silhouettes or skeleton maps by the first convolution, ScoNet
 * or DRF by whether there is attention, and before or after the part FCs by how many channels that weighs. Everything else (recipe,
 * class order, the asymmetry vector's range) is not in the file, and is never guessed from it.
 */
import { toFloat32, type NdArray } from '../../formats/ndarray.ts';
import type { Architecture } from '../architecture.ts';
import { NetError } from '../errors.ts';
import { architectureOf, checkParameters, parameterShapes, type Parameters } from '../parameters.ts';

export interface Recognition {
  architecture: Architecture;
  /** float32, under our names; classes in the file's order. */
  parameters: Parameters;
  /** Beginnings of names that were replaced, and by what. */
  keyRenames: Record<string, string>;
  /** Every tensor that became a parameter: its name in the file and ours. */
  used: { from: string; to: string }[];
  /** Every tensor that didn't. */
  leftOver: { name: string; why: string }[];
}

/** Beginnings of names that others use for what we know, each with its reason. */
const KEY_RENAMES: readonly { from: string; to: string; why: string }[] = [
  { from: 'module.', to: '', why: 'PyTorch puts it before every name when a model was wrapped for several GPUs' },
  { from: 'attention_layer.', to: 'PGA.', why: "the DRF authors' name for the attention" },
  { from: 'PGA.channel_attention.', to: 'PGA.channel.', why: 'the public re-implementation (UMGRL) calls it so' },
  { from: 'PGA.spatial_attention.', to: 'PGA.spatial.', why: 'the public re-implementation (UMGRL) calls it so' },
];

const WEIGHT_TYPES: readonly NdArray['dtype'][] = ['float16', 'float32', 'float64'];

/**
 * Throws {@link NetError}: `weights-mismatch` where it is neither ScoNet nor DRF, naming the tensor that is missing, surplus or of another
 * shape or type; `weights-damaged` for a value that is not a number.
 */
export function recogniseCheckpoint(tensors: ReadonlyMap<string, NdArray>): Recognition {
  const { renamed, keyRenames } = renameKeys(tensors);
  const architecture = architectureOf(new Map([...renamed].map(([name, { array }]) => [name, array])));
  const wanted = parameterShapes(architecture);
  const parameters: Parameters = new Map();
  const used: Recognition['used'] = [];
  for (const name of wanted.keys()) {
    const found = renamed.get(name);
    if (!found) continue; // checkParameters names it below.
    parameters.set(name, asFloat32(found.array, found.from));
    used.push({ from: found.from, to: name });
  }
  checkParameters(parameters, architecture);
  const leftOver = [...renamed]
    .filter(([name]) => !wanted.has(name))
    .map(([name, { from }]) => ({ name: from, why: whyLeft(name) }));
  return { architecture, parameters, keyRenames, used, leftOver };
}

interface Renamed {
  from: string;
  array: NdArray;
}

function renameKeys(tensors: ReadonlyMap<string, NdArray>): {
  renamed: Map<string, Renamed>;
  keyRenames: Record<string, string>;
} {
  const renamed = new Map<string, Renamed>();
  const keyRenames: Record<string, string> = {};
  for (const [from, array] of tensors) {
    let name = from;
    for (const rename of KEY_RENAMES) {
      if (!name.startsWith(rename.from)) continue;
      name = rename.to + name.slice(rename.from.length);
      keyRenames[rename.from] = rename.to;
    }
    const twin = renamed.get(name);
    if (twin) {
      const both = `"${twin.from}" and "${from}"`;
      throw new NetError('weights-mismatch', `The checkpoint holds ${both}, which are the same parameter: one has to go.`);
    }
    renamed.set(name, { from, array });
  }
  return { renamed, keyRenames };
}

function asFloat32(array: NdArray, name: string): NdArray {
  if (!WEIGHT_TYPES.includes(array.dtype)) {
    throw new NetError(
      'weights-mismatch',
      `The checkpoint's "${name}" is of type ${array.dtype}; weights are floating-point numbers.`,
    );
  }
  return { shape: array.shape, dtype: 'float32', data: toFloat32(array) };
}

/**
 * Attention of another make changes what the network says, so a checkpoint that has it is refused; a count of batches, an optimiser's
 * state or a head of another task don't.
 */
function whyLeft(name: string): string {
  if (name.startsWith('PGA.')) {
    throw new NetError(
      'weights-mismatch',
      `The checkpoint's attention is made in another way than is known here: it has "${name}". Without it the model would say something else.`,
    );
  }
  if (name.endsWith('.num_batches_tracked')) return 'counts the batches of training; not needed to run the network';
  if (name.startsWith('optimiser.')) return "the optimiser's state; not needed to run the network";
  return 'no part of this network';
}
