/**
 * Activations as onnxruntime's operations want them, frames of channel planes [n, c, h, w], behind tensors that are [n, h, w, c] to tfjs.
 * They stay so from one kernel to the next; whoever else asks for the values gets them transposed then, once.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { ArrayPool } from './arrayPool.ts';
import type { Graph, Operation, Runtime } from './runtime.ts';

/** What the axes of an activation mean, however its tensor has been reshaped. */
export interface Geometry {
  frames: number;
  height: number;
  width: number;
  channels: number;
}

/** A tensor's data in planes. The field names `values`, `dtype` and `refCount` are the backend's. */
class PlanesData {
  readonly dtype = 'float32';
  refCount = 1;
  #values: Float32Array | null = null;

  constructor(
    readonly planes: Float32Array,
    readonly geometry: Geometry,
  ) {}

  get values(): Float32Array {
    this.#values ??= fromPlanes(this.planes, this.geometry);
    return this.#values;
  }
}

export class OnnxBackend extends MathBackendCPU {
  readonly #runtime: Runtime;
  readonly #operations = new Map<string, Operation>();
  readonly #pool = new ArrayPool();

  constructor(runtime: Runtime) {
    super();
    this.#runtime = runtime;
  }

  /** A compiled operation by what it computes and on which shapes; a training run has a few dozen. */
  operation(key: string, graph: () => Graph): Operation {
    let found = this.#operations.get(key);
    if (!found) {
      found = this.#runtime.compile(graph());
      this.#operations.set(key, found);
    }
    return found;
  }

  /** An array for planes that are about to be written; what it holds is left over from earlier ones. */
  takePlanes({ frames, height, width, channels }: Geometry): Float32Array {
    return this.#pool.take(frames * height * width * channels);
  }

  /** A tensor of any shape with as many values. The array is the backend's from now on: it is used again after the tensor's end. */
  fromPlanes(shape: number[], planes: Float32Array, geometry: Geometry): TensorInfo {
    const dataId = this.write(planes, shape, 'float32');
    this.data.set(dataId, new PlanesData(planes, geometry));
    return { dataId, shape, dtype: 'float32' };
  }

  /** A tensor's values in its own layout. */
  values(tensor: TensorInfo): Float32Array {
    return this.data.get(tensor.dataId).values as Float32Array;
  }

  /** How a tensor's data lies in planes; null where it doesn't. */
  geometry(tensor: TensorInfo): Geometry | null {
    const data: unknown = this.data.get(tensor.dataId);
    return data instanceof PlanesData ? data.geometry : null;
  }

  /** A tensor's values in planes. */
  planes(tensor: TensorInfo, geometry: Geometry): Float32Array {
    const data: unknown = this.data.get(tensor.dataId);
    if (data instanceof PlanesData && sameGeometry(data.geometry, geometry)) return data.planes;
    return toPlanes(this.values(tensor), geometry);
  }

  override disposeData(dataId: object, force = false): boolean {
    const data: unknown = this.data.has(dataId) ? this.data.get(dataId) : null;
    const released = super.disposeData(dataId, force);
    if (released && data instanceof PlanesData) this.#pool.give(data.planes);
    return released;
  }
}

export function sameGeometry(a: Geometry | null, b: Geometry | null): boolean {
  return (
    a !== null && b !== null && a.frames === b.frames && a.height === b.height && a.width === b.width && a.channels === b.channels
  );
}

/** [n, h, w, c] → [n, c, h, w]; the same array where there is nothing to exchange. */
function toPlanes(values: Float32Array, { frames, height, width, channels }: Geometry): Float32Array {
  const pixels = height * width;
  return pixels === 1 || channels === 1 ? values : exchanged(values, frames, pixels, channels);
}

/** [n, c, h, w] → [n, h, w, c], always a copy: the planes are written again. */
function fromPlanes(planes: Float32Array, { frames, height, width, channels }: Geometry): Float32Array {
  return exchanged(planes, frames, channels, height * width);
}

/** [n, rows, columns] → [n, columns, rows]. */
function exchanged(from: Float32Array, count: number, rows: number, columns: number): Float32Array {
  const to = new Float32Array(from.length);
  for (let n = 0; n < count; n++) {
    const start = n * rows * columns;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        to[start + column * rows + row] = from[start + row * columns + column]!;
      }
    }
  }
  return to;
}
