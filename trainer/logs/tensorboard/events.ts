/**
 * What an event file says, as protobuf messages (event.proto, summary.proto): one event a moment, each with its time and step. Scalars and
 * pictures are in the form that TensorBoard has read since its first version, and turns into its newer one by itself.
 */
import { concatBytes } from '../../../src/formats/bytes.ts';
import { double, float, integer, message, text } from '../../../src/formats/protobuf.ts';

/** When: Unix seconds, and steps done. */
export interface Moment {
  time: number;
  step: number;
}

/** A picture as a file of its own. */
export interface EncodedPicture {
  png: Uint8Array;
  width: number;
  height: number;
}

/** SessionLog.SessionStatus. */
const START = 1;
/** Image.colorspace: grey levels. */
const GREYSCALE = 1;

/** The first event of a file. */
export function versionEvent(time: number): Uint8Array {
  return concatBytes([double(1, time), text(3, 'brain.Event:2')]);
}

/** Says that a run begins again: what earlier files have of this step and of later ones doesn't count. */
export function restartEvent(moment: Moment): Uint8Array {
  return event(moment, message(7, integer(1, START)));
}

export function scalarsEvent(moment: Moment, scalars: Readonly<Record<string, number>>): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) => message(1, concatBytes([text(1, tag), float(2, value)])));
  return event(moment, message(5, concatBytes(values)));
}

export function pictureEvent(moment: Moment, tag: string, { png, width, height }: EncodedPicture): Uint8Array {
  const image = concatBytes([integer(1, height), integer(2, width), integer(3, GREYSCALE), message(4, png)]);
  return event(moment, message(5, message(1, concatBytes([text(1, tag), message(4, image)]))));
}

function event({ time, step }: Moment, what: Uint8Array): Uint8Array {
  return concatBytes([double(1, time), integer(2, step), what]);
}
