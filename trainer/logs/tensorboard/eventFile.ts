/** A run for TensorBoard: `tensorboard --logdir RUN`, or the folder that holds several. Each start of a run has a file of its own. */
import { join } from 'node:path';
import { AppendedFile } from '../appendedFile.ts';
import { evaluationScalars, stepScalars, type EvaluationLine, type StepLine } from '../figures.ts';
import { encodeGreyPng } from '../greyPng.ts';
import type { LogWriter, MapPicture } from '../logWriter.ts';
import { mapSheet } from '../mapSheet.ts';
import { pictureEvent, restartEvent, scalarsEvent, versionEvent } from './events.ts';
import { tfRecord } from './tfRecord.ts';

/** Stands where others put the name of their machine, which is nobody's business. */
const HOST = 'plumbline';

export class EventFile implements LogWriter {
  private constructor(private readonly file: AppendedFile) {}

  /** @param done iterations that the run had done before; what an earlier file has of later ones no longer counts */
  static async open(folder: string, done: number): Promise<EventFile> {
    const time = Date.now() / 1000;
    const file = new EventFile(await newFile(folder, Math.floor(time)));
    await file.write(versionEvent(time));
    if (done > 0) await file.write(restartEvent({ time, step: done + 1 }));
    return file;
  }

  async step(line: StepLine): Promise<void> {
    await this.write(scalarsEvent({ time: line.time, step: line.iteration }, stepScalars(line)));
  }

  async evaluation(line: EvaluationLine): Promise<void> {
    await this.write(scalarsEvent({ time: line.time, step: line.iteration }, evaluationScalars(line)));
  }

  async maps({ iteration, title, frames, channels }: MapPicture): Promise<void> {
    const sheet = mapSheet(frames, channels);
    const picture = { ...sheet, png: encodeGreyPng(sheet) };
    await this.write(pictureEvent({ time: Date.now() / 1000, step: iteration }, `maps/${title}`, picture));
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async write(event: Uint8Array): Promise<void> {
    await this.file.append(tfRecord(event));
  }
}

/** TensorBoard reads files in the order of their names, so a later one has to have a later second. */
async function newFile(folder: string, second: number): Promise<AppendedFile> {
  const path = join(folder, `events.out.tfevents.${String(second).padStart(10, '0')}.${HOST}`);
  try {
    return await AppendedFile.open(path, true);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return newFile(folder, second + 1);
  }
}
