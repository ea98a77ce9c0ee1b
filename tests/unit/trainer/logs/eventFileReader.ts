/** A reader of TensorBoard's event files that shares nothing with the writer. */
import { bytesIn, messagesIn, numberIn, readMessage, textIn, type Fields } from './protobufReader.ts';

/** Castagnoli, bit by bit. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc % 2n === 1n ? (crc / 2n) ^ 0x82f63b78n : crc / 2n;
  }
  crc ^= 0xffffffffn;
  const turned = ((crc >> 15n) | (crc << 17n)) & 0xffffffffn;
  return Number((turned + 0xa282ead8n) & 0xffffffffn);
}

/** The whole records; one that was cut off ends them. Throws where a checksum is wrong. */
export function readRecords(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at + 16 <= file.length) {
    const length = Number(view.getBigUint64(at, true));
    if (view.getUint32(at + 8, true) !== checksum(file.subarray(at, at + 8))) throw new Error(`The length at ${at} is damaged.`);
    if (at + 16 + length > file.length) break;
    const record = file.subarray(at + 12, at + 12 + length);
    if (view.getUint32(at + 12 + length, true) !== checksum(record)) throw new Error(`The record at ${at} is damaged.`);
    records.push(record);
    at += 16 + length;
  }
  return records;
}

export interface ReadEvent {
  time: number;
  step: number;
  version: string | null;
  /** Says that a run begins again. */
  restart: boolean;
  scalars: Record<string, number>;
  pictures: Record<string, { width: number; height: number; png: Uint8Array }>;
}

export function readEvents(file: Uint8Array): ReadEvent[] {
  return readRecords(file).map((record) => {
    const event = readMessage(record);
    const values = messagesIn(event, 5).flatMap((summary) => messagesIn(summary, 1));
    const scalars = values.flatMap((value) => {
      const number = numberIn(value, 2);
      return number === undefined ? [] : [[textIn(value, 1), number] as const];
    });
    const pictures = values.flatMap((value) =>
      messagesIn(value, 4).map((image) => [textIn(value, 1), pictureOf(image)] as const),
    );
    return {
      time: numberIn(event, 1) ?? 0,
      step: numberIn(event, 2) ?? 0,
      version: event.has(3) ? textIn(event, 3) : null,
      restart: messagesIn(event, 7).some((log) => numberIn(log, 1) === 1),
      scalars: Object.fromEntries(scalars),
      pictures: Object.fromEntries(pictures),
    };
  });
}

function pictureOf(image: Fields): { width: number; height: number; png: Uint8Array } {
  return { width: numberIn(image, 2) ?? 0, height: numberIn(image, 1) ?? 0, png: bytesIn(image, 4) };
}
