/**
 * Which engine runs the network on this device. A backend is chosen by what it does, not by what it says it can do: it is
 * opened, it runs the model's golden sample, and it is kept only when the logits are right. tfjs answers `false` and goes on
 * with another backend when one fails, so nothing here relies on its own choice.
 *
 * This file is the decision alone, so that it can be tested without a device; how each engine is opened is in
 * `backendsWebgpu.ts`, `backendsWasm.ts` and `backendsCpu.ts`.
 */
import { NetError } from './errors.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What the person or the page asks for. Anything but `auto` is tried first; the ones after it remain as a way out. */
export type BackendPreference = 'auto' | BackendName;

/** One engine that was tried, or passed over, and why. Shown to whoever asks which engine ran. */
export interface BackendAttempt {
  name: BackendName;
  chosen: boolean;
  /** A sentence. */
  reason: string;
  /** Milliseconds a frame in the self-test; null where it didn't get that far. */
  frameMs: number | null;
}

export interface BackendChoice {
  name: BackendName;
  /** Threads it computes with; 1 for webgpu and cpu. */
  threads: number;
  /** The graphics adapter's own words about itself; null for wasm and cpu. */
  adapter: string | null;
  /** Why this one, in a sentence. */
  reason: string;
  /** Milliseconds a frame in the self-test. */
  frameMs: number;
  /** The largest difference from the golden logits. */
  error: number;
  /** Everything that was tried, in order. */
  attempts: BackendAttempt[];
}

/** An engine that is running. */
export interface OpenBackend {
  threads: number;
  adapter: string | null;
  /** What is special about how it was opened, e.g. why it has one thread; empty when there is nothing to say. */
  note: string;
  /** Settles with a reason when the device goes away; null where that can't happen. */
  lost: Promise<string> | null;
  /** Makes it the one that tfjs computes on, and makes sure of it. */
  activate(): Promise<void>;
  /** Compiles what `run` would compute, all at once where the engine can, and computes nothing. */
  compile(run: () => void): Promise<void>;
  /** Resolves when what was asked for so far is as good as computed: a GPU takes orders far faster than it carries them out. */
  settle(): Promise<void>;
  /** Gives its memory and its threads back. */
  close(): void;
}

/** An engine that could be opened. `open` throws an error whose message says why it can't. */
export interface BackendCandidate {
  name: BackendName;
  open(): Promise<OpenBackend>;
}

/** What the self-test found on one engine, with what it built to find it. */
export interface Trial<T> {
  value: T;
  /** Milliseconds a frame, shaders compiled. */
  frameMs: number;
  /** The largest difference from the golden logits. */
  error: number;
}

export interface ChooseOptions<T> {
  candidates: readonly BackendCandidate[];
  preference: BackendPreference;
  /**
   * Builds the network on the active backend and runs the golden sample; throws when the logits are wrong. `timed`: it may be given up
   * for another one because of its speed.
   */
  tryOut(backend: OpenBackend, timed: boolean): Promise<Trial<T>>;
  /** Frees what a trial built, when another engine is chosen in the end. */
  discard(value: T): void;
  /** An engine that hasn't opened, or hasn't finished its self-test, in this time is given up. Milliseconds. */
  openLimitMs?: number;
  trialLimitMs?: number;
}

export interface Chosen<T> {
  choice: BackendChoice;
  backend: OpenBackend;
  value: T;
}

/**
 * A GPU that needs longer than this for a frame is held against wasm: a good GPU needs a few milliseconds, wasm on one thread
 * about 90, so that only a GPU in trouble pays for the second measurement.
 */
export const SLOW_FRAME_MS = 250;

const OPEN_LIMIT_MS = 20_000;
/** The slowest real engine, one wasm thread on an old phone, needs about 0.5 s a frame for a golden sample of a few frames. */
const TRIAL_LIMIT_MS = 30_000;
/** Whoever asks for an engine by name may wait for it: a GPU that is a program needs minutes. */
const NAMED_TRIAL_LIMIT_MS = 200_000;

interface Tried<T> extends Trial<T> {
  candidate: BackendCandidate;
  backend: OpenBackend;
  attempt: BackendAttempt;
}

/**
 * Opens the candidates in order and returns the first that passes its self-test in time, with the list of all that were tried.
 * A webgpu that passes but is slower than {@link SLOW_FRAME_MS} a frame is compared with wasm, and the faster one is taken,
 * unless webgpu was asked for by name. Throws {@link NetError} `backend-missing` when none is left.
 */
export async function chooseBackend<T>(options: ChooseOptions<T>): Promise<Chosen<T>> {
  const { preference } = options;
  const attempts: BackendAttempt[] = [];
  let slow: Tried<T> | null = null;
  for (const candidate of orderCandidates(options.candidates, preference)) {
    if (slow && candidate.name !== 'wasm') continue;
    const tried = await tryCandidate(candidate, options, attempts);
    if (!tried) continue;
    if (slow) {
      if (tried.frameMs < slow.frameMs) {
        drop(slow, `Right, but slower than wasm: ${milliseconds(slow.frameMs)} a frame.`, options);
        return choose(tried, `Faster than this device's WebGPU: ${milliseconds(tried.frameMs)} a frame.`, attempts);
      }
      drop(tried, `Right, but slower than WebGPU: ${milliseconds(tried.frameMs)} a frame.`, options);
      break;
    }
    if (mayBeTooSlow(candidate.name, preference) && tried.frameMs > SLOW_FRAME_MS) {
      slow = tried;
      continue;
    }
    return choose(tried, reasonFor(tried, preference), attempts);
  }
  if (slow) {
    await slow.backend.activate();
    return choose(slow, `Slow, but faster than anything else here: ${milliseconds(slow.frameMs)} a frame.`, attempts);
  }
  const tried = attempts.map((attempt) => `${attempt.name}: ${attempt.reason}`).join(' ');
  throw new NetError('backend-missing', `This browser can't run the network. Update it, or try another one. ${tried}`);
}

/** The preferred engine and those after it; asking for wasm means that the GPU isn't touched. */
function orderCandidates(candidates: readonly BackendCandidate[], preference: BackendPreference): readonly BackendCandidate[] {
  const first = candidates.findIndex((candidate) => candidate.name === preference);
  return first < 0 ? candidates : candidates.slice(first);
}

/** A WebGPU that nobody asked for by name. */
function mayBeTooSlow(name: BackendName, preference: BackendPreference): boolean {
  return name === 'webgpu' && preference !== 'webgpu';
}

async function tryCandidate<T>(
  candidate: BackendCandidate,
  options: ChooseOptions<T>,
  attempts: BackendAttempt[],
): Promise<Tried<T> | null> {
  const attempt: BackendAttempt = { name: candidate.name, chosen: false, reason: '', frameMs: null };
  attempts.push(attempt);
  let backend: OpenBackend | null = null;
  try {
    const opening = candidate.open();
    // One that opens after it was given up must not keep its threads or its device.
    const late = () => opening.then((opened) => opened.close()).catch(() => undefined);
    backend = await within(opening, options.openLimitMs ?? OPEN_LIMIT_MS, 'It did not start', late);
    await backend.activate();
    const running = options.tryOut(backend, mayBeTooSlow(candidate.name, options.preference));
    const lateTrial = () => running.then((trial) => options.discard(trial.value)).catch(() => undefined);
    const usual = candidate.name === options.preference ? NAMED_TRIAL_LIMIT_MS : TRIAL_LIMIT_MS;
    const trial = await within(running, options.trialLimitMs ?? usual, 'Its self-test did not finish', lateTrial);
    attempt.frameMs = trial.frameMs;
    return { ...trial, candidate, backend, attempt };
  } catch (error) {
    attempt.reason = sentence(error);
    backend?.close();
    return null;
  }
}

function choose<T>(tried: Tried<T>, reason: string, attempts: BackendAttempt[]): Chosen<T> {
  const { backend, frameMs, error, value, candidate } = tried;
  const full = backend.note ? `${reason} ${backend.note}` : reason;
  tried.attempt.chosen = true;
  tried.attempt.reason = full;
  const { threads, adapter } = backend;
  return { choice: { name: candidate.name, threads, adapter, reason: full, frameMs, error, attempts }, backend, value };
}

function drop<T>(tried: Tried<T>, reason: string, options: ChooseOptions<T>): void {
  tried.attempt.reason = reason;
  options.discard(tried.value);
  tried.backend.close();
}

function reasonFor<T>(tried: Tried<T>, preference: BackendPreference): string {
  const asked = tried.candidate.name === preference ? 'Asked for, and passed' : 'Passed';
  return `${asked} the self-test: logits within ${tried.error.toExponential(0)}, ${milliseconds(tried.frameMs)} a frame.`;
}

async function within<T>(work: Promise<T>, limitMs: number, what: string, whenLate: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      whenLate();
      reject(new NetError('backend-missing', `${what} within ${limitMs / 1000} seconds.`));
    }, limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value).toLocaleString('en')} ms`;
}

/** tfjs rejects with bare objects here and there: only what carries a message is an explanation. */
function sentence(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
