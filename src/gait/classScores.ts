/** From the network's logits to a class: mean over the body's parts, then the greatest; probabilities by a fitted scale. */

/** Logits of classes×parts (cosines) to one score per class: the mean over the parts, as OpenGait's evaluator takes it. */
export function meanOverParts(logits: ArrayLike<number>, classes: number, parts: number): Float64Array {
  return Float64Array.from({ length: classes }, (_, c) => {
    let sum = 0;
    for (let part = 0; part < parts; part++) sum += logits[c * parts + part]!;
    return sum / parts;
  });
}

/** Index of the greatest; the first of equals. */
export function argmax(scores: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
  return best;
}

/**
 * Probabilities softmax(scale × scores). Cosines lie in -1..1, so with a scale of 1 they come out nearly equal: the scale is fitted on
 * validation people and kept in the model's manifest.
 */
export function softmax(scores: ArrayLike<number>, scale: number): Float64Array {
  const scaled = Float64Array.from(scores, (score) => score * scale);
  const greatest = scaled[argmax(scaled)] ?? 0;
  const powers = scaled.map((score) => Math.exp(score - greatest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
