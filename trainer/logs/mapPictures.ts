/** Keeps pictures of maps as `maps/<iteration> <title>.png` in the run's folder, where people and `report` find them. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../files/atomicFile.ts';
import { encodeGreyPng } from './greyPng.ts';
import { MAPS_FOLDER } from './logFiles.ts';
import { mapSheet } from './mapSheet.ts';
import type { LogWriter, MapPicture } from './logWriter.ts';

export interface KeptPicture {
  iteration: number;
  title: string;
  png: Uint8Array;
}

/** Enough digits for names to sort as their numbers do. */
const DIGITS = 8;

export class MapPictures implements LogWriter {
  private constructor(private readonly folder: string) {}

  /** Removes the pictures that a stopped run took after so many iterations. */
  static async open(run: string, done: number): Promise<MapPictures> {
    const folder = join(run, MAPS_FOLDER);
    for (const { file, iteration } of await picturesIn(folder)) if (iteration > done) await rm(join(folder, file));
    return new MapPictures(folder);
  }

  async maps({ iteration, title, frames, channels }: MapPicture): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const name = `${String(iteration).padStart(DIGITS, '0')} ${title.replace(/[/\\]/g, '-')}.png`;
    await writeAtomically(join(this.folder, name), encodeGreyPng(mapSheet(frames, channels)));
  }
}

/** The pictures of a run, the first ones first. */
export async function readMapPictures(run: string): Promise<KeptPicture[]> {
  const folder = join(run, MAPS_FOLDER);
  const found = await picturesIn(folder);
  return Promise.all(
    found.map(async ({ file, iteration, title }) => ({ iteration, title, png: await readFile(join(folder, file)) })),
  );
}

async function picturesIn(folder: string): Promise<{ file: string; iteration: number; title: string }[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files.sort().flatMap((file) => {
    const [, digits, title] = /^(\d+) (.+)\.png$/.exec(file) ?? [];
    return digits === undefined || title === undefined ? [] : [{ file, iteration: Number(digits), title }];
  });
}
