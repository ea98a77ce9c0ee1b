/**
 * Instructions for lists, tuples, dicts and sets, and for the stack and the memo that they are built from.
 */
import { FormatError } from '../errors.ts';
import type { Machine } from './machine.ts';
import { parseDecimal } from './numbers.ts';
import type { Operation } from './operation.ts';
import { decodeLatin1 } from '../bytes.ts';
import { asKey, kindOf, type PickleKey, type PickleValue } from './values.ts';

/** Rough memory of an empty container, and of one thing in it. */
const LIST_BYTES = 64;
const MAP_BYTES = 256;
const ITEM_BYTES = 16;

function pushTuple(machine: Machine, items: PickleValue[]): void {
  machine.spend(LIST_BYTES + ITEM_BYTES * items.length);
  machine.push(items);
}

/** The last `count` values as one tuple. */
function tupleOf(machine: Machine, count: number): void {
  const items: PickleValue[] = [];
  for (let i = 0; i < count; i++) items.unshift(machine.pop());
  pushTuple(machine, items);
}

function pushDict(machine: Machine, items: readonly PickleValue[]): void {
  machine.spend(MAP_BYTES);
  const dict = new Map<PickleKey, PickleValue>();
  setItems(machine, dict, items);
  machine.push(dict);
}

/** Puts keys and values, which come in turn, into a dict. */
function setItems(machine: Machine, dict: PickleValue, items: readonly PickleValue[]): void {
  if (!(dict instanceof Map) || items.length % 2 !== 0) {
    throw new FormatError('damaged', `This pickle adds keys to ${kindOf(dict)}: it is damaged.`);
  }
  machine.spend(ITEM_BYTES * items.length);
  for (let i = 0; i < items.length; i += 2) dict.set(asKey(items[i] ?? null), items[i + 1] ?? null);
}

function append(machine: Machine, list: PickleValue, items: readonly PickleValue[]): void {
  if (!Array.isArray(list)) throw new FormatError('damaged', `This pickle appends to ${kindOf(list)}: it is damaged.`);
  machine.spend(ITEM_BYTES * items.length);
  for (const item of items) list.push(item);
}

function pushSet(machine: Machine, items: readonly PickleValue[]): void {
  machine.spend(MAP_BYTES + 2 * ITEM_BYTES * items.length);
  machine.push(new Set(items.map(asKey)));
}

function addItems(machine: Machine, set: PickleValue, items: readonly PickleValue[]): void {
  if (!(set instanceof Set)) throw new FormatError('damaged', `This pickle adds to ${kindOf(set)} as to a set: it is damaged.`);
  machine.spend(2 * ITEM_BYTES * items.length);
  for (const item of items) set.add(asKey(item));
}

/** A memo number written in decimal (protocol 0). */
function memoLine(machine: Machine): number {
  const index = parseDecimal(decodeLatin1(machine.reader.line()));
  if (typeof index !== 'number' || index < 0) throw new FormatError('damaged', 'This pickle has a memo number that is none.');
  return index;
}

export const CONTAINERS: readonly (readonly [opcode: string, operation: Operation])[] = [
  ['(', (m) => m.pushMark()],
  ['0', (m) => m.discard()],
  ['1', (m) => void m.popToMark()],
  ['2', (m) => m.push(m.top())],

  [')', (m) => tupleOf(m, 0)],
  ['\x85', (m) => tupleOf(m, 1)],
  ['\x86', (m) => tupleOf(m, 2)],
  ['\x87', (m) => tupleOf(m, 3)],
  ['t', (m) => pushTuple(m, m.popToMark())],

  [']', (m) => pushTuple(m, [])],
  ['l', (m) => pushTuple(m, m.popToMark())],
  [
    'a',
    (m) => {
      const item = m.pop();
      append(m, m.top(), [item]);
    },
  ],
  [
    'e',
    (m) => {
      const items = m.popToMark();
      append(m, m.top(), items);
    },
  ],

  ['}', (m) => pushDict(m, [])],
  ['d', (m) => pushDict(m, m.popToMark())],
  [
    's',
    (m) => {
      const value = m.pop();
      const key = m.pop();
      setItems(m, m.top(), [key, value]);
    },
  ],
  [
    'u',
    (m) => {
      const items = m.popToMark();
      setItems(m, m.top(), items);
    },
  ],

  ['\x8f', (m) => pushSet(m, [])],
  ['\x91', (m) => pushSet(m, m.popToMark())],
  [
    '\x90',
    (m) => {
      const items = m.popToMark();
      addItems(m, m.top(), items);
    },
  ],

  ['p', (m) => m.remember(memoLine(m))],
  ['q', (m) => m.remember(m.reader.uint8())],
  ['r', (m) => m.remember(m.reader.uint32())],
  ['\x94', (m) => m.rememberNext()],
  ['g', (m) => m.recall(memoLine(m))],
  ['h', (m) => m.recall(m.reader.uint8())],
  ['j', (m) => m.recall(m.reader.uint32())],
];
