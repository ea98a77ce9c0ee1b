/**
 * The parameters of a ScoNet: their names as OpenGait's checkpoints have them, and their shapes in PyTorch's layout
 * (convolutions [out, in, height, width]). This is the form weights have in files and in memory; `tensors.ts` turns them
 * into what tfjs computes with.
 */
import type { NdArray } from '../formats/ndarray.ts';
import { NetError } from './errors.ts';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS } from '../gait/asymmetry.ts';
import { attentionChannels, type Architecture } from './architecture.ts';

export type Parameters = Map<string, NdArray>;

const BACKBONE = 'Backbone.forward_block';

/** One convolution and the batch norm behind it: the unit the whole backbone is made of. */
export interface ConvNormSpec {
  conv: string;
  norm: string;
  kernel: 1 | 3;
  stride: 1 | 2;
  in: number;
  out: number;
}

/** A residual block: two 3×3 convolutions and, where size or channels change, a 1×1 convolution on the shortcut. */
export interface BlockSpec {
  first: ConvNormSpec;
  second: ConvNormSpec;
  shortcut: ConvNormSpec | null;
}

export interface BackboneSpec {
  stem: ConvNormSpec;
  blocks: BlockSpec[];
}

/** Strides of layer1..layer4; layer4 keeps the resolution (domain: ResNet9 of OpenGait). */
const STRIDES = [1, 2, 2, 1] as const;

/** Lists the backbone's convolutions in the order of computation. */
export function backboneSpec(architecture: Architecture): BackboneSpec {
  const { inChannels, widths } = architecture;
  const stem: ConvNormSpec = {
    conv: `${BACKBONE}.conv1.conv.weight`,
    norm: `${BACKBONE}.bn1`,
    kernel: 3,
    stride: 1,
    in: inChannels,
    out: widths[0],
  };
  let channels = widths[0];
  const blocks = widths.map((out, index): BlockSpec => {
    const name = `${BACKBONE}.layer${index + 1}.0`;
    const stride = STRIDES[index] ?? 1;
    const input = channels;
    channels = out;
    return {
      first: { conv: `${name}.conv1.weight`, norm: `${name}.bn1`, kernel: 3, stride, in: input, out },
      second: { conv: `${name}.conv2.weight`, norm: `${name}.bn2`, kernel: 3, stride: 1, in: out, out },
      shortcut:
        stride === 1 && input === out
          ? null
          : { conv: `${name}.downsample.0.weight`, norm: `${name}.downsample.1`, kernel: 1, stride, in: input, out },
    };
  });
  return { stem, blocks };
}

/** Every convolution with its batch norm, stem first. */
export function convNorms(architecture: Architecture): ConvNormSpec[] {
  const { stem, blocks } = backboneSpec(architecture);
  return [stem, ...blocks.flatMap(({ first, second, shortcut }) => (shortcut ? [first, second, shortcut] : [first, second]))];
}

export const PART_FCS = 'FCs.fc_bin';
export const NECK_FCS = 'BNNecks.fc_bin';
export const NECK_NORM = 'BNNecks.bn1d';
/** PGA's two encoders of the asymmetry vector: a linear layer to the channels, and one over the pairs (a convolution of width 1). */
export const PGA_CHANNEL = 'PGA.channel';
export const PGA_SPATIAL = 'PGA.spatial';

/** The four vectors of a batch norm: scale, shift, and the statistics used in evaluation. */
export const NORM_VECTORS = ['weight', 'bias', 'running_mean', 'running_var'] as const;

/** Names and PyTorch shapes of all parameters and running statistics. */
export function parameterShapes(architecture: Architecture): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  const addNorm = (name: string, length: number) => {
    for (const vector of NORM_VECTORS) shapes.set(`${name}.${vector}`, [length]);
  };
  for (const spec of convNorms(architecture)) {
    shapes.set(spec.conv, [spec.out, spec.in, spec.kernel, spec.kernel]);
    addNorm(spec.norm, spec.out);
  }
  const { widths, embedding, parts, classes } = architecture;
  shapes.set(PART_FCS, [parts, widths[3], embedding]);
  shapes.set(NECK_FCS, [parts, embedding, classes]);
  addNorm(NECK_NORM, embedding * parts);
  const attended = attentionChannels(architecture);
  if (attended !== null) {
    shapes.set(`${PGA_CHANNEL}.weight`, [attended, ASYMMETRY_LENGTH]);
    shapes.set(`${PGA_CHANNEL}.bias`, [attended]);
    shapes.set(`${PGA_SPATIAL}.weight`, [1, ASYMMETRY_METRICS.length, 1]);
    shapes.set(`${PGA_SPATIAL}.bias`, [1]);
  }
  return shapes;
}

/** Running statistics are carried along, not trained. */
export function isTrainable(name: string): boolean {
  return !name.endsWith('.running_mean') && !name.endsWith('.running_var');
}

/** The number of trainable values; 7,015,168 for the full-size skeleton-map network. */
export function countTrainable(architecture: Architecture): number {
  let total = 0;
  for (const [name, shape] of parameterShapes(architecture)) {
    if (isTrainable(name)) total += shape.reduce((product, size) => product * size, 1);
  }
  return total;
}

/**
 * Checks that the parameters are exactly those of the architecture: every name there, every shape right, every value finite.
 * Names that are no parameter of the network (`num_batches_tracked`) are ignored.
 * Throws {@link NetError}: `weights-mismatch` naming the parameter, `weights-damaged` for a value that is no number.
 */
export function checkParameters(parameters: Parameters, architecture: Architecture): void {
  for (const [name, shape] of parameterShapes(architecture)) {
    const array = parameters.get(name);
    if (!array) throw new NetError('weights-mismatch', `The weights have no "${name}": they belong to another network.`);
    if (array.shape.join('×') !== shape.join('×')) {
      const found = `${array.shape.join('×')} where ${shape.join('×')} is expected`;
      throw new NetError('weights-mismatch', `The weights' "${name}" is ${found}: they belong to another network.`);
    }
    for (const value of array.data) {
      if (!Number.isFinite(Number(value))) {
        throw new NetError('weights-damaged', `The weights' "${name}" holds a value that is not a number: the file is damaged.`);
      }
    }
  }
}

/**
 * Finds the architecture from the names and shapes in a checkpoint. Where the network is as wide before the part FCs as after them, PGA
 * is taken to come after. Throws {@link NetError} `weights-mismatch` when it is neither ScoNet nor DRF.
 */
export function architectureOf(parameters: Parameters): Architecture {
  const shapeOf = (name: string): number[] => {
    const array = parameters.get(name);
    if (!array) throw new NetError('weights-mismatch', `This is no ScoNet checkpoint: it has no "${name}".`);
    return array.shape;
  };
  const inChannels = shapeOf(`${BACKBONE}.conv1.conv.weight`)[1];
  const width = (layer: number) => shapeOf(`${BACKBONE}.layer${layer}.0.conv1.weight`)[0] ?? 0;
  const [parts = 0, , embedding = 0] = shapeOf(PART_FCS);
  const classes = shapeOf(NECK_FCS)[2];
  if ((inChannels !== 1 && inChannels !== 2) || classes !== 3) {
    const found = `${inChannels} input channels and ${classes} classes`;
    throw new NetError('weights-mismatch', `The checkpoint has ${found}; one or two channels and three classes are expected.`);
  }
  const widths: Architecture['widths'] = [width(1), width(2), width(3), width(4)];
  const shape = { inChannels, widths, embedding, parts, classes } as const;
  const attended = parameters.get(`${PGA_CHANNEL}.weight`)?.shape[0];
  if (attended === undefined) return { network: 'sconet', ...shape };
  if (attended !== embedding && attended !== widths[3]) {
    const expected = `${widths[3]} (before the part FCs) or ${embedding} (after them)`;
    throw new NetError('weights-mismatch', `The checkpoint's attention weighs ${attended} channels; ${expected} are expected.`);
  }
  return { network: 'drf', ...shape, attention: attended === embedding ? 'after-fcs' : 'before-fcs' };
}
