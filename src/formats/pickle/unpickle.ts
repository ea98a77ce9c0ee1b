/**
 * Runs a pickle's instructions under the bounds of {@link PICKLE_LIMITS}. All protocols, 0 to 5. Written against the opcode
 * descriptions of Python's pickletools; what a pickle may refer to is the host's allow-list, see {@link PickleHost}.
 */
import { FormatError } from '../errors.ts';
import { CONTAINERS } from './containers.ts';
import { PICKLE_LIMITS, type PickleLimits } from './limits.ts';
import { LITERALS } from './literals.ts';
import { Machine, type PickleHost } from './machine.ts';
import { checkNesting } from './nesting.ts';
import { OBJECTS } from './objects.ts';
import type { Operation } from './operation.ts';
import type { PickleValue } from './values.ts';

const HIGHEST_PROTOCOL = 5;
const STOP = 0x2e;

const FRAMING: readonly (readonly [opcode: string, operation: Operation])[] = [
  [
    '\x80',
    (m) => {
      const protocol = m.reader.uint8();
      if (protocol > HIGHEST_PROTOCOL) {
        throw new FormatError('unsupported', `This pickle uses protocol ${protocol}; up to ${HIGHEST_PROTOCOL} can be read.`);
      }
    },
  ],
  // A frame only helps a reader of streams; everything is in memory here.
  ['\x95', (m) => void m.reader.uint64()],
];

const OPERATIONS = new Map<number, Operation>(
  [...FRAMING, ...LITERALS, ...CONTAINERS, ...OBJECTS].map(([opcode, operation]) => [opcode.charCodeAt(0), operation]),
);

/**
 * The value of a pickle that fills `bytes`. It holds no cycles and is at most `limits.depth` deep. Bytes inside it are views
 * into `bytes`. Throws {@link FormatError}, whatever the bytes are.
 */
export function unpickle(bytes: Uint8Array, host: PickleHost, limits: PickleLimits = PICKLE_LIMITS): PickleValue {
  const { value, end } = unpickleFirst(bytes, host, limits);
  if (end < bytes.length) {
    throw new FormatError('damaged', `This pickle is followed by ${bytes.length - end} bytes that do not belong to it.`);
  }
  return value;
}

/** The value of the pickle that `bytes` begin with, as {@link unpickle} gives it, and where the pickle ends. */
export function unpickleFirst(
  bytes: Uint8Array,
  host: PickleHost,
  limits: PickleLimits = PICKLE_LIMITS,
): { value: PickleValue; end: number } {
  const machine = new Machine(bytes, host, limits);
  for (let count = 0; count < limits.operations; count++) {
    const position = machine.reader.position;
    const opcode = machine.reader.uint8();
    if (opcode === STOP) {
      const value = machine.result();
      checkNesting(value, limits.depth);
      return { value, end: machine.reader.position };
    }
    const operation = OPERATIONS.get(opcode);
    if (!operation) {
      throw position === 0
        ? new FormatError('not-recognised', 'This is not a pickle.')
        : new FormatError('damaged', `This pickle has no valid instruction at byte ${position}: it is damaged.`);
    }
    operation(machine);
  }
  throw new FormatError('too-large', `This pickle has more than ${limits.operations} instructions.`);
}
