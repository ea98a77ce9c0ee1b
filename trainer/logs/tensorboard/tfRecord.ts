/**
 * Frames a record as TensorFlow's files have it (tensorflow.org/tutorials/load_data/tfrecord): length as uint64, its checksum, the bytes,
 * their checksum, all little-endian. A record that was cut off is noticed, and those before it are whole.
 */
import { crc32c } from './crc32c.ts';

/** So that a file which holds checksums of its own doesn't look as if it were whole. */
const MASK = 0xa282ead8;

export function tfRecord(bytes: Uint8Array): Uint8Array {
  const record = Buffer.alloc(bytes.length + 16);
  record.writeBigUInt64LE(BigInt(bytes.length), 0);
  record.writeUInt32LE(maskedCrc(record.subarray(0, 8)), 8);
  record.set(bytes, 12);
  record.writeUInt32LE(maskedCrc(bytes), bytes.length + 12);
  return record;
}

function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK) >>> 0;
}
