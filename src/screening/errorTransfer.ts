/**
 * Lets an error keep its code on the way out of a worker: comlink carries name, message and stack alone, and the page decides
 * by the code. Imported for its effect by both ends, before anything is called.
 */
import { transferHandlers, type TransferHandler } from 'comlink';
import { codeOf } from './errors.ts';

/** An error as it crosses. What is thrown at the other end is an `Error` with these properties, not the class it was. */
interface CarriedError {
  name: string;
  message: string;
  stack: string | undefined;
  code: string | null;
}

/** What comlink wraps a thrown value in. */
interface Thrown {
  value: unknown;
}

// Only comlink's own handler knows the symbol by which a thrown value is told from a returned one.
const comlinkHandler = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>;

const handler: TransferHandler<Thrown, CarriedError> = {
  canHandle: (value): value is Thrown => comlinkHandler.canHandle(value),
  serialize: ({ value }) => [describe(value), []],
  deserialize: ({ name, message, stack, code }) => {
    const error = Object.assign(new Error(message), { name, stack });
    throw code === null ? error : Object.assign(error, { code });
  },
};

function describe(value: unknown): CarriedError {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack, code: codeOf(value) };
  // tfjs and Emscripten throw bare objects and numbers: say what there is to say, and never let them pass as a result.
  const message = typeof value === 'object' && value !== null && 'message' in value ? String(value.message) : String(value);
  return { name: 'Error', message, stack: undefined, code: codeOf(value) };
}

transferHandlers.set('throw', handler);
