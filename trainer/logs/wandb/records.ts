/**
 * What a `.wandb` file says, as the protobuf messages of W&B's wandb_internal.proto: a head, the run with its config, rows of figures
 * with the summary they lead to, and an end. Values are JSON.
 */
import { concatBytes } from '../../../src/formats/bytes.ts';
import { integer, message, text } from '../../../src/formats/protobuf.ts';

export interface RunDescription {
  id: string;
  project: string;
  /** What people see. */
  name: string;
  config: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  started: number;
}

/** Who wrote it, and the oldest reader that will do, as W&B's own files say. */
const PRODUCER = 'plumbline';
const OLDEST_READER = '0.70.0';

/** Fields of Record. */
const HISTORY = 2;
const SUMMARY = 3;
const RUN = 17;
const EXIT = 18;
const HEADER = 21;

export function headerRecord(number: number): Uint8Array {
  const version = concatBytes([text(1, PRODUCER), text(2, OLDEST_READER)]);
  return record(number, HEADER, message(1, version));
}

export function runRecord(number: number, { id, project, name, config, started }: RunDescription): Uint8Array {
  const updates = Object.entries(config).map(([key, value]) =>
    message(1, concatBytes([text(1, key), text(16, JSON.stringify(value))])),
  );
  const seconds = Math.floor(started);
  const time = concatBytes([integer(1, seconds), integer(2, Math.round((started - seconds) * 1e9))]);
  const run = [text(1, id), text(3, project), message(4, concatBytes(updates)), text(8, name), message(17, time)];
  return record(number, RUN, concatBytes(run));
}

/** A row of the curves. */
export function historyRecord(number: number, step: number, row: Readonly<Record<string, number>>): Uint8Array {
  return record(number, HISTORY, concatBytes([...items(row), message(2, integer(1, step))]));
}

/** What the table of runs shows: the latest value of everything. */
export function summaryRecord(number: number, values: Readonly<Record<string, number>>): Uint8Array {
  return record(number, SUMMARY, concatBytes(items(values)));
}

/** The end: the exit code that isn't written is 0. @param seconds that the run took */
export function exitRecord(number: number, seconds: number): Uint8Array {
  return record(number, EXIT, integer(2, Math.round(seconds)));
}

/** HistoryItem and SummaryItem are alike. */
function items(values: Readonly<Record<string, number>>): Uint8Array[] {
  return Object.entries(values).map(([key, value]) => message(1, concatBytes([text(2, key), text(16, JSON.stringify(value))])));
}

function record(number: number, field: number, content: Uint8Array): Uint8Array {
  return concatBytes([integer(1, number), message(field, content)]);
}
