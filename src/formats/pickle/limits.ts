/** Bounds that hold for every pickle, far above what arrays and checkpoints need. */
export interface PickleLimits {
  /** Instructions. */
  operations: number;
  /** Values waiting on the stack, and marks on it. */
  stack: number;
  marks: number;
  /** Values remembered for reuse. */
  memo: number;
  /** Containers inside containers, in the value returned. */
  depth: number;
  /** Bytes of memory beyond the file itself: this much, and so many times the file's length. */
  memory: number;
  memoryPerByte: number;
}

export const PICKLE_LIMITS: Readonly<PickleLimits> = {
  operations: 5_000_000,
  stack: 1_000_000,
  marks: 1_000,
  memo: 1_000_000,
  depth: 100,
  memory: 128 * 2 ** 20,
  memoryPerByte: 8,
};
