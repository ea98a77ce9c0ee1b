/**
 * Every word on the page, in one place: a folder for each language, written as that language is written, not word for word.
 *
 * Errors bring their own sentence from the room that knows what went wrong; they are shown as they come.
 */
import { english, type Words } from './words/english/english.ts';

export type { Words };

export const words: Words = english;
