/** Exported files as somebody could make them by hand: every block with its right digest, whatever is in it. */
import { encode, type Storable } from '../../../src/records/cbor.ts';
import { EXPORT_VERSION, startOf, toBlock } from '../../../src/records/exportLayout.ts';
import { pack } from '../../../src/records/packing.ts';
import { VISIT_SCHEMA } from '../../../src/records/visit.ts';

interface Forgery {
  version?: number;
  header?: Storable;
  contents?: Storable;
  /** Each block's content before it is packed. */
  visits?: readonly Uint8Array<ArrayBuffer>[];
}

/** By default a whole file without visits. */
export async function forged({ version = EXPORT_VERSION, header, contents, visits = [] }: Forgery): Promise<Blob> {
  const packed = [encode(contents ?? { made: '2026-03-02T12:00:00Z', visits: visits.length }), ...visits].map(pack);
  const blocks = [encode(header ?? { schema: VISIT_SCHEMA, key: null }), ...(await Promise.all(packed))];
  return new Blob([startOf(version), ...(await Promise.all(blocks.map(toBlock)))]);
}

/** The blocks of a file, each with its start, after the eight bytes and two that every file begins with. */
export async function blocksOf(file: Blob): Promise<Uint8Array<ArrayBuffer>[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 10; at < bytes.length;) {
    const end = at + 36 + new DataView(bytes.buffer).getUint32(at);
    blocks.push(bytes.slice(at, end));
    at = end;
  }
  return blocks;
}
