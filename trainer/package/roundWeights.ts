/** Weights as they are stored: float16 halves the download and is what the figures of the card are measured with. */
import { decodeFloat16, encodeFloat16 } from '../../src/formats/float16.ts';
import type { NdArray } from '../../src/formats/ndarray.ts';
import type { Parameters } from '../../src/nets/parameters.ts';

/** float32 → float16 bits, parameter by parameter. */
export function toFloat16(parameters: Parameters): Map<string, NdArray> {
  return new Map(
    [...parameters].map(([name, { shape, data }]) => [
      name,
      { shape, dtype: 'float16', data: encodeFloat16(data as Float32Array) } satisfies NdArray,
    ]),
  );
}

/** The values that come back when float16 weights are read: what the app computes with. */
export function asStored(parameters: Parameters): Parameters {
  return new Map(
    [...toFloat16(parameters)].map(([name, { shape, data }]) => [
      name,
      { shape, dtype: 'float32', data: decodeFloat16(data as Uint16Array) } satisfies NdArray,
    ]),
  );
}
