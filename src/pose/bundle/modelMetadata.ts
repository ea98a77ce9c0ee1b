/**
 * Adds to a TFLite model what MediaPipe Tasks asks of one: a metadata entry that says how pixels become the model's input.
 * The models of `@mediapipe/pose` are the right ones but come without it ("requires specifying NormalizationOptions metadata").
 *
 * The schemas are TensorFlow Lite's `schema.fbs` (identifier TFL3) and its support library's `metadata_schema.fbs` (M001); the
 * field numbers below are theirs.
 */
import {
  FlatBufferError,
  follow,
  readIdentifier,
  readOffsets,
  readString,
  readTable,
  readUint32,
  writeFlatBuffer,
  type FlatField,
  type FlatNode,
} from './flatbuffer.ts';

/** Fields of TFLite's table `Model`. */
const MODEL = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadataBuffer: 5,
  metadata: 6,
  signatures: 7,
} as const;
const MODEL_FIELDS = Object.keys(MODEL).length;

/** The name under which MediaPipe looks the entry up. */
export const METADATA_NAME = 'TFLITE_METADATA';

/** input = (pixel − mean) / std, with pixels 0..255. */
export interface Normalisation {
  mean: number;
  std: number;
}

/** The flatbuffer M001: `ModelMetadata` with one subgraph, one input tensor and one process unit, and nothing else. */
export function inputMetadata({ mean, std }: Normalisation): Uint8Array {
  const normalisation: FlatNode = table({ 0: { kind: 'floats', values: [mean] }, 1: { kind: 'floats', values: [std] } });
  const processUnit = table({ 0: { kind: 'uint8', value: 1 }, 1: normalisation }); // union type 1 = NormalizationOptions
  const tensor = table({ 4: { kind: 'offsets', items: [processUnit] } }); // TensorMetadata.process_units
  const subgraph = table({ 2: { kind: 'offsets', items: [tensor] } }); // SubGraphMetadata.input_tensor_metadata
  return writeFlatBuffer('M001', table({ 3: { kind: 'offsets', items: [subgraph] } })); // ModelMetadata.subgraph_metadata
}

/**
 * The model with a metadata entry added: a new root in front, the old file byte for byte behind it.
 * Throws {@link FlatBufferError} for anything that is no TFLite model, or has such an entry already.
 */
export function withInputMetadata(model: Uint8Array, normalisation: Normalisation): Uint8Array {
  if (readIdentifier(model) !== 'TFL3') throw new FlatBufferError('This is no TFLite model: its identifier is not TFL3.');
  const root = readTable(model, follow(model, 0));
  if (root.fields.length > MODEL_FIELDS) {
    throw new FlatBufferError('This TFLite model has fields that this code does not know; they would be lost.');
  }
  const target = (field: number): number | null => {
    const at = root.fields[field] ?? null;
    return at === null ? null : follow(model, at);
  };
  const keep = (field: number): FlatField | null => {
    const at = target(field);
    return at === null ? null : { kind: 'old', at };
  };
  const keepEach = (field: number): FlatNode[] => {
    const at = target(field);
    return at === null ? [] : readOffsets(model, at).map((item) => ({ kind: 'old', at: item }));
  };

  const buffers = keepEach(MODEL.buffers);
  const metadata = keepEach(MODEL.metadata);
  for (const entry of metadata) {
    if (entry.kind !== 'old') continue;
    const name = readTable(model, entry.at).fields[0];
    if (name != null && readString(model, follow(model, name)) === METADATA_NAME) {
      throw new FlatBufferError('This TFLite model has input metadata already.');
    }
  }

  const version = root.fields[MODEL.version];
  const newBuffer = table({ 0: { kind: 'bytes', bytes: inputMetadata(normalisation) } });
  const newEntry = table({ 0: { kind: 'string', text: METADATA_NAME }, 1: { kind: 'uint32', value: buffers.length } });
  const fields: Record<number, FlatField | null> = {
    [MODEL.version]: version == null ? null : { kind: 'uint32', value: readUint32(model, version) },
    [MODEL.operatorCodes]: keep(MODEL.operatorCodes),
    [MODEL.subgraphs]: keep(MODEL.subgraphs),
    [MODEL.description]: keep(MODEL.description),
    [MODEL.buffers]: { kind: 'offsets', items: [...buffers, newBuffer] },
    [MODEL.metadataBuffer]: keep(MODEL.metadataBuffer),
    [MODEL.metadata]: { kind: 'offsets', items: [...metadata, newEntry] },
    [MODEL.signatures]: keep(MODEL.signatures),
  };
  return writeFlatBuffer('TFL3', table(fields), model);
}

/** A table from its fields by number; numbers left out are absent. */
function table(fields: Record<number, FlatField | null>): FlatNode {
  const last = Math.max(...Object.keys(fields).map(Number));
  return { kind: 'table', fields: Array.from({ length: last + 1 }, (_, index) => fields[index] ?? null) };
}
