import type { Machine } from './machine.ts';

/** One instruction of a pickle: reads its argument, acts on the stack. */
export type Operation = (machine: Machine) => void;
