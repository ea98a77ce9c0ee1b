/** What the tests of the file formats share. */
import { expect } from 'vitest';
import { FormatError, type FormatErrorCode } from '../../../src/formats/errors.ts';
import { toFloat32, type NdArray } from '../../../src/formats/ndarray.ts';

/** 0, 1, 2, … : what the arrays of tests/fixtures/formats hold, see make.py there. */
export function ramp(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

/** The elements as plain numbers. */
export function numbers(array: NdArray): number[] {
  return Array.from(toFloat32(array));
}

/** Text as bytes, one a character. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Expects a {@link FormatError} of this code, and a message that says it. */
export function expectFormatError(action: () => unknown, code: FormatErrorCode, message: RegExp | string = ''): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(FormatError);
  expect((thrown as FormatError).message).toMatch(message);
  expect((thrown as FormatError).code).toBe(code);
}
