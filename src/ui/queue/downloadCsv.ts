/** Hands the table to the person as a file. */
import { toCsv } from '../../formats/csv.ts';
import type { Clip } from '../clip.svelte.ts';
import { saveFile } from '../saveFile.ts';
import { words } from '../words.ts';
import { clipRows } from './clipRows.ts';

/** With a byte order mark, without which Excel misreads every name that isn't plain ASCII. */
export function downloadCsv(clips: readonly Clip[]): void {
  const file = new Blob([toCsv(clipRows(clips), { byteOrderMark: true })], { type: 'text/csv;charset=utf-8' });
  saveFile(file, words.queue.csvName);
}
