/** What a file of a clip holds, told by its shape and type alone, as nothing else in OpenGait's layout says it. */
import type { NdArray } from '../../src/formats/ndarray.ts';

/** Each modality's shape after the frames, its element types, and how messages call it. */
const MODALITIES = {
  pose: { shape: [17, 3], dtypes: ['float16', 'float32', 'float64'], label: 'poses, float [frames, 17, 3]' },
  'skeleton-map': { shape: [2, 64, 64], dtypes: ['uint8'], label: 'skeleton maps, uint8 [frames, 2, 64, 64]' },
  asymmetry: { shape: [8, 3], dtypes: ['float16', 'float32', 'float64'], label: 'asymmetry vectors, float [frames, 8, 3]' },
  silhouette: { shape: [64, 64], dtypes: ['uint8'], label: 'silhouettes, uint8 [frames, 64, 64]' },
} as const;

export type Modality = keyof typeof MODALITIES;

/** Every modality, in the order in which reports name them. */
export const MODALITY_NAMES = Object.keys(MODALITIES) as Modality[];

/** What an array is, or null where it is none of them. */
export function modalityOf({ shape, dtype }: NdArray): Modality | null {
  const [, ...frame] = shape;
  return (
    MODALITY_NAMES.find((name) => {
      const { shape: expected, dtypes } = MODALITIES[name];
      return frame.join() === expected.join() && (dtypes as readonly string[]).includes(dtype);
    }) ?? null
  );
}

export function modalityLabel(modality: Modality): string {
  return MODALITIES[modality].label;
}
