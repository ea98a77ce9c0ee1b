import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { encodeOnnx, type Axis, type GraphSpec } from '../../../src/formats/onnx.ts';
import { readFixture } from '../../fixtures.ts';
import { ramp } from './support.ts';

/** What make.py builds with ONNX's own library: every kind of attribute, constant and axis. */
const GRAPH: GraphSpec<Axis> = {
  nodes: [
    { op: 'MatMul', inputs: ['x', 'weight'], outputs: ['product'] },
    {
      op: 'FusedMatMul',
      domain: 'com.microsoft',
      inputs: ['product', 'weight'],
      outputs: ['again'],
      attributes: { transA: 0, transB: 1 },
    },
    { op: 'Mul', inputs: ['again', 'half'], outputs: ['scaled'] },
    { op: 'Pad', inputs: ['scaled', 'nothing'], outputs: ['padded'], attributes: { mode: 'edge' } },
    { op: 'Transpose', inputs: ['padded'], outputs: ['turned'], attributes: { perm: [1, 0] } },
    { op: 'Softmax', inputs: ['turned'], outputs: ['shares'], attributes: { axis: -2 } },
    { op: 'Transpose', inputs: ['shares'], outputs: ['y'], attributes: { perm: [1, 0] } },
  ],
  constants: {
    weight: { shape: [3, 3], data: Float32Array.from(ramp(9)) },
    half: 0.5,
    nothing: [0, -1, 0, 1],
  },
  inputs: { x: ['clips', 3] },
  outputs: { y: ['clips', 3] },
};

describe('encodeOnnx', () => {
  it("gives the very bytes of ONNX's own library", async () => {
    const bytes = encodeOnnx(GRAPH, {
      text: 'a café',
      properties: { class_order: 'negative,neutral,positive', empty: '' },
    });
    expect(Buffer.from(bytes).equals(await readFixture('formats/onnx/model.onnx'))).toBe(true);
  });

  it('writes axes that are only known at run time', async () => {
    const session = await InferenceSession.create(encodeOnnx(GRAPH));
    expect(session.inputMetadata).toMatchObject([{ name: 'x', type: 'float32', shape: ['clips', 3] }]);
    for (const clips of [1, 4]) {
      const { y } = await session.run({ x: new Tensor('float32', new Float32Array(3 * clips), [clips, 3]) });
      expect(y!.dims).toEqual([clips, 3]);
      expect(Array.from(y!.data as Float32Array)).toEqual(new Array(3 * clips).fill(Math.fround(1 / 3)));
    }
  });

  it('names foreign operators only where it uses them', () => {
    const plain = encodeOnnx({ nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }], inputs: { x: [2] }, outputs: { y: [2] } });
    expect(Buffer.from(plain).includes('com.microsoft')).toBe(false);
    expect(Buffer.from(encodeOnnx(GRAPH)).includes('com.microsoft')).toBe(true);
  });
});
