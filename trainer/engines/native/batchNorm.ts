/**
 * The batch-norm kernels of the native engine as ONNX graphs: onnxruntime's reductions and elementwise operations use vectors and
 * all cores, and its arena keeps the intermediate activations from being allocated anew.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { BATCH_NORM, BATCH_NORM_GRADIENT, grouped, type BatchNormAttributes } from '../../kernels/batchNorm.ts';
import { NATIVE, toTensor, values } from './kernels.ts';
import type { GraphNode, GraphSpec } from '../../../src/formats/onnx.ts';
import { operation } from './session.ts';

export function registerNativeBatchNorm(): void {
  register(BATCH_NORM, ['x', 'scale', 'shift'], forwardGraph);
  register(BATCH_NORM_GRADIENT, ['dy', 'x', 'scale', 'shift', 'mean', 'variance'], gradientGraph);
}

type BuildGraph = (rows: number, channels: number, attributes: BatchNormAttributes) => GraphSpec;

/** Both kernels give one array of x's shape and two of a value a channel. */
function register(kernelName: string, inputNames: readonly string[], build: BuildGraph): void {
  tf.registerKernel({
    kernelName,
    backendName: NATIVE,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as MathBackendCPU;
      const attributes = attrs as BatchNormAttributes;
      const [rows, channels] = inputs['x']!.shape as [number, number];
      const run = operation(`${kernelName} ${rows} ${channels} ${attributes.relu} ${attributes.epsilon}`, () =>
        build(rows, channels, attributes),
      );
      const arrays = run.run(Object.fromEntries(inputNames.map((name) => [name, values(cpu, inputs[name]!)])));
      return [[rows, channels], [channels], [channels]].map((shape, index) => toTensor(cpu, shape, arrays[index]));
    },
  });
}

const node = (op: string, inputs: string, output: string, attributes?: GraphNode['attributes']): GraphNode => ({
  op,
  inputs: inputs.split(' '),
  outputs: [output],
  ...(attributes ? { attributes } : {}),
});

/** Single precision bears no difference of large sums: x is centred before anything is squared or multiplied with it. */
const centre = node('Sub', 'x mean', 'centred');

/** The sum over all rows of [groups, rows, channels]. */
const sumRows = (input: string, output: string): GraphNode[] => [
  node('ReduceSum', `${input} innerAxis`, `${output}Groups`, { keepdims: 0 }),
  node('ReduceSum', `${output}Groups outerAxis`, output, { keepdims: 0 }),
];
const sumAxes = { innerAxis: [1], outerAxis: [0] };

/** factor = scale·inverse deviation, so that y = centred·factor + shift. */
const toFactor = [
  node('Add', 'variance epsilon', 'floored'),
  node('Sqrt', 'floored', 'deviation'),
  node('Reciprocal', 'deviation', 'inverse'),
  node('Mul', 'scale inverse', 'factor'),
];

function forwardGraph(rows: number, channels: number, { epsilon, relu }: BatchNormAttributes): GraphSpec {
  return {
    nodes: [
      ...sumRows('x', 'total'),
      node('Mul', 'total perRow', 'mean'),
      centre,
      node('Mul', 'centred centred', 'squares'),
      ...sumRows('squares', 'squareTotal'),
      node('Mul', 'squareTotal perRow', 'variance'),
      ...toFactor,
      node('Mul', 'centred factor', 'scaled'),
      ...(relu ? [node('Add', 'scaled shift', 'shifted'), node('Relu', 'shifted', 'y')] : [node('Add', 'scaled shift', 'y')]),
    ],
    constants: { perRow: 1 / rows, epsilon, ...sumAxes },
    inputs: { x: [...grouped(rows), channels], scale: [channels], shift: [channels] },
    outputs: { y: [...grouped(rows), channels], mean: [channels], variance: [channels] },
  };
}

/** dx = factor·(dy − mean(dy) − x̂·mean(dy·x̂)) as factor·dy + linear·centred + level; dy only where the ReLU let y pass. */
function gradientGraph(rows: number, channels: number, { epsilon, relu }: BatchNormAttributes): GraphSpec {
  const slope = relu ? 'passed' : 'dy';
  return {
    nodes: [
      centre,
      ...toFactor,
      ...(relu
        ? [
            node('Mul', 'centred factor', 'scaled'),
            node('Add', 'scaled shift', 'y'),
            node('Greater', 'y zero', 'positive'),
            node('Where', 'positive dy zero', 'passed'),
          ]
        : []),
      ...sumRows(slope, 'dShift'),
      node('Mul', `${slope} centred`, 'slopeCentred'),
      ...sumRows('slopeCentred', 'centredSum'),
      node('Mul', 'centredSum inverse', 'dScale'),
      node('Mul', 'factor minusPerRow', 'spread'),
      node('Mul', 'inverse dScale', 'correlation'),
      node('Mul', 'spread correlation', 'linear'),
      node('Mul', 'spread dShift', 'level'),
      node('Mul', `${slope} factor`, 'slopePart'),
      node('Mul', 'centred linear', 'linearPart'),
      node('Add', 'slopePart linearPart', 'sum'),
      node('Add', 'sum level', 'dx'),
    ],
    constants: { epsilon, zero: 0, minusPerRow: -1 / rows, ...sumAxes },
    inputs: {
      dy: [...grouped(rows), channels],
      x: [...grouped(rows), channels],
      scale: [channels],
      shift: [channels],
      mean: [channels],
      variance: [channels],
    },
    outputs: { dx: [...grouped(rows), channels], dScale: [channels], dShift: [channels] },
  };
}
