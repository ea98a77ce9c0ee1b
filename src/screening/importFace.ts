/** What the import worker can be asked, and what it answers. Both ends import this and nothing more of each other. */
import type { Architecture } from '../nets/architecture.ts';
import type { ImportAnswers, ImportReport, ImportStage } from '../nets/import/importModel.ts';
import type { ModelManifest } from '../nets/manifest.ts';
import type { WeightsFile } from '../formats/weightsFile.ts';

export interface ImportSetUp {
  /** Absolute URL of the folder with tfjs's wasm binaries, ending in a slash. */
  wasmUrl: string;
}

/** What a checkpoint says of itself, and what it doesn't. */
export interface CheckpointSummary {
  file: string;
  bytes: number;
  format: WeightsFile['format'];
  /** Training steps, where the file says so. */
  iterations: number | null;
  architecture: Architecture;
  tensors: { used: number; leftOver: number };
  /** What has to be asked. The range may be left out; the other two may not, unless a preset answers them. */
  open: { input: boolean; classOrder: boolean; asymmetryRange: boolean };
}

/** The stages of {@link ImportStage}, and the last one: on its way into the store. */
export type SavingStage = ImportStage | 'saving';

/** In their order. */
export const SAVING_STAGES: readonly SavingStage[] = ['reading', 'recognising', 'checking', 'writing', 'saving'];

export interface ImportOutcome {
  manifest: ModelManifest;
  report: ImportReport;
}

export interface ImportFace {
  prepare(options: ImportSetUp): void;
  /** Reads a checkpoint and says what it is. Keeps it for the import that follows. */
  recognise(file: File): Promise<CheckpointSummary>;
  /** Makes a model of it and keeps that in this device's store. `onStage` hears of each stage as it begins. */
  import(file: File, answers: ImportAnswers, onStage: (stage: SavingStage) => void): Promise<ImportOutcome>;
}
