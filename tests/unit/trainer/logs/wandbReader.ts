/** A reader of W&B's `.wandb` files that shares nothing with the writer; the tests hold it against a file that W&B wrote. */
import { messagesIn, numberIn, readMessage, textIn, type Fields } from './protobufReader.ts';

/** The polynomial of zlib, bit by bit. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The contents of the whole records; one that was cut off ends them. Throws where anything else is wrong. */
export function readLog(file: Uint8Array): Uint8Array[] {
  if (Buffer.from(file.subarray(0, 7)).toString('hex') !== '3a572642e1be00')
    throw new Error('It does not begin as a .wandb file does.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  let parts: Uint8Array[] | null = null;
  let at = 7;
  while (at < file.length) {
    const left = 32768 - (at % 32768);
    if (left < 7) {
      if (file.subarray(at, at + left).some((byte) => byte !== 0)) throw new Error(`The end of the block at ${at} is not empty.`);
      at += left;
      continue;
    }
    if (at + 7 > file.length) break;
    const length = view.getUint16(at + 4, true);
    const kind = view.getUint8(at + 6);
    if (length + 7 > left) throw new Error(`The fragment at ${at} crosses its block's end.`);
    if (at + 7 + length > file.length) break;
    const content = file.subarray(at + 7, at + 7 + length);
    if (view.getUint32(at, true) !== checksum(file.subarray(at + 6, at + 7 + length)))
      throw new Error(`The fragment at ${at} is damaged.`);
    const begins = kind === 1 || kind === 2;
    if (kind < 1 || kind > 4 || begins !== (parts === null)) throw new Error(`The fragment at ${at} is out of order.`);
    parts = begins ? [content] : [...parts!, content];
    if (kind === 1 || kind === 4) {
      records.push(Buffer.concat(parts));
      parts = null;
    }
    at += 7 + length;
  }
  return records;
}

export interface ReadRun {
  /** What each record holds, by its field's number. */
  kinds: number[];
  numbers: number[];
  id: string;
  project: string;
  name: string;
  config: Record<string, unknown>;
  history: { step: number; values: Record<string, number> }[];
  /** The last one. */
  summary: Record<string, number>;
  /** Seconds; null where the run has not ended. */
  runtime: number | null;
}

export function readRun(file: Uint8Array): ReadRun {
  const records = readLog(file).map(readMessage);
  const of = (field: number) => records.flatMap((record) => messagesIn(record, field));
  const [run] = of(17);
  if (!run) throw new Error('There is no run in it.');
  const updates = messagesIn(run, 4).flatMap((config) => messagesIn(config, 1));
  const [end] = of(18);
  return {
    kinds: records.map((record) => [...record.keys()].find((field) => [2, 3, 17, 18, 21].includes(field)) ?? 0),
    numbers: records.map((record) => numberIn(record, 1) ?? 0),
    id: textIn(run, 1),
    project: textIn(run, 3),
    name: textIn(run, 8),
    config: Object.fromEntries(updates.map((item) => [textIn(item, 1), JSON.parse(textIn(item, 16)) as unknown])),
    history: of(2).map((row) => ({ step: numberIn(messagesIn(row, 2)[0]!, 1) ?? 0, values: valuesOf(row) })),
    summary: valuesOf(of(3).at(-1)!),
    runtime: end ? (numberIn(end, 2) ?? 0) : null,
  };
}

function valuesOf(message: Fields): Record<string, number> {
  const items = messagesIn(message, 1).filter((item) => item.has(2));
  return Object.fromEntries(items.map((item) => [textIn(item, 2), JSON.parse(textIn(item, 16)) as number]));
}
