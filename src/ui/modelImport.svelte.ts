/** One checkpoint on its way to becoming a model: chosen, recognised, asked about, imported, reported on. */
import type { CheckpointSummary, ImportOutcome, SavingStage } from '../screening/importFace.ts';
import type { Importer } from '../screening/importer.ts';
import type { Announcer } from './announcer.svelte.ts';
import type { Models } from './models.svelte.ts';
import { ImportQuestions } from './models/import/importQuestions.svelte.ts';
import { problemOf, type Sentence } from './problem.ts';
import { words } from './words.ts';

export type ImportStep =
  | { name: 'choose' }
  | { name: 'recognising'; file: File }
  | { name: 'asking'; file: File; summary: CheckpointSummary; questions: ImportQuestions }
  | { name: 'importing'; file: File; stage: SavingStage }
  | { name: 'reporting'; outcome: ImportOutcome };

export class ModelImport {
  step = $state.raw<ImportStep>({ name: 'choose' });
  /** What went wrong and what to do. */
  problem = $state.raw<Sentence | null>(null);
  readonly #importer: Importer;
  readonly #models: Models;
  readonly #announcer: Announcer;
  #abort = new AbortController();

  constructor(importer: Importer, models: Models, announcer: Announcer) {
    this.#importer = importer;
    this.#models = models;
    this.#announcer = announcer;
  }

  /** Files were dropped or chosen: a new one takes the place of one that is still being asked about. */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    if (this.step.name === 'importing') return this.#fail(() => words.modelImport.busy);
    if (files.length > 1) return this.#fail(() => words.modelImport.oneAtATime);
    const { signal } = this.#begin({ name: 'recognising', file });
    try {
      const summary = await this.#importer.recognise(file, signal);
      if (signal.aborted) return;
      this.step = { name: 'asking', file, summary, questions: new ImportQuestions(summary) };
    } catch (error) {
      if (signal.aborted) return;
      this.step = { name: 'choose' };
      this.#fail(() => problemOf(error));
    }
  }

  /** The questions are answered. */
  async start(): Promise<void> {
    const asking = this.step;
    if (asking.name !== 'asking') return;
    const { file, questions } = asking;
    const { signal } = this.#begin({ name: 'importing', file, stage: 'reading' });
    this.#announcer.say(words.modelImport.importing(file.name));
    try {
      if (!this.#models.anyImported) void this.#importer.askToPersist();
      const onStage = (stage: SavingStage) => {
        if (!signal.aborted) this.step = { name: 'importing', file, stage };
      };
      const outcome = await this.#importer.import(file, questions.answers(), { signal, onStage });
      if (signal.aborted) return;
      await this.#models.look();
      this.#models.show(outcome.manifest.id);
      this.step = { name: 'reporting', outcome };
      this.#announcer.say(words.modelImport.done(outcome.manifest.name));
    } catch (error) {
      if (signal.aborted) return;
      // Back to the questions, so that no answer is lost.
      this.step = asking;
      this.#fail(() => problemOf(error));
    }
  }

  /** Ends whatever is under way; an import that was cut off leaves nothing. */
  async cancel(): Promise<void> {
    const wasImporting = this.step.name === 'importing';
    this.#begin({ name: 'choose' });
    this.#announcer.say(words.modelImport.cancelled);
    if (wasImporting) await this.#models.look();
  }

  /** The report has been read. */
  close(): void {
    this.#begin({ name: 'choose' });
  }

  #begin(step: ImportStep): AbortController {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.problem = null;
    this.step = step;
    return this.#abort;
  }

  #fail(problem: Sentence): void {
    this.problem = problem;
    this.#announcer.say(problem());
  }
}
