/** What the interface holds of the import: the worker behind it is started when a checkpoint comes, and ended when nobody needs it. */
import type { ImportAnswers } from '../nets/import/importModel.ts';
import { WorkerBridge } from './bridge.ts';
import { hear } from './hear.ts';
import type { CheckpointSummary, ImportFace, ImportOutcome, SavingStage } from './importFace.ts';

/** It keeps the last checkpoint in memory: long enough for the questions, not longer. */
const IDLE_MS = 3 * 60_000;
/** Nothing it does takes that long, on the slowest phone. */
const SILENCE_MS = 2 * 60_000;

export class Importer {
  readonly #bridge: WorkerBridge<ImportFace, void>;

  /** @param base the app's folder: the engine's binaries are below it */
  constructor(base: string) {
    const wasmUrl = new URL('tfjs/', base).href;
    this.#bridge = new WorkerBridge<ImportFace, void>({
      name: 'import',
      start: () => new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'import' }),
      setUp: ({ face }) => face.prepare({ wasmUrl }),
      graceMs: 0,
      idleMs: IDLE_MS,
      silenceMs: SILENCE_MS,
    });
  }

  /** What the checkpoint is, and what is to be asked. Rejects with FormatError, NetError or ScreeningError by name and code. */
  recognise(file: File, signal?: AbortSignal): Promise<CheckpointSummary> {
    return this.#bridge.run(({ face }) => face.recognise(file), signal);
  }

  /** Makes a model of it, in this device's store. Aborting ends the worker; what it had written so far is no model. */
  import(
    file: File,
    answers: ImportAnswers,
    { signal, onStage }: { signal?: AbortSignal; onStage?: (stage: SavingStage) => void } = {},
  ): Promise<ImportOutcome> {
    return this.#bridge.run(({ face, alive }) => {
      const listener = (stage: SavingStage) => {
        alive();
        onStage?.(stage);
      };
      return hear(listener, (heard) => face.import(file, answers, heard));
    }, signal);
  }

  /**
   * Asks the browser not to clear the store away when space gets short. Some browsers ask the person, so this is for the moment in which
   * a model is imported; it is a wish, and whatever the answer, the import goes on.
   */
  async askToPersist(): Promise<void> {
    try {
      if (!(await navigator.storage.persisted())) await navigator.storage.persist();
    } catch {
      // Without secure storage there is nothing to persist; saving will say so.
    }
  }
}
