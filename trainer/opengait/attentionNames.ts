/**
 * What the public re-implementation of DRF (UMGRL) calls the two encoders of its attention, which OpenGait has no names for. A checkpoint
 * under these names loads strictly into its `DRF`.
 */
import { PGA_CHANNEL, PGA_SPATIAL, type Parameters } from '../../src/nets/parameters.ts';

const NAMES = [
  [`${PGA_CHANNEL}.`, 'PGA.channel_attention.'],
  [`${PGA_SPATIAL}.`, 'PGA.spatial_attention.'],
] as const;

/** The same parameters, in the same order. */
export function underPublicNames(parameters: Parameters): Parameters {
  return new Map(
    [...parameters].map(([name, array]) => {
      const [ours, theirs] = NAMES.find(([beginning]) => name.startsWith(beginning)) ?? ['', ''];
      return [theirs + name.slice(ours.length), array];
    }),
  );
}
