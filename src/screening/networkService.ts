/**
 * What happens inside the network worker: frames become the network's input, and that becomes logits. Kept apart from the worker's entry so that it
 * runs in Node as well, where the tests hold it against the reference.
 */
import * as tf from '@tensorflow/tfjs-core';
import { normaliseAsymmetry, rawAsymmetry, type AsymmetryRange } from '../gait/asymmetry.ts';
import { POSE_LENGTH } from '../gait/keypoint.ts';
import { chooseBackend, type BackendCandidate, type Chosen } from '../nets/backends.ts';
import { ScoNetClassifier, type Classification } from '../nets/classifier.ts';
import { NetError } from '../nets/errors.ts';
import type { ModelManifest } from '../nets/manifest.ts';
import { loadModel, type FileLoader } from '../nets/modelFiles.ts';
import { runSelfTest } from '../nets/selfTest.ts';
import { ScreeningError } from './errors.ts';
import { sourceLoader, type ModelSource } from './modelSource.ts';
import { drawInput, type DrawInput, type FrameBatch } from './networkInput.ts';
import type { MemoryReport, NetworkFace, NetworkReady, NetworkResult, PrepareOptions, PushReport } from './networkFace.ts';

export interface ServiceEnvironment {
  /** The engines of this place, best first. */
  candidates(options: PrepareOptions): BackendCandidate[];
  /** Reads a model's files; from the server or the store where left out. */
  loader?: (model: ModelSource) => FileLoader;
}

interface Walk {
  classification: Classification;
  /** Grey levels [n, channels, 64, 44], one array for each push. */
  maps: Uint8Array[];
  /** n×51, one array for each push; kept where the network wants the walk's asymmetry. */
  poses: Float32Array[];
  pushed: number;
  mapsMs: number;
  classifyMs: number;
}

export class NetworkService implements NetworkFace {
  readonly #environment: ServiceEnvironment;
  #chosen: Chosen<ScoNetClassifier> | null = null;
  #draw: DrawInput | null = null;
  /** What a DRF's asymmetry vector is normalised by; null for a network that has no use for it. */
  #asymmetryRange: AsymmetryRange | null = null;
  #walk: Walk | null = null;
  /** Set once the device is gone; nothing works after that. */
  #lost: NetError | null = null;
  readonly #rejectOnLoss = new Set<(error: NetError) => void>();

  constructor(environment: ServiceEnvironment) {
    this.#environment = environment;
  }

  async prepare(options: PrepareOptions, onProgress: (share: number) => void): Promise<NetworkReady> {
    if (this.#chosen) throw new ScreeningError('out-of-turn', 'The network worker is prepared already.');
    const load = (this.#environment.loader ?? sourceLoader)(options.model);
    const { manifest, parameters, golden } = await loadModel(load, { onProgress });
    this.#asymmetryRange = asymmetryRangeOf(manifest);
    const chosen = await chooseBackend<ScoNetClassifier>({
      candidates: this.#environment.candidates(options),
      preference: options.preference,
      async tryOut(backend, timed) {
        const classifier = new ScoNetClassifier(manifest.architecture, parameters, manifest.inputDivisor);
        try {
          return await runSelfTest(classifier, { golden, tolerance: manifest.golden.tolerance }, backend, timed);
        } catch (error) {
          classifier.dispose();
          throw error;
        }
      },
      discard: (classifier) => classifier.dispose(),
    });
    this.#chosen = chosen;
    this.#draw = drawInput(manifest.input);
    void chosen.backend.lost?.then((reason) => this.#lose(reason));
    return { manifest, choice: chosen.choice };
  }

  begin(): void {
    this.#walk?.classification.cancel();
    const { value } = this.#ready();
    this.#walk = {
      classification: value.begin({ keepStretches: true }),
      maps: [],
      poses: [],
      pushed: 0,
      mapsMs: 0,
      classifyMs: 0,
    };
  }

  async push(frames: FrameBatch): Promise<PushReport> {
    const { value, backend } = this.#ready();
    const walk = this.#underWay();
    const started = performance.now();
    const maps = this.#draw!(frames);
    walk.maps.push(maps);
    if (this.#asymmetryRange) walk.poses.push(frames.poses);
    const drawn = performance.now();
    const classify = async () => {
      walk.classification.push(maps);
      await backend.settle();
    };
    await this.#unlessLost(classify());
    walk.mapsMs += drawn - started;
    walk.classifyMs += performance.now() - drawn;
    walk.pushed += frames.poses.length / POSE_LENGTH;
    const classified = walk.pushed - (walk.pushed % value.chunkFrames);
    return { classified, workMs: walk.mapsMs + walk.classifyMs };
  }

  async finish(): Promise<NetworkResult> {
    this.#ready();
    const walk = this.#underWay();
    this.#walk = null;
    const started = performance.now();
    let logits: Float32Array | null = null;
    let without: NetworkResult['without'] = [];
    try {
      if (walk.pushed > 0) {
        const asymmetry = this.#asymmetryOf(walk);
        logits = await this.#unlessLost(walk.classification.finish(asymmetry));
        without = await this.#unlessLost(walk.classification.withoutEach(asymmetry));
      }
    } finally {
      walk.classification.cancel();
    }
    const { mapsMs, classifyMs, pushed } = walk;
    const timings = { mapsMs, classifyMs: classifyMs + performance.now() - started, frames: pushed };
    return { logits, without, maps: concatenate(walk.maps, Uint8Array), timings };
  }

  memory(): MemoryReport {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  #asymmetryOf({ poses }: Walk): Float32Array | null {
    return this.#asymmetryRange && normaliseAsymmetry(rawAsymmetry(concatenate(poses, Float32Array)), this.#asymmetryRange);
  }

  #ready(): Chosen<ScoNetClassifier> {
    if (this.#lost) throw this.#lost;
    if (!this.#chosen) throw new ScreeningError('out-of-turn', 'The network worker was asked before it was prepared.');
    return this.#chosen;
  }

  #underWay(): Walk {
    if (!this.#walk) throw new ScreeningError('out-of-turn', 'No walk is under way in the network worker.');
    return this.#walk;
  }

  #lose(reason: string): void {
    const why = reason ? ` (${reason})` : '';
    this.#lost = new NetError('device-lost', `The graphics device went away${why}.`);
    for (const reject of this.#rejectOnLoss) reject(this.#lost);
    this.#rejectOnLoss.clear();
  }

  /** What waits for a lost device waits for ever, or ends in an error that doesn't say why; both become `device-lost`. */
  #unlessLost<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#rejectOnLoss.add(reject);
      // The loss is told a moment after the failure it causes.
      const fail = (error: Error) => setTimeout(() => reject(this.#lost ?? error), LOSS_NOTICE_MS);
      work.then(resolve, fail).finally(() => this.#rejectOnLoss.delete(reject));
    });
  }
}

const LOSS_NOTICE_MS = 20;

/** A DRF whose range nobody knows can't be shown a walk: guessed, it would turn a good model into a bad one. */
function asymmetryRangeOf({ architecture, asymmetryRange, name }: ModelManifest): AsymmetryRange | null {
  if (architecture.network !== 'drf') return null;
  if (!asymmetryRange) {
    throw new NetError(
      'manifest-invalid',
      `${name} can't screen a walk: the range of the asymmetry vector over its training walks is not known. Import it again with that range.`,
    );
  }
  return { min: Float32Array.from(asymmetryRange.min), max: Float32Array.from(asymmetryRange.max) };
}

function concatenate<T extends Uint8Array | Float32Array>(parts: readonly T[], Whole: new (length: number) => T): T {
  const whole = new Whole(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
