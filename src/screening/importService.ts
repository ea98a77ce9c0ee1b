/**
 * What happens inside the import worker: a checkpoint is read and recognised, then becomes a model in this device's store. Kept apart from
 * the worker's entry so that it runs in Node as well.
 */
import { readWeightsFile } from '../formats/weightsFile.ts';
import { importModel, type ImportAnswers, type ImportedModel } from '../nets/import/importModel.ts';
import { recogniseCheckpoint } from '../nets/import/recognise.ts';
import { MANIFEST_FILE } from '../nets/manifest.ts';
import { ScreeningError } from './errors.ts';
import type { CheckpointSummary, ImportFace, ImportOutcome, ImportSetUp, SavingStage } from './importFace.ts';
import type { ModelStore, WriteFile } from './modelStore.ts';

export interface ImportEnvironment {
  /** Makes tfjs ready to compute the golden logits. */
  startEngine(options: ImportSetUp): Promise<void>;
  store: Pick<ModelStore, 'save'>;
  writeFile: WriteFile;
  /** YYYY-MM-DD. */
  today(): string;
}

/** A full-size network with its optimiser's state takes a sixth of this; larger things are videos and archives. */
const MOST_BYTES = 512 << 20;

export class ImportService implements ImportFace {
  readonly #environment: ImportEnvironment;
  #engine: Promise<void> | null = null;
  /** The last file that was read, so that its import needn't read it again. */
  #last: { file: File; bytes: Uint8Array } | null = null;

  constructor(environment: ImportEnvironment) {
    this.#environment = environment;
  }

  /** Starts the engine while the person still answers questions. */
  prepare(options: ImportSetUp): void {
    this.#engine = this.#environment.startEngine(options);
    // Whoever imports hears of it; until then nobody listens.
    this.#engine.catch(() => undefined);
  }

  async recognise(file: File): Promise<CheckpointSummary> {
    const bytes = await this.#read(file);
    const { format, iterations, tensors } = readWeightsFile(bytes);
    const { architecture, used, leftOver } = recogniseCheckpoint(tensors);
    return {
      file: file.name,
      bytes: bytes.length,
      format,
      iterations,
      architecture,
      tensors: { used: used.length, leftOver: leftOver.length },
      open: {
        input: architecture.inChannels === 2,
        classOrder: true,
        asymmetryRange: architecture.network === 'drf',
      },
    };
  }

  async import(file: File, answers: ImportAnswers, onStage: (stage: SavingStage) => void): Promise<ImportOutcome> {
    const bytes = await this.#read(file);
    if (!this.#engine) throw new ScreeningError('out-of-turn', 'The import worker was asked before it was prepared.');
    await this.#engine;
    const today = this.#environment.today();
    const imported = await importModel({ bytes, file: file.name, answers, today, onProgress: onStage });
    onStage('saving');
    const { store, writeFile } = this.#environment;
    const { manifest, report } = await store.save((taken) => underFreeId(imported, taken), writeFile);
    return { manifest, report };
  }

  async #read(file: File): Promise<Uint8Array> {
    if (this.#last && sameFile(this.#last.file, file)) return this.#last.bytes;
    this.#last = null;
    if (file.size > MOST_BYTES) {
      const size = `${Math.round(file.size / 1e6)} MB`;
      throw new ScreeningError('not-a-checkpoint', `${file.name} has ${size}, and a checkpoint about 30. Choose the checkpoint.`);
    }
    const bytes = new Uint8Array(
      await file.arrayBuffer().catch((error: unknown) => {
        const why = `${file.name} can't be read: it may have been moved or changed. Choose it again.`;
        throw new ScreeningError('file-unreadable', why, { cause: error });
      }),
    );
    this.#last = { file, bytes };
    return bytes;
  }
}

/** A file that crossed to a worker twice is two objects. */
function sameFile(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

/** The same checkpoint may be imported again with other answers: that is another model, and gets an id of its own. */
function underFreeId(imported: ImportedModel, taken: readonly string[]): ImportedModel {
  const first = imported.manifest.id;
  if (!taken.includes(first)) return imported;
  let count = 2;
  while (taken.includes(`${first}-${count}`)) count++;
  const manifest = { ...imported.manifest, id: `${first}-${count}` };
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  return { ...imported, manifest, files: new Map(imported.files).set(MANIFEST_FILE, text) };
}
