/**
 * The shape of a ScoNet. Everything that differs between a full-size network and the narrow ones of the tests is here,
 * so that one definition of the computation serves them all.
 */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));

export const architectureSchema = v.strictObject({
  network: v.literal('sconet'),
  /** 1 = silhouette, 2 = skeleton map (limb, joint). */
  inChannels: v.picklist([1, 2]),
  /** Output channels of layer1..layer4 of the ResNet9 backbone. */
  widths: v.tuple([count, count, count, count]),
  /** Length of one part's embedding. */
  embedding: count,
  /** Horizontal strips of the final feature map. */
  parts: count,
  classes: v.literal(3),
});

export type ScoNetArchitecture = v.InferOutput<typeof architectureSchema>;

/** ScoNet-MT-ske at the size of the paper: 7,015,168 parameters. */
export const SCONET_SKELETON: ScoNetArchitecture = {
  network: 'sconet',
  inChannels: 2,
  widths: [64, 128, 256, 512],
  embedding: 256,
  parts: 16,
  classes: 3,
};

/** Height and width of one map or silhouette as the network sees it (64×64 less 10 columns on either side). */
export const INPUT_HEIGHT = 64;
export const INPUT_WIDTH = 44;
