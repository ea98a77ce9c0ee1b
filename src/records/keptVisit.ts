/** A visit as it is kept: with when it was last changed, which decides between two states of it. As bytes, on this device and in a file. */
import * as v from 'valibot';
import { decode, encode } from './cbor.ts';
import { recordDamaged, RecordError } from './errors.ts';
import { toPresentShape } from './migrations.ts';
import { visitSchema, type Visit } from './visit.ts';

export interface KeptVisit {
  /** ISO 8601. */
  changed: string;
  visit: Visit;
}

const frame = v.strictObject({ changed: v.pipe(v.string(), v.isoTimestamp()), visit: v.unknown() });

export function keptBytes({ changed, visit }: KeptVisit): Uint8Array<ArrayBuffer> {
  return encode({ changed, visit });
}

/** Reads and validates one. Throws {@link RecordError} `record-damaged`, whatever the bytes are. */
export function readKept(bytes: Uint8Array): KeptVisit {
  try {
    const { changed, visit } = v.parse(frame, decode(bytes));
    return { changed, visit: v.parse(visitSchema, toPresentShape(visit)) };
  } catch (cause) {
    throw recordDamaged(cause);
  }
}

/** The visit as it may be kept: checked, its codes trimmed. Throws {@link RecordError} `record-invalid`. */
export function checkVisit(visit: Visit): Visit {
  const result = v.safeParse(visitSchema, visit);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue) ?? 'visit';
  throw new RecordError('record-invalid', `This visit can’t be kept, because of its ${where}: ${issue.message}.`);
}

/** Whether both say the same. A recording beside a walk doesn't count: it stays on the device where it was made. */
export function sameVisit(a: Visit, b: Visit): boolean {
  const [first, second] = [encode(withoutRecordings(a)), encode(withoutRecordings(b))];
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

export function withoutRecordings(visit: Visit): Visit {
  return { ...visit, walks: visit.walks.map((walk) => ({ ...walk, video: false })) };
}
