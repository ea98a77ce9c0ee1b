/**
 * IEEE 754 half precision (binary16) to and from float32, by hand: Node 20 and many browsers have no Float16Array.
 * One sign bit, five of exponent (bias 15), ten of fraction; subnormals are multiples of 2^-24; the largest finite is 65504.
 */
const SUBNORMAL_STEP = 2 ** -24;
/** Float32 bits of 65520, from which on everything rounds to infinity. */
const OVERFLOW_BITS = 0x477ff000;
/** Float32 bits of 2^-14, the smallest normal half. */
const SMALLEST_NORMAL_BITS = 0x38800000;
const INFINITY_BITS = 0x7f800000;

/** Each 16-bit pattern as the number it stands for; exact. */
export function decodeFloat16(halves: Uint16Array): Float32Array {
  const out = new Float32Array(halves.length);
  const bits = new Uint32Array(out.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i] ?? 0;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 0) out[i] = (sign === 0 ? 1 : -1) * fraction * SUBNORMAL_STEP;
    else bits[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return out;
}

/** Each number as the nearest half, ties to the even one; beyond 65519.99 infinity; NaN stays NaN. */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = halfOf(bits[i] ?? 0);
  return out;
}

/** The half nearest to the float32 of these bits. */
function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > INFINITY_BITS) return sign | 0x7e00;
  if (magnitude >= OVERFLOW_BITS) return sign | 0x7c00;
  if (magnitude >= SMALLEST_NORMAL_BITS) return sign | roundedShift(magnitude - (112 << 23), 13);
  const exponent = magnitude >>> 23;
  // Below half the smallest subnormal (2^-25) everything is zero, float32's own subnormals included.
  if (exponent < 102) return sign;
  return sign | roundedShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/** `value` / 2^`shift`, to the nearest whole number, ties to even. A carry into the exponent is what IEEE wants. */
function roundedShift(value: number, shift: number): number {
  const whole = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return rest > tie || (rest === tie && (whole & 1) === 1) ? whole + 1 : whole;
}
