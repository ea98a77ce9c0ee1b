/**
 * The JSON header of a safetensors file: what each tensor is and where its bytes lie. Checked as a whole before a single element is
 * looked at: known types, sizes that fit shapes, and tensors that fill the data exactly, without overlap or gap.
 */
import { decodeUtf8 } from './bytes.ts';
import { FormatError, quoteName } from './errors.ts';
import { elementBytes, elementCount, isShape, type DType } from './ndarray.ts';

/** The format's names of the element types read and written here. */
const TYPE_NAMES: Readonly<Record<DType, string>> = {
  bool: 'BOOL',
  uint8: 'U8',
  uint16: 'U16',
  uint32: 'U32',
  uint64: 'U64',
  int8: 'I8',
  int16: 'I16',
  int32: 'I32',
  int64: 'I64',
  float16: 'F16',
  float32: 'F32',
  float64: 'F64',
};

const BY_NAME = new Map(Object.entries(TYPE_NAMES).map(([dtype, name]) => [name, dtype as DType]));

const METADATA_KEY = '__metadata__';

export interface TensorEntry {
  name: string;
  dtype: DType;
  shape: number[];
  /** Bytes from the data's start. */
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  entries: TensorEntry[];
  metadata: Map<string, string>;
}

/** Reads the header of a file whose data takes `dataLength` bytes. Throws {@link FormatError}. */
export function parseHeader(bytes: Uint8Array, dataLength: number): SafetensorsHeader {
  const header = parseJson(decodeUtf8(bytes, 'The safetensors header'));
  const metadata = new Map<string, string>();
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name !== METADATA_KEY) entries.push(parseEntry(name, value));
    else for (const [key, text] of Object.entries(asRecord(value, name))) metadata.set(key, asText(text, key));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end)
      throw misfit(`tensor ${quoteName(entry.name)} ${entry.begin < end ? 'overlaps another' : 'follows a gap'}`);
    end = entry.end;
  }
  if (end > dataLength) {
    throw new FormatError(
      'truncated',
      `The safetensors file announces ${end} bytes of data and holds ${dataLength}. Copy it again.`,
    );
  }
  if (end < dataLength) throw misfit(`${dataLength - end} bytes at the end belong to no tensor`);
  return { entries, metadata };
}

/** The header's text for these entries and metadata, each in the order given. */
export function formatHeader(entries: readonly TensorEntry[], metadata: readonly (readonly [string, string])[]): string {
  // Put together by hand: an object would reorder numeric names and swallow "__proto__".
  const member = (key: string, value: string): string => `${JSON.stringify(key)}:${value}`;
  const object = (members: readonly string[]): string => `{${members.join(',')}}`;
  const members = entries.map(({ name, dtype, shape, begin, end }) => {
    if (name === METADATA_KEY)
      throw new FormatError('invalid-value', `A tensor can't be called ${METADATA_KEY} in a safetensors file.`);
    return member(name, JSON.stringify({ dtype: TYPE_NAMES[dtype], shape, data_offsets: [begin, end] }));
  });
  if (metadata.length > 0) {
    members.unshift(member(METADATA_KEY, object(metadata.map(([key, text]) => member(key, JSON.stringify(text))))));
  }
  return object(members);
}

function parseJson(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) throw new FormatError('not-recognised', 'This is not a safetensors file: it has no header.');
  try {
    return asRecord(JSON.parse(text), 'the header');
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError('damaged', 'The safetensors header is not valid JSON: the file is damaged.', { cause });
  }
}

function parseEntry(name: string, value: unknown): TensorEntry {
  const { dtype: typeName, shape, data_offsets: offsets } = asRecord(value, name);
  if (typeof typeName !== 'string' || !isShape(shape) || !isShape(offsets) || offsets.length !== 2) {
    throw misfit(`the entry of ${quoteName(name)} is incomplete`);
  }
  const dtype = BY_NAME.get(typeName);
  if (!dtype) {
    throw new FormatError(
      'unsupported',
      `Tensor ${quoteName(name)} has type ${quoteName(typeName)}, which can't be read. Save it as float32 or float16.`,
    );
  }
  const [begin = 0, end = 0] = offsets;
  if (end - begin !== elementCount(shape) * elementBytes(dtype)) {
    throw misfit(`tensor ${quoteName(name)} of shape [${shape.join(', ')}] is given ${end - begin} bytes`);
  }
  return { name, dtype, shape, begin, end };
}

function asRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw misfit(`${quoteName(name)} is not an object`);
}

function asText(value: unknown, key: string): string {
  if (typeof value === 'string') return value;
  throw misfit(`its metadata hold something other than text under ${quoteName(key)}`);
}

function misfit(what: string): FormatError {
  return new FormatError('damaged', `The safetensors file is damaged: ${what}. Copy or save it again.`);
}
