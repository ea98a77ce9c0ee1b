/**
 * Instructions that in Python would look up, call and fill objects: here they reach the allow-list and nothing else.
 */
import { decodeUtf8 } from '../bytes.ts';
import { FormatError, quoteName } from '../errors.ts';
import type { Machine } from './machine.ts';
import type { Operation } from './operation.ts';
import { kindOf, PickleGlobal, PickleObject, type PickleValue } from './values.ts';

/** Rough memory of one thing made. */
const OBJECT_BYTES = 128;

function findGlobal(machine: Machine, module: PickleValue, name: PickleValue): PickleGlobal {
  if (typeof module !== 'string' || typeof name !== 'string') {
    throw new FormatError('damaged', 'This pickle names a global by something that is not text: it is damaged.');
  }
  const found = machine.host.findGlobal(module, name);
  if (found) return found;
  throw new FormatError(
    'refused',
    `This file asks for ${quoteName(`${module}.${name}`)}, which is not on the list of what may be loaded. Don't open it unless you trust its source; save plain arrays or weights instead.`,
  );
}

function globalLines(machine: Machine): PickleGlobal {
  const module = decodeUtf8(machine.reader.line(), 'The pickle');
  const name = decodeUtf8(machine.reader.line(), 'The pickle');
  return findGlobal(machine, module, name);
}

function call(machine: Machine, callee: PickleValue | undefined, args: PickleValue): void {
  if (!(callee instanceof PickleGlobal) || !Array.isArray(args)) {
    throw new FormatError('damaged', `This pickle calls ${kindOf(callee)}: it is damaged.`);
  }
  machine.spend(OBJECT_BYTES);
  machine.push(callee.call(args, machine));
}

function persistent(machine: Machine, id: PickleValue): void {
  if (!machine.host.findPersistent) {
    throw new FormatError('unsupported', 'This pickle refers to data outside of itself. Open the file that it was packed in.');
  }
  machine.spend(OBJECT_BYTES);
  machine.push(machine.host.findPersistent(id, machine));
}

/** Hands a state to the object on top. Attributes that Python sets on its dicts (PyTorch's `_metadata`) are of no use here. */
function build(machine: Machine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof PickleObject && target.setState) target.setState(state, machine);
  else if (!(target instanceof Map)) {
    throw new FormatError('damaged', `This pickle sets the state of ${kindOf(target)}, which has none: it is damaged.`);
  }
}

function refuse(message: string): Operation {
  return () => {
    throw new FormatError('unsupported', message);
  };
}

const noExtensions = refuse("This pickle uses Python's extension registry, which only the program that wrote it knows.");
const noBuffers = refuse('This pickle keeps its data in buffers outside of the file. Save it again without a buffer callback.');

export const OBJECTS: readonly (readonly [opcode: string, operation: Operation])[] = [
  ['c', (m) => m.push(globalLines(m))],
  [
    '\x93',
    (m) => {
      const name = m.pop();
      m.push(findGlobal(m, m.pop(), name));
    },
  ],
  // REDUCE and NEWOBJ: a callable or class below its arguments.
  ...['R', '\x81'].map((opcode): [string, Operation] => [
    opcode,
    (m) => {
      const args = m.pop();
      call(m, m.pop(), args);
    },
  ]),
  [
    '\x92',
    (m) => {
      const keywords = m.pop();
      const args = m.pop();
      if (!(keywords instanceof Map) || keywords.size > 0) {
        throw new FormatError('unsupported', 'This pickle makes objects with keyword arguments, which nothing here takes.');
      }
      call(m, m.pop(), args);
    },
  ],
  [
    'i',
    (m) => {
      const callee = globalLines(m);
      call(m, callee, m.popToMark());
    },
  ],
  [
    'o',
    (m) => {
      const [callee, ...args] = m.popToMark();
      call(m, callee, args);
    },
  ],
  ['b', build],
  ['P', (m) => persistent(m, decodeUtf8(m.reader.line(), 'The pickle'))],
  ['Q', (m) => persistent(m, m.pop())],
  ...['\x82', '\x83', '\x84'].map((opcode): [string, Operation] => [opcode, noExtensions]),
  ...['\x97', '\x98'].map((opcode): [string, Operation] => [opcode, noBuffers]),
];
