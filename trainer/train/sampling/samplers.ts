/**
 * Which clips make a batch. `triplet` is OpenGait's TripletSampler (domain.md §4.2): some identities and several clips of each, so that the
 * triplet loss finds pairs. Identities are drawn uniformly, and therefore the classes have the shares of the training split: on 1:1:8 a
 * batch of 8 identities often has no positive at all. `class-balanced` gives each class as many clips (the recipe of domain.md §5.3).
 */
import { CLASSES } from '../../../src/gait/labels.ts';
import { Random } from '../../random/random.ts';
import { draw, drawAgain } from './draw.ts';
import { STREAM } from '../../random/streams.ts';

export type SamplerOptions =
  | { kind: 'triplet'; identities: number; /** Clips of each identity. */ samples: number }
  | { kind: 'class-balanced'; clipsPerClass: number };

export interface SampledClip {
  /** Index into the training clips. */
  clip: number;
  /** What the triplet loss calls an identity: the number of the clip's id, counted in the order in which ids first appear. */
  identity: number;
}

/** What a sampler needs to know of a clip. */
export interface SampleableClip {
  id: string;
  /** Index into CLASSES. */
  label: number;
}

/**
 * The clips of one batch.
 *
 * `triplet`: `identities` different ids (some twice where there are fewer), and of each `samples` clips, different ones where the id has
 * enough, else with replacement: in Scoliosis1K an id has one clip, which then comes `samples` times. Clips of an id lie together.
 * `class-balanced`: `clipsPerClass` clips of each class, with replacement, in the order of CLASSES.
 *
 * @throws RangeError, in one sentence, where there is no clip, or none of a class that needs some
 */
export function sampleBatch(
  clips: readonly SampleableClip[],
  options: SamplerOptions,
  seed: number,
  iteration: number,
): SampledClip[] {
  if (clips.length === 0) throw new RangeError('There is nothing to train on: the training split has no clips.');
  const random = new Random(STREAM.batch, seed, iteration);
  const known = withIdentities(clips);
  return options.kind === 'triplet'
    ? sampleIdentities(known, options.identities, options.samples, random)
    : sampleClasses(clips, known, options.clipsPerClass, random);
}

function sampleIdentities(known: readonly SampledClip[], identities: number, samples: number, random: Random): SampledClip[] {
  const clipsOf: SampledClip[][] = [];
  for (const each of known) (clipsOf[each.identity] ??= []).push(each);
  return draw(clipsOf, identities, random).flatMap((own) => draw(own, samples, random));
}

function sampleClasses(
  clips: readonly SampleableClip[],
  known: readonly SampledClip[],
  clipsPerClass: number,
  random: Random,
): SampledClip[] {
  return CLASSES.flatMap((name, label) => {
    const own = known.filter(({ clip }) => clips[clip]!.label === label);
    if (own.length === 0)
      throw new RangeError(
        `The class-balanced sampler needs clips of every class, but the training split has none of "${name}": add some or choose the triplet sampler.`,
      );
    return drawAgain(own, clipsPerClass, random);
  });
}

function withIdentities(clips: readonly SampleableClip[]): SampledClip[] {
  const numbers = new Map<string, number>();
  return clips.map(({ id }, clip) => {
    const identity = numbers.get(id) ?? numbers.size;
    numbers.set(id, identity);
    return { clip, identity };
  });
}
