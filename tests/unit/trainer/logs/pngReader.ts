/** A reader of PNGs of 8-bit grey levels whose rows aren't filtered. Throws where it is anything else, or damaged. */
import { crc32, inflateSync } from 'node:zlib';

export interface ReadPicture {
  width: number;
  height: number;
  /** [height, width] */
  pixels: number[][];
}

export function readGreyPng(png: Uint8Array): ReadPicture {
  const file = Buffer.from(png);
  if (file.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('It is no PNG.');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (file.readUInt32BE(at + 8 + length) !== crc32(body)) throw new Error('A chunk is damaged.');
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  if ([...chunks.keys()].join() !== 'IHDR,IDAT,IEND') throw new Error(`There are other chunks: ${[...chunks.keys()].join()}.`);
  const head = chunks.get('IHDR')!;
  if (head.subarray(8).toString('hex') !== '0800000000') throw new Error('It is not in 8-bit grey levels.');
  const width = head.readUInt32BE(0);
  const height = head.readUInt32BE(4);
  const rows = inflateSync(chunks.get('IDAT')!);
  if (rows.length !== height * (width + 1)) throw new Error('It has not as many pixels as it says.');
  const pixels = Array.from({ length: height }, (_, y) => [...rows.subarray(y * (width + 1), (y + 1) * (width + 1))]);
  if (pixels.some(([filter]) => filter !== 0)) throw new Error('A row is filtered.');
  return { width, height, pixels: pixels.map((row) => row.slice(1)) };
}
