/** A share as Chinese print sets it, without a space before the sign: 0.7234 → "72%". How it is rounded is the page's one way. */
import { percent as spaced } from '../../format.ts';

export function percent(share: number): string {
  return spaced(share).replace('\u00a0', '');
}
