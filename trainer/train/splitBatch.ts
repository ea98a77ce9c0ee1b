/** Parts of a batch for gradient accumulation: each a batch like the whole, with all clips of an identity together or every class in it. */
import { ASYMMETRY_LENGTH } from '../../src/gait/asymmetry.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import { concatBytes } from '../../src/formats/bytes.ts';
import type { Batch } from './batches.ts';
import type { SamplerOptions } from './sampling/samplers.ts';

/** The batch in so many equal parts. The config has seen to it that they come out even. */
export function splitBatch(batch: Batch, parts: number, sampler: SamplerOptions['kind']): Batch[] {
  if (parts === 1) return [batch];
  const places = batch.labels.map((_, place) => place);
  // The sampler puts the clips of an identity side by side; a class has to be dealt out.
  const groups =
    sampler === 'triplet' ? [places] : CLASSES.map((_, label) => places.filter((place) => batch.labels[place] === label));
  return Array.from({ length: parts }, (_, part) =>
    take(
      batch,
      groups.flatMap((group) => group.slice((part * group.length) / parts, ((part + 1) * group.length) / parts)),
    ),
  );
}

function take({ frames, counts, labels, identities, asymmetry }: Batch, places: readonly number[]): Batch {
  const all = counts.reduce((total, count) => total + count, 0);
  const length = frames.length / all;
  const starts = counts.map((_, place) => counts.slice(0, place).reduce((total, count) => total + count, 0));
  return {
    frames: concatBytes(places.map((at) => frames.subarray(starts[at]! * length, (starts[at]! + counts[at]!) * length))),
    counts: places.map((at) => counts[at]!),
    labels: places.map((at) => labels[at]!),
    identities: places.map((at) => identities[at]!),
    asymmetry:
      asymmetry &&
      Float32Array.from(places.flatMap((at) => [...asymmetry.subarray(at * ASYMMETRY_LENGTH, (at + 1) * ASYMMETRY_LENGTH)])),
  };
}
