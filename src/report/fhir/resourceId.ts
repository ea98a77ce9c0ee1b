/**
 * Ids of the resources of a bundle. They follow from the visit's id and the part that a resource plays, so that the same visit gives the
 * same bundle, and one that was handed on twice is recognised.
 *
 * They are UUIDs of version 8, which is for ids made by a rule of one's own (RFC 9562, 5.8). The rule: the 128-bit FNV-1a hash of
 * "<part>/<id of the visit>" in UTF-8, with version and variant set. The visit's id is random, and so are these.
 */
const OFFSET_BASIS = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x1000000000000000000013bn;
const ALL_BITS = (1n << 128n) - 1n;
const VERSION_AND_VARIANT = (0xfn << 76n) | (0x3n << 62n);
const VERSION_8 = (8n << 76n) | (2n << 62n);

/** A UUID in lower case. */
export function resourceId(visitId: string, part: string): string {
  const bytes = new TextEncoder().encode(`${part}/${visitId.toLowerCase()}`);
  const hash = bytes.reduce((sum, byte) => ((sum ^ BigInt(byte)) * PRIME) & ALL_BITS, OFFSET_BASIS);
  const bits = (hash & ~VERSION_AND_VARIANT) | VERSION_8;
  const digits = bits.toString(16).padStart(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
