/**
 * Frames are computed a few at a time: what an operation writes in between then stays in the processor's cache, and takes no memory
 * worth speaking of however long the batch is.
 */

/** Values of an activation in one chunk: 4 MB. */
const VALUES = 1 << 20;

export interface Chunk {
  frames: number;
  /** The chunk's part of an array that holds all frames. */
  of: (array: Float32Array) => Float32Array;
}

/** Calls `run` for one chunk of frames after the other. `valuesPerFrame` is the largest activation's that is involved. */
export function inChunks(frames: number, valuesPerFrame: number, run: (chunk: Chunk) => void): void {
  const size = Math.max(1, Math.floor(VALUES / valuesPerFrame));
  for (let from = 0; from < frames; from += size) {
    const to = Math.min(frames, from + size);
    run({
      frames: to - from,
      of: (array) => {
        const length = array.length / frames;
        return array.subarray(from * length, to * length);
      },
    });
  }
}
