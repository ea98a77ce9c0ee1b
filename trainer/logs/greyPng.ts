/**
 * Writes a PNG of grey levels (www.w3.org/TR/png-3): one pixel format, every row unfiltered, which maps with their smooth blobs on black
 * lose little by. Node's zlib does the two hard parts, compression and checksums, so no library is needed.
 */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BIT_DEPTH = 8;
const GREYSCALE = 0;

/** A picture, row by row. */
export interface GreyPicture {
  width: number;
  height: number;
  /** [height, width], 0 = black. */
  pixels: Uint8Array;
}

export function encodeGreyPng({ width, height, pixels }: GreyPicture): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([BIT_DEPTH, GREYSCALE], 8);
  // Each row begins with the number of its filter, 0 = none.
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
