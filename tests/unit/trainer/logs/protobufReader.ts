/** A reader of protobuf messages that shares nothing with the writer: the fields by number, in order, as they lie there. */
type Value = number | Uint8Array;

export type Fields = Map<number, Value[]>;

export function readMessage(bytes: Uint8Array): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = view.getUint8(at++);
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): number => {
    const start = at;
    at += length;
    if (at > bytes.length) throw new Error('The message ends too early.');
    return start;
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    switch (tag % 8) {
      case 0:
        values.push(varint());
        break;
      case 1:
        values.push(view.getFloat64(take(8), true));
        break;
      case 2: {
        const length = varint();
        const start = take(length);
        values.push(bytes.subarray(start, start + length));
        break;
      }
      case 5:
        values.push(view.getFloat32(take(4), true));
        break;
      default:
        throw new Error(`There is no wire type ${tag % 8}.`);
    }
  }
  return fields;
}

export function numberIn(fields: Fields, field: number): number | undefined {
  const value = fields.get(field)?.[0];
  return typeof value === 'object' ? undefined : value;
}

export function bytesIn(fields: Fields, field: number): Uint8Array {
  const value = fields.get(field)?.[0];
  if (typeof value !== 'object') throw new Error(`There is no message in field ${field}.`);
  return value;
}

export function messagesIn(fields: Fields, field: number): Fields[] {
  return (fields.get(field) ?? []).map((value) => readMessage(value as Uint8Array));
}

export function textIn(fields: Fields, field: number): string {
  return new TextDecoder().decode(bytesIn(fields, field));
}
