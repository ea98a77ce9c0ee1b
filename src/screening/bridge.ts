/**
 * The one way from the page to a worker. comlink makes calls look like calls, but its promises never settle when a worker dies
 * (comlink#601). So this class owns the worker: it starts it when it is needed and ends it when it idles, gives it to one job
 * at a time, turns errors, broken messages, silence and termination into rejections, and answers an abort by ending the worker,
 * because neither wasm nor a GPU can be interrupted in any other way. The next job starts a new one.
 */
import { wrap, type Endpoint, type Remote } from 'comlink';
import { abortReason, rejectOnAbort } from './abort.ts';
import './errorTransfer.ts';
import { ScreeningError } from './errors.ts';

/** The part of a Worker that is used here; a test gives another. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

/** A worker's face as its caller sees it: every method answers with a promise, and every promise settles. */
export type Guarded<Face> = {
  [Name in keyof Face]: Face[Name] extends (...args: infer Arguments) => infer Result
    ? (...args: Arguments) => Promise<Awaited<Result>>
    : never;
};

export interface BridgeOptions<Face, Ready> {
  /** For messages: "pose", "network". */
  name: string;
  start(): WorkerLike;
  /** Runs once on every new worker before its first job; what it returns is handed to each job. */
  setUp(post: Omit<Post<Face, Ready>, 'ready'>): Promise<Ready>;
  /** How long an aborted job's worker may take to come to its end by itself before it is ended. Milliseconds. */
  graceMs: number;
  /** A worker without a job is ended after this time. Milliseconds. */
  idleMs: number;
  /** A worker that is at work and says nothing for this long is taken for dead. Milliseconds. */
  silenceMs: number;
}

/** What a job is given. */
export interface Post<Face, Ready> {
  face: Guarded<Face>;
  ready: Ready;
  /** Says that the worker is alive, where the sign of life came another way than as an answer (a callback, say). */
  alive: () => void;
}

export class WorkerBridge<Face extends object, Ready> {
  readonly #options: BridgeOptions<Face, Ready>;
  #worker: RunningWorker<Face, Ready> | null = null;
  /** Settles when the last job in the queue has ended. */
  #lastJob: Promise<void> = Promise.resolve();
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: BridgeOptions<Face, Ready>) {
    this.#options = options;
  }

  /** Whether a worker exists at this moment. */
  get running(): boolean {
    return this.#worker !== null;
  }

  /**
   * Runs a job when those before it have ended. The worker is the job's alone until its promise settles, over as many calls as it
   * makes. Aborting rejects the promise with the signal's reason at once. A job that was waiting is taken out of the queue; one
   * that was running has `graceMs` to end by itself, which it can if it looks at the signal between its calls, and if it
   * hasn't by then, its worker is ended.
   */
  run<T>(job: (post: Post<Face, Ready>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#lastJob.then(() => this.#take(job, signal));
    this.#lastJob = turn.then(nothing, nothing);
    return rejectOnAbort(turn, signal);
  }

  /** Ends the worker, if there is one; a job that is under way rejects with this error. The next job starts a new worker. */
  restart(reason: Error = new ScreeningError('closed', `The ${this.#options.name} worker was restarted.`)): void {
    this.#worker?.end(reason);
    this.#worker = null;
  }

  /** Ends the worker for good. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
    this.restart(new ScreeningError('closed', `The ${this.#options.name} worker was closed.`));
  }

  async #take<T>(job: (post: Post<Face, Ready>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#closed) throw new ScreeningError('closed', `The ${this.#options.name} worker was closed.`);
    clearTimeout(this.#idleTimer);
    const worker = (this.#worker ??= new RunningWorker(this.#options));
    let grace: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      const end = () => worker.end(abortReason(signal));
      if (this.#options.graceMs > 0) grace = setTimeout(end, this.#options.graceMs);
      else end();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await worker.use(job);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(grace);
      if (worker.ended && this.#worker === worker) this.#worker = null;
      this.#waitIdle();
    }
  }

  /** From here on the worker's time without work counts. */
  #waitIdle(): void {
    if (this.running && !this.#closed) this.#idleTimer = setTimeout(() => this.restart(), this.#options.idleMs);
  }
}

/** One worker from its start to its end. */
class RunningWorker<Face extends object, Ready> {
  readonly #worker: WorkerLike;
  readonly #options: BridgeOptions<Face, Ready>;
  readonly #remote: Remote<Face>;
  readonly #face: Guarded<Face>;
  /** Rejects the promises that wait for this worker. */
  readonly #waiting = new Set<(reason: Error) => void>();
  #ready: Promise<Ready> | null = null;
  #end: Error | null = null;
  #quietTicks = 0;

  constructor(options: BridgeOptions<Face, Ready>) {
    this.#options = options;
    this.#worker = options.start();
    this.#worker.addEventListener('message', this.#alive);
    this.#worker.addEventListener('error', this.#onError);
    this.#worker.addEventListener('messageerror', this.#onBrokenMessage);
    this.#remote = wrap<Face>(this.#worker);
    this.#face = this.#guard();
  }

  get ended(): boolean {
    return this.#end !== null;
  }

  /** Sets the worker up if this is its first job, and runs the job; rejects as soon as the worker ends. */
  use<T>(job: (post: Post<Face, Ready>) => Promise<T>): Promise<T> {
    return this.#whileAlive(async () => {
      const stopWatching = this.#watch();
      try {
        const ready = await (this.#ready ??= this.#setUp());
        return await job({ face: this.#face, ready, alive: this.#alive });
      } finally {
        stopWatching();
      }
    });
  }

  end(reason: Error): void {
    if (this.#end) return;
    this.#end = reason;
    this.#worker.terminate();
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }

  async #setUp(): Promise<Ready> {
    try {
      return await this.#options.setUp({ face: this.#face, alive: this.#alive });
    } catch (error) {
      // A worker that couldn't be set up is of no use; the next job tries a new one.
      this.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  readonly #alive = (): void => {
    this.#quietTicks = 0;
  };

  readonly #onError = (event: Event): void => {
    const message = 'message' in event && typeof event.message === 'string' && event.message ? `: ${event.message}` : '';
    this.end(new ScreeningError('worker-crashed', `The ${this.#options.name} worker stopped${message}. Try again.`));
  };

  readonly #onBrokenMessage = (): void => {
    this.end(new ScreeningError('worker-crashed', `The ${this.#options.name} worker sent what can't be read. Try again.`));
  };

  /**
   * A worker that runs out of memory can vanish without an event. Silence is counted in ticks rather than by the clock: a laptop
   * that slept for an hour has made no ticks.
   */
  #watch(): () => void {
    const ticks = 10;
    this.#quietTicks = 0;
    const timer = setInterval(() => {
      this.#quietTicks += 1;
      if (this.#quietTicks <= ticks) return;
      const seconds = Math.round(this.#options.silenceMs / 1000);
      const message = `The ${this.#options.name} worker gave no sign of life for ${seconds} seconds. Try again.`;
      this.end(new ScreeningError('worker-silent', message));
    }, this.#options.silenceMs / ticks);
    return () => clearInterval(timer);
  }

  #guard(): Guarded<Face> {
    return new Proxy({} as Guarded<Face>, {
      get: (_, name) => {
        // Not a promise, whoever asks by awaiting it.
        if (name === 'then' || typeof name === 'symbol') return undefined;
        const method = this.#remote[name as keyof Remote<Face>] as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => this.#whileAlive(() => method(...args));
      },
    });
  }

  async #whileAlive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#end) throw this.#end;
    let rejectWaiting: ((reason: Error) => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      rejectWaiting = reject;
      this.#waiting.add(reject);
    });
    try {
      return await Promise.race([work(), ended]);
    } finally {
      if (rejectWaiting) this.#waiting.delete(rejectWaiting);
    }
  }
}

function nothing(): void {
  // A job's outcome belongs to whoever asked for it; the queue only waits.
}
