/**
 * The shape of a network. Everything that differs between the networks of the field, and between a full-size one and the narrow ones
 * of the tests, is here, so that one definition of the computation serves them all.
 *
 * - `sconet`: ScoNet (trained with cross-entropy alone) and ScoNet-MT (with the triplet loss as well) are this same network; on skeleton
 *   maps (2 channels) it goes by the name ScoNet-MT-ske.
 * - `drf`: ScoNet-MT-ske with attention that the postural asymmetry vector guides (PGA).
 */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));

const scoNet = {
  /** 1 = silhouette, 2 = skeleton map (limb, joint). */
  inChannels: v.picklist([1, 2]),
  /** Output channels of layer1..layer4 of the ResNet9 backbone. */
  widths: v.tuple([count, count, count, count]),
  /** Length of one part's embedding. */
  embedding: count,
  /** Horizontal strips of the final feature map. */
  parts: count,
  classes: v.literal(3),
};

export const architectureSchema = v.variant('network', [
  v.strictObject({ network: v.literal('sconet'), ...scoNet }),
  v.strictObject({
    network: v.literal('drf'),
    ...scoNet,
    /** Whether PGA weighs the features that go into the part FCs (the paper's figure) or what comes out (the public re-implementation). */
    attention: v.picklist(['before-fcs', 'after-fcs']),
  }),
]);

export type Architecture = v.InferOutput<typeof architectureSchema>;

/** ScoNet-MT-ske at the size of the paper: 7,015,168 parameters. */
export const SCONET_SKELETON = {
  network: 'sconet',
  inChannels: 2,
  widths: [64, 128, 256, 512],
  embedding: 256,
  parts: 16,
  classes: 3,
} as const satisfies v.InferInput<typeof architectureSchema>;

/** Height and width of one map or silhouette as the network sees it (64×64 less 10 columns on either side). */
export const INPUT_HEIGHT = 64;
export const INPUT_WIDTH = 44;

/** The channels that PGA weighs; null for a network without it. */
export function attentionChannels(architecture: Architecture): number | null {
  if (architecture.network !== 'drf') return null;
  return architecture.attention === 'before-fcs' ? architecture.widths[3] : architecture.embedding;
}

/** What a network of this shape is called in the field. */
export function networkName({ network, inChannels }: Architecture): string {
  if (network === 'drf') return 'DRF';
  return inChannels === 1 ? 'ScoNet-MT' : 'ScoNet-MT-ske';
}
