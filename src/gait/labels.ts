/**
 * The three classes, always in this order inside the project: it is the order of OpenGait's evaluator.
 * A checkpoint with another order is permuted at the door, when it is loaded.
 */
export const CLASSES = ['negative', 'neutral', 'positive'] as const;

export type ClassName = (typeof CLASSES)[number];

export const CLASS_COUNT = CLASSES.length;
