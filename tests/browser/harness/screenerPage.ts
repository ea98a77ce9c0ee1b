/** What the specs do with the harness page, in their own words. */
import { expect, type JSHandle, type Page, type Worker } from '@playwright/test';
import type { BackendPreference } from '../../../src/nets/backends.ts';
import type { MemoryReport } from '../../../src/screening/networkFace.ts';
import type { Screener, ScreenerState } from '../../../src/screening/screener.ts';
import type { Progress } from '../../../src/screening/screening.ts';

/** A screening as it can cross from the page to a test. */
export interface Outcome {
  outcome: string;
  logits: number[] | null;
  counts: { sampled: number; posed: number; usable: number };
  /** Numbers in them, and the share of these that isn't black. */
  maps: number;
  filled: number;
  input: string;
  backend: {
    name: string;
    threads: number;
    reason: string;
    adapter: string | null;
    attempts: { name: string; reason: string }[];
  };
  findings: { rule: string; passed: boolean; severity: string }[];
  timings: { poseMs: number; classifyMs: number; mapsMs: number; totalMs: number };
  stages: string[];
}

/** What is screened: a file, the sample walk, or that many frames of the sample (a GPU that is a program is slow). */
export type Walk = { clip: ClipFile } | 'sample' | number;

type ClipFile = Parameters<Page['setInputFiles']>[1];

/** How a screening failed. */
export interface Failure {
  name: string;
  code: string | null;
  message: string;
}

export class ScreenerPage {
  private constructor(
    readonly page: Page,
    private readonly screener: JSHandle<Screener>,
  ) {}

  static async open(page: Page, url: string, backend: BackendPreference = 'auto', model?: string): Promise<ScreenerPage> {
    await page.goto(url);
    const screener = await page.evaluateHandle(
      ({ backend, model }) =>
        new window.Screener({ base: document.baseURI, appVersion: 'test', backend, ...(model ? { model } : {}) }),
      { backend, model },
    );
    return new ScreenerPage(page, screener);
  }

  prepare(): Promise<void> {
    return this.screener.evaluate((screener) => screener.prepare());
  }

  /** The backend once the screener is ready. */
  async backend(): Promise<Outcome['backend']> {
    const state = await this.screener.evaluate((screener): ScreenerState => screener.state);
    if (state.status !== 'ready') throw new Error(`The screener is ${state.status}.`);
    return state.backend;
  }

  memory(): Promise<MemoryReport> {
    return this.screener.evaluate((screener) => screener.memory());
  }

  async screen(walk: Walk): Promise<Outcome> {
    await this.start(walk);
    return this.result();
  }

  /** Starts a screening and comes back. */
  async start(walk: Walk): Promise<void> {
    if (typeof walk === 'object') await this.page.setInputFiles('#file', walk.clip);
    const frames = typeof walk === 'number' ? walk : null;
    await this.screener.evaluate(
      (screener, { sample, frames }) => {
        const stop = new AbortController();
        const stages: string[] = [];
        const onProgress = ({ stage, sampled }: Progress) => {
          if (stages.at(-1) !== stage) stages.push(stage);
          window.run.sampled = sampled;
        };
        const options = { signal: stop.signal, onProgress };
        const begin = async () => {
          if (sample) return screener.screenSample(options);
          if (frames !== null) return screener.screenSequence(await window.sampleFrames(frames), options);
          const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
          if (!file) throw new Error('No file was chosen.');
          return screener.screen(file, options);
        };
        const done = begin();
        // The test asks for the outcome later.
        done.catch(() => undefined);
        window.run = { stop, done, stages, sampled: 0 };
      },
      { sample: walk === 'sample', frames },
    );
  }

  /** Waits until so many frames have been looked at. */
  async watched(frames: number): Promise<void> {
    await this.page.waitForFunction((wanted) => window.run.sampled >= wanted, frames);
  }

  result(): Promise<Outcome> {
    return this.page.evaluate(async () => {
      const { logits, maps, outcome, counts, input, backend, findings, timings } = await window.run.done;
      const filled = maps.filter((level) => level > 0).length / maps.length;
      const plain = { outcome, counts, input, backend, findings, timings, stages: window.run.stages };
      return { ...plain, logits: logits && [...logits], maps: maps.length, filled };
    });
  }

  failure(): Promise<Failure> {
    return this.page.evaluate(async () => {
      try {
        await window.run.done;
      } catch (error) {
        const { name, message, code } = error as Error & { code?: string };
        return { name, message, code: code ?? null };
      }
      throw new Error('It did not fail.');
    });
  }

  /** Aborts, and measures in the page how long the screening took to say so, in milliseconds. */
  cancel(): Promise<number> {
    return this.page.evaluate(async () => {
      const started = performance.now();
      window.run.stop.abort();
      await window.run.done.catch(() => undefined);
      return performance.now() - started;
    });
  }

  /** Destroys the graphics device of the network worker from inside, as a driver's reset would. */
  async loseDevice(): Promise<void> {
    await this.networkWorker().evaluate(() => {
      const scope = globalThis as unknown as { _tfengine: { backendInstance: { device: GPUDevice } } };
      scope._tfengine.backendInstance.device.destroy();
    });
  }

  workers(): Worker[] {
    return this.page.workers();
  }

  networkWorker(): Worker {
    const worker = this.page.workers().find((candidate) => candidate.url().includes('network'));
    expect(worker, 'a network worker').toBeDefined();
    return worker!;
  }
}

declare global {
  interface Window {
    run: {
      stop: AbortController;
      done: ReturnType<Screener['screen']>;
      stages: string[];
      sampled: number;
    };
  }
}
