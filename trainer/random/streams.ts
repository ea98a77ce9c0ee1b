/**
 * What is drawn by chance, by name: a stream of random numbers for each purpose, so that a change of one leaves the draws of the others as
 * they were. A new purpose gets a new number; a number is never used again.
 *
 * The simulator addresses its streams as `new Random(purpose, seed, person, clip)`. Training addresses them as `new Random(purpose, seed,
 * iteration)`, for what concerns one clip `new Random(purpose, seed, iteration, place)`: iteration i of a seed is the same batch on every
 * machine, in any thread and after every interruption. The place is the one in the batch and not the clip's number, because a clip may come
 * several times in a batch and looks different each time.
 */
export const STREAM = {
  shares: 1,
  person: 2,
  curve: 3,
  clip: 4,
  noise: 5,
  flesh: 6,
  outline: 7,
  batch: 101,
  frames: 102,
  augmentation: 103,
  holdOut: 104,
  proxy: 105,
  settle: 106,
} as const;
