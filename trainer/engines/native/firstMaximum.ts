/** The first-maximum kernels of the native engine. */
import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { FIRST_MAXIMUM, FIRST_MAXIMUM_GRADIENT } from '../../kernels/firstMaximum.ts';
import { NATIVE, values } from './kernels.ts';

export function registerNativeFirstMaximum(): void {
  tf.registerKernel({
    kernelName: FIRST_MAXIMUM,
    backendName: NATIVE,
    kernelFunc: ({ inputs, backend }) => {
      const cpu = backend as MathBackendCPU;
      const [groups, places, length] = inputs['x']!.shape as [number, number, number];
      const x = values(cpu, inputs['x']!);
      const y = new Float32Array(groups * length).fill(-Infinity);
      for (let place = 0; place < groups * places; place++) {
        const to = Math.floor(place / places) * length;
        const from = place * length;
        for (let i = 0; i < length; i++) y[to + i] = Math.max(y[to + i]!, x[from + i]!);
      }
      return cpu.makeTensorInfo([groups, length], 'float32', y);
    },
  });
  tf.registerKernel({
    kernelName: FIRST_MAXIMUM_GRADIENT,
    backendName: NATIVE,
    kernelFunc: ({ inputs, backend }) => {
      const cpu = backend as MathBackendCPU;
      const [groups, places, length] = inputs['x']!.shape as [number, number, number];
      const [x, y] = [values(cpu, inputs['x']!), values(cpu, inputs['y']!)];
      const rest = values(cpu, inputs['dy']!).slice();
      const dx = new Float32Array(x.length);
      for (let place = 0; place < groups * places; place++) {
        const to = Math.floor(place / places) * length;
        const from = place * length;
        for (let i = 0; i < length; i++) {
          if (x[from + i] === y[to + i]) {
            dx[from + i] = rest[to + i]!;
            rest[to + i] = 0;
          }
        }
      }
      return cpu.makeTensorInfo([groups, places, length], 'float32', dx);
    },
  });
}
