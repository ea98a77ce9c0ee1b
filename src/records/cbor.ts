/**
 * Values as bytes and back, bit for bit: how a record is written on this device and in an exported file. JSON has no typed arrays, and no
 * number for NaN, infinity and −0. This is CBOR (RFC 8949) with the tags of RFC 8746 for typed arrays, so that any CBOR reader opens what is
 * written here. The same value always gives the same bytes: entries stand in the order of their names.
 *
 * Typed arrays are little-endian, as is every machine that browsers run on. Text that isn't Unicode (half of a surrogate pair) is mended.
 */
import { decode as decodeCbor, encode as encodeCbor, Tokenizer, Type, type DecodeOptions, type Token } from 'cborg';
import {
  float32ArrayDecoder,
  float32ArrayEncoder,
  float64ArrayDecoder,
  float64ArrayEncoder,
  negativeZeroEncoder,
  TAG_FLOAT32_ARRAY_LE,
  TAG_FLOAT64_ARRAY_LE,
  TAG_UINT8_ARRAY,
  uint8ArrayDecoder,
  uint8ArrayEncoder,
} from 'cborg/taglib';

export type Storable =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Float32Array
  | Float64Array
  | readonly Storable[]
  | { readonly [name: string]: Storable };

/** Levels of nesting; a record has eight. */
const DEEPEST = 32;

const ENCODING = {
  float64: true,
  typeEncoders: {
    number: negativeZeroEncoder,
    Uint8Array: uint8ArrayEncoder,
    Float32Array: float32ArrayEncoder,
    Float64Array: float64ArrayEncoder,
  },
};

const DECODING: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
  tags: {
    [TAG_UINT8_ARRAY]: uint8ArrayDecoder,
    [TAG_FLOAT32_ARRAY_LE]: float32ArrayDecoder,
    [TAG_FLOAT64_ARRAY_LE]: float64ArrayDecoder,
  },
};

export function encode(value: Storable): Uint8Array<ArrayBuffer> {
  return encodeCbor(value, ENCODING);
}

/** Throws an Error, of whatever class, where the bytes are no value. Takes memory within a small multiple of their length. */
export function decode(bytes: Uint8Array): Storable {
  return decodeCbor(bytes, { ...DECODING, tokenizer: new StrictTokenizer(bytes, DECODING) }) as Storable;
}

/** Refuses what cborg lets pass and no record holds: deep nesting, text that isn't UTF-8, and bytes that don't say what they are. */
class StrictTokenizer extends Tokenizer {
  readonly #text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** How many values are still to come, at each level. */
  readonly #left = [1];
  #tagged = false;

  override next(): Token {
    const token = super.next();
    if (this.#tagged !== (token.type === Type.bytes)) throw new RangeError('A tag stands before bytes, and before nothing else.');
    this.#tagged = token.type === Type.tag;
    if (!this.#tagged) this.#count(token);
    if (token.byteValue) token.value = this.#text.decode(token.byteValue);
    return token;
  }

  #count(token: Token): void {
    const left = this.#left;
    left.push((left.pop() ?? 0) - 1);
    if (token.type === Type.array) left.push(Number(token.value));
    if (token.type === Type.map) left.push(2 * Number(token.value));
    if (left.length > DEEPEST) throw new RangeError('It is nested too deeply.');
    while (left.at(-1) === 0) left.pop();
  }
}
