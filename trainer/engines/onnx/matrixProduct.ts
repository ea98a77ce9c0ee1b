/** tfjs's batched matrix product. */
import * as tf from '@tensorflow/tfjs-core';
import { matrixProduct } from './graphs.ts';
import type { Register } from './register.ts';

export function registerMatrixProduct(register: Register): void {
  register(tf.BatchMatMul, (inputs, backend, attrs) => {
    const [a, b] = [inputs['a']!, inputs['b']!];
    const [transposeA, transposeB] = [attrs['transposeA'] === true, attrs['transposeB'] === true];
    const [shapeA, shapeB] = [asMatrices(a.shape), asMatrices(b.shape)];
    const run = backend.operation(['matmul', shapeA, shapeB, transposeA, transposeB].join(' '), () =>
      matrixProduct(shapeA, shapeB, transposeA, transposeB),
    );
    const outer = a.shape.length >= b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
    const shape = [...outer, transposeA ? shapeA[2] : shapeA[1], transposeB ? shapeB[1] : shapeB[2]];
    const { product } = run.run({ a: backend.values(a), b: backend.values(b) });
    return backend.makeTensorInfo(shape, 'float32', product!);
  });
}

function asMatrices(shape: readonly number[]): [number, number, number] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return [shape.slice(0, -2).reduce((product, size) => product * size, 1), rows, columns];
}
