/**
 * As much of the FlatBuffers format as it takes to add an entry to a model file: a bounds-checked reader of one table, and a
 * writer that lays tables, vectors and strings out front to back.
 *
 * Why our own: offsets in a flatbuffer only ever point forward and are relative, so a new beginning can be put in front of an
 * old file and point into it, and the old bytes need not be parsed, copied or understood. Generated code can't do that.
 * Everything is little-endian; a table is a signed distance back to its vtable, then its fields; a vtable is two sizes and one
 * 16-bit field position per field (0 = absent).
 */

/** Raised for bytes that are no flatbuffer of the expected kind. */
export class FlatBufferError extends Error {
  override readonly name = 'FlatBufferError';
}

/** Where a table of an existing buffer begins, and where its fields are. */
export interface TableView {
  at: number;
  /** Absolute position of each field's value; null where the field is absent. */
  fields: (number | null)[];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function check(bytes: Uint8Array, at: number, length: number): void {
  if (at < 0 || at + length > bytes.byteLength)
    throw new FlatBufferError(`A flatbuffer points outside of itself (to byte ${at}).`);
}

/** The four letters at byte 4 that say which schema a file follows. */
export function readIdentifier(bytes: Uint8Array): string {
  check(bytes, 4, 4);
  return String.fromCharCode(...bytes.subarray(4, 8));
}

/** Follows the 32-bit forward offset stored at `at`. */
export function follow(bytes: Uint8Array, at: number): number {
  check(bytes, at, 4);
  const target = at + viewOf(bytes).getUint32(at, true);
  check(bytes, target, 4);
  return target;
}

/** Reads the layout of the table that begins at `at`. */
export function readTable(bytes: Uint8Array, at: number): TableView {
  const view = viewOf(bytes);
  check(bytes, at, 4);
  const vtable = at - view.getInt32(at, true);
  check(bytes, vtable, 4);
  const vtableSize = view.getUint16(vtable, true);
  const tableSize = view.getUint16(vtable + 2, true);
  check(bytes, vtable, vtableSize);
  check(bytes, at, tableSize);
  const fields: (number | null)[] = [];
  for (let slot = 4; slot + 2 <= vtableSize; slot += 2) {
    const position = view.getUint16(vtable + slot, true);
    if (position >= tableSize) throw new FlatBufferError(`A flatbuffer's table has a field outside of itself (byte ${at}).`);
    fields.push(position === 0 ? null : at + position);
  }
  return { at, fields };
}

/** The unsigned 32-bit number at `at`. */
export function readUint32(bytes: Uint8Array, at: number): number {
  check(bytes, at, 4);
  return viewOf(bytes).getUint32(at, true);
}

/** Positions of the tables (or strings) a vector of offsets at `at` points to. */
export function readOffsets(bytes: Uint8Array, at: number): number[] {
  const length = readUint32(bytes, at);
  check(bytes, at + 4, length * 4);
  return Array.from({ length }, (_, index) => follow(bytes, at + 4 + 4 * index));
}

/** The string at `at`. */
export function readString(bytes: Uint8Array, at: number): string {
  const length = readUint32(bytes, at);
  check(bytes, at + 4, length);
  return new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + length));
}

/** The bytes of the `[ubyte]` vector at `at`. */
export function readBytes(bytes: Uint8Array, at: number): Uint8Array {
  const length = readUint32(bytes, at);
  check(bytes, at + 4, length);
  return bytes.subarray(at + 4, at + 4 + length);
}

/** The numbers of the `[float]` vector at `at`. */
export function readFloats(bytes: Uint8Array, at: number): number[] {
  const length = readUint32(bytes, at);
  check(bytes, at + 4, length * 4);
  return Array.from({ length }, (_, index) => viewOf(bytes).getFloat32(at + 4 + 4 * index, true));
}

/** Something to be written. `old` stands for bytes that follow unchanged: an offset into them. */
export type FlatNode =
  | { kind: 'table'; fields: (FlatField | null)[] }
  | { kind: 'offsets'; items: FlatNode[] }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'floats'; values: number[] }
  | { kind: 'string'; text: string }
  | { kind: 'old'; at: number };

export type FlatField = { kind: 'uint8'; value: number } | { kind: 'uint32'; value: number } | FlatNode;

/** Bytes of a model's weights are read with 16-byte instructions: everything keeps that alignment. */
const ALIGNMENT = 16;

function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

/**
 * Writes `root` as a flatbuffer of the given identifier, followed by `old` (from a multiple of 16 bytes on), into which nodes
 * of kind `old` point. The same input gives the same bytes.
 */
export function writeFlatBuffer(identifier: string, root: FlatNode, old: Uint8Array = new Uint8Array(0)): Uint8Array {
  // First pass: a place for everything, parents before children, so that all offsets point forward.
  const places = new Map<FlatNode, number>();
  let end = 8;
  const place = (node: FlatNode): void => {
    if (node.kind === 'old' || places.has(node)) return;
    if (node.kind === 'table') {
      // vtable first, then the table; all fields take 4 bytes, which costs a little room and keeps the layout plain.
      const vtableSize = 4 + 2 * node.fields.length;
      const at = roundUp(end, 4) + roundUp(vtableSize, 4);
      places.set(node, at);
      end = at + 4 + 4 * node.fields.length;
      for (const field of node.fields) if (field && field.kind !== 'uint8' && field.kind !== 'uint32') place(field);
      return;
    }
    // A vector's items are aligned, its length stands in the 4 bytes before them.
    const at = node.kind === 'bytes' ? roundUp(end + 4, ALIGNMENT) - 4 : roundUp(end, 4);
    places.set(node, at);
    end = at + 4 + payloadLength(node);
    if (node.kind === 'offsets') for (const item of node.items) place(item);
  };
  place(root);

  const front = roundUp(end, ALIGNMENT);
  const out = new Uint8Array(front + old.byteLength);
  out.set(old, front);
  const view = viewOf(out);
  const positionOf = (node: FlatNode): number => (node.kind === 'old' ? front + node.at : (places.get(node) ?? 0));
  const pointTo = (at: number, node: FlatNode): void => view.setUint32(at, positionOf(node) - at, true);

  // Second pass: the bytes.
  pointTo(0, root);
  out.set(new TextEncoder().encode(identifier), 4);
  for (const [node, at] of places) {
    switch (node.kind) {
      case 'table': {
        const vtableSize = 4 + 2 * node.fields.length;
        const vtable = at - roundUp(vtableSize, 4);
        view.setInt32(at, at - vtable, true);
        view.setUint16(vtable, vtableSize, true);
        view.setUint16(vtable + 2, 4 + 4 * node.fields.length, true);
        node.fields.forEach((field, index) => {
          if (!field) return;
          const position = 4 + 4 * index;
          view.setUint16(vtable + 4 + 2 * index, position, true);
          if (field.kind === 'uint8') view.setUint8(at + position, field.value);
          else if (field.kind === 'uint32') view.setUint32(at + position, field.value, true);
          else pointTo(at + position, field);
        });
        break;
      }
      case 'offsets':
        view.setUint32(at, node.items.length, true);
        node.items.forEach((item, index) => pointTo(at + 4 + 4 * index, item));
        break;
      case 'bytes':
        view.setUint32(at, node.bytes.byteLength, true);
        out.set(node.bytes, at + 4);
        break;
      case 'floats':
        view.setUint32(at, node.values.length, true);
        node.values.forEach((value, index) => view.setFloat32(at + 4 + 4 * index, value, true));
        break;
      case 'string': {
        const encoded = new TextEncoder().encode(node.text);
        view.setUint32(at, encoded.byteLength, true);
        out.set(encoded, at + 4);
        break;
      }
      case 'old':
        break;
    }
  }
  return out;
}

function payloadLength(node: Exclude<FlatNode, { kind: 'table' | 'old' }>): number {
  switch (node.kind) {
    case 'offsets':
      return 4 * node.items.length;
    case 'bytes':
      return node.bytes.byteLength;
    case 'floats':
      return 4 * node.values.length;
    case 'string':
      // A string ends in a zero byte that its length doesn't count.
      return new TextEncoder().encode(node.text).byteLength + 1;
  }
}
