/**
 * A network as a graph for other runtimes: the same computation as `sconet.ts` and `attention.ts`, in ONNX's operations, with the batch
 * norms folded away. Clips in OpenGait's order [clips, channels, frames, 64, 44], values 0…1, any number of either; out come cosines
 * [clips, 3, parts], classes in the order of the parameters.
 */
import { toFloat32, type NdArray } from '../../formats/ndarray.ts';
import type { Axis, Constant, GraphNode, GraphSpec } from '../../formats/onnx.ts';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS, JOINT_PAIRS } from '../../gait/asymmetry.ts';
import { CLASS_COUNT } from '../../gait/labels.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from '../architecture.ts';
import { stretchMatrix } from '../attention.ts';
import { foldConvNorm, foldNeckNorm, unitNeckFcs } from '../fold.ts';
import {
  backboneSpec,
  checkParameters,
  PART_FCS,
  PGA_CHANNEL,
  PGA_SPATIAL,
  type ConvNormSpec,
  type Parameters,
} from '../parameters.ts';

/** Throws NetError where the parameters don't fit the architecture. */
export function networkGraph(architecture: Architecture, parameters: Parameters): GraphSpec<Axis> {
  checkParameters(parameters, architecture);
  return new GraphBuilder(architecture, parameters).build();
}

/** Axes of [clips, channels, frames, height, width]. */
const [CLIPS, FRAMES] = [0, 2];

class GraphBuilder {
  readonly #architecture: Architecture;
  readonly #parameters: Parameters;
  readonly #nodes: GraphNode[] = [];
  readonly #constants: Record<string, Constant> = {};

  constructor(architecture: Architecture, parameters: Parameters) {
    this.#architecture = architecture;
    this.#parameters = parameters;
  }

  build(): GraphSpec<Axis> {
    const { inChannels, parts } = this.#architecture;
    const features = this.#backbone(this.#framesFirst());
    const logits = this.#head(this.#pool(this.#walkMaximum(features)));
    this.#add('Transpose', [logits], { perm: [1, 2, 0] }, 'logits');
    const asymmetry: Record<string, Axis[]> = { asymmetry: ['clips', JOINT_PAIRS.length, ASYMMETRY_METRICS.length] };
    return {
      nodes: this.#nodes,
      constants: this.#constants,
      inputs: {
        maps: ['clips', inChannels, 'frames', INPUT_HEIGHT, INPUT_WIDTH],
        ...(this.#architecture.network === 'drf' ? asymmetry : {}),
      },
      outputs: { logits: ['clips', CLASS_COUNT, parts] },
    };
  }

  /** [clips, channels, frames, 64, 44] → [clips·frames, channels, 64, 44]. */
  #framesFirst(): string {
    const { inChannels } = this.#architecture;
    const perClip = this.#add('Transpose', ['maps'], { perm: [0, 2, 1, 3, 4] });
    return this.#reshape(perClip, [-1, inChannels, INPUT_HEIGHT, INPUT_WIDTH]);
  }

  #backbone(frames: string): string {
    const { stem, blocks } = backboneSpec(this.#architecture);
    return blocks.reduce(
      (input, { first, second, shortcut }) => {
        const residual = this.#conv(this.#relu(this.#conv(input, first)), second);
        return this.#relu(this.#add('Add', [residual, shortcut ? this.#conv(input, shortcut) : input]));
      },
      this.#relu(this.#conv(frames, stem)),
    );
  }

  #conv(input: string, spec: ConvNormSpec): string {
    const { weight, bias } = foldConvNorm(this.#parameters, spec);
    const padding = spec.kernel === 3 ? 1 : 0;
    return this.#add('Conv', [input, this.#tensor(weight), this.#tensor(bias)], {
      kernel_shape: [spec.kernel, spec.kernel],
      pads: [padding, padding, padding, padding],
      strides: [spec.stride, spec.stride],
    });
  }

  #relu(input: string): string {
    return this.#add('Relu', [input]);
  }

  /** [clips·frames, features, 16, 11] → [clips, features, 16, 11]: the maximum over the frames of each clip. */
  #walkMaximum(features: string): string {
    const shape = this.#add('Shape', ['maps']);
    const count = (axis: number) => this.#add('Gather', [shape, this.#integers([axis])], { axis: 0 });
    const rest = this.#add('Slice', [
      this.#add('Shape', [features]),
      this.#integers([1]),
      this.#integers([4]),
      this.#integers([0]),
    ]);
    const target = this.#add('Concat', [count(CLIPS), count(FRAMES), rest], { axis: 0 });
    const walks = this.#add('Reshape', [features, target]);
    return this.#add('ReduceMax', [walks], { axes: [1], keepdims: 0 });
  }

  /** [clips, features, 16, 11] → [parts, clips, features]. */
  #pool(walk: string): string {
    const { widths, parts } = this.#architecture;
    const strips = this.#reshape(walk, [0, widths[3], parts, -1]);
    const mean = this.#add('ReduceMean', [strips], { axes: [3], keepdims: 0 });
    const maximum = this.#add('ReduceMax', [strips], { axes: [3], keepdims: 0 });
    return this.#add('Transpose', [this.#add('Add', [mean, maximum])], { perm: [2, 0, 1] });
  }

  /** [parts, clips, features] → cosines [parts, clips, classes]. */
  #head(pooled: string): string {
    const architecture = this.#architecture;
    const attention = architecture.network === 'drf' ? this.#attention() : null;
    const attend = (x: string, place: 'before-fcs' | 'after-fcs') =>
      attention !== null && architecture.network === 'drf' && architecture.attention === place
        ? this.#add('Mul', [x, attention])
        : x;
    const partFcs = this.#tensor(this.#parameters.get(PART_FCS)!);
    const embedding = attend(this.#add('MatMul', [attend(pooled, 'before-fcs'), partFcs]), 'after-fcs');
    const { scale, shift } = foldNeckNorm(this.#parameters, architecture);
    const neck = this.#add('Add', [this.#add('Mul', [embedding, this.#tensor(scale)]), this.#tensor(shift)]);
    const length = this.#add('ReduceL2', [neck], { axes: [2], keepdims: 1 });
    const unit = this.#add('Div', [neck, this.#add('Max', [length, this.#floats([1], [1e-12])])]);
    return this.#add('MatMul', [unit, this.#tensor(unitNeckFcs(this.#parameters))]);
  }

  /** The factor of every feature, [parts, clips, channels]. */
  #attention(): string {
    const { parts } = this.#architecture;
    const pairs = JOINT_PAIRS.length;
    const weights = (name: string) => this.#parameters.get(name)!;
    const all = this.#reshape('asymmetry', [-1, ASYMMETRY_LENGTH]);
    const channel = this.#add(
      'Gemm',
      [all, this.#tensor(weights(`${PGA_CHANNEL}.weight`)), this.#tensor(weights(`${PGA_CHANNEL}.bias`))],
      {
        transB: 1,
      },
    );
    const perMeasure = this.#floats([ASYMMETRY_METRICS.length, 1], toFloat32(weights(`${PGA_SPATIAL}.weight`)));
    const measured = this.#add('MatMul', ['asymmetry', perMeasure]);
    const shifted = this.#add('Add', [measured, this.#tensor(weights(`${PGA_SPATIAL}.bias`))]);
    const stretch = this.#floats([parts, pairs], stretchMatrix(pairs, parts).flat());
    const byPart = this.#add('MatMul', [
      stretch,
      this.#add('Transpose', [this.#reshape(shifted, [-1, pairs])], { perm: [1, 0] }),
    ]);
    const spatial = this.#add('Unsqueeze', [this.#add('Sigmoid', [byPart]), this.#integers([2])]);
    return this.#add('Mul', [spatial, this.#add('Unsqueeze', [this.#add('Sigmoid', [channel]), this.#integers([0])])]);
  }

  #reshape(input: string, shape: number[]): string {
    return this.#add('Reshape', [input, this.#integers(shape)]);
  }

  #tensor({ shape, data }: NdArray): string {
    return this.#floats(shape, data as Float32Array);
  }

  #floats(shape: readonly number[], values: ArrayLike<number>): string {
    return this.#constant({ shape: [...shape], data: Float32Array.from(values) });
  }

  #integers(values: readonly number[]): string {
    return this.#constant(values);
  }

  #constant(value: Constant): string {
    const name = `c${Object.keys(this.#constants).length}`;
    this.#constants[name] = value;
    return name;
  }

  #add(op: string, inputs: readonly string[], attributes?: GraphNode['attributes'], output = `n${this.#nodes.length}`): string {
    this.#nodes.push({ op, inputs, outputs: [output], ...(attributes ? { attributes } : {}) });
    return output;
  }
}
