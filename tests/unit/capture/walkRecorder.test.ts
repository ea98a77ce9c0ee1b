import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WalkRecorder } from '../../../src/capture/camera/walkRecorder.ts';

/** A browser's recorder. It gives what it has when it is stopped, as browsers do. */
class FakeMediaRecorder {
  static types: string[];
  static last: FakeMediaRecorder;
  state = 'inactive';
  film = 'film';
  readonly mimeType: string;
  readonly said: string[] = [];
  ondataavailable!: (event: { data: Blob }) => void;
  onstop!: () => void;
  onerror!: () => void;

  static isTypeSupported(type: string): boolean {
    return FakeMediaRecorder.types.includes(type);
  }

  constructor(_: MediaStream, { mimeType }: { mimeType?: string }) {
    this.mimeType = mimeType ?? '';
    FakeMediaRecorder.last = this;
  }

  start = () => this.#become('recording');
  pause = () => this.#become('paused');
  resume = () => this.#become('recording');
  stop = () => {
    this.#become('inactive');
    this.ondataavailable({ data: new Blob([this.film]) });
    this.onstop();
  };

  #become(state: string): void {
    this.state = state;
    this.said.push(state);
  }
}

const MP4 = 'video/mp4;codecs=avc1.42E01F';
const WEBM = 'video/webm;codecs=vp8';

beforeEach(() => {
  FakeMediaRecorder.types = [MP4, WEBM];
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function begin(): { recorder: WalkRecorder; fake: FakeMediaRecorder } {
  const recorder = new WalkRecorder({} as MediaStream);
  return { recorder, fake: FakeMediaRecorder.last };
}

describe('a recording of a walk', () => {
  it('warms up, waits for the walk, and goes on with it', async () => {
    const { recorder, fake } = begin();
    expect(fake.said).toEqual(['recording']);
    vi.advanceTimersByTime(10_000);
    expect(fake.said).toEqual(['recording', 'paused']);
    recorder.record();
    recorder.record();
    vi.advanceTimersByTime(10_000);
    expect(fake.said).toEqual(['recording', 'paused', 'recording']);
    const recording = await recorder.stop();
    expect(await recording?.text()).toBe('film');
    expect(recording?.type).toBe('video/mp4');
  });

  it('of a walk that begins before the warm-up is over is never paused', () => {
    const { recorder, fake } = begin();
    recorder.record();
    vi.advanceTimersByTime(10_000);
    expect(fake.said).toEqual(['recording']);
  });

  it('is in the form that the browser can write', async () => {
    FakeMediaRecorder.types = [WEBM];
    expect((await begin().recorder.stop())?.type).toBe('video/webm');
    FakeMediaRecorder.types = [];
    expect((await begin().recorder.stop())?.type).toBe('');
  });

  it('is none where the browser failed at it', async () => {
    const { recorder, fake } = begin();
    fake.onerror();
    expect(await recorder.stop()).toBeNull();
  });

  it('is none where nothing came', async () => {
    const { recorder, fake } = begin();
    fake.film = '';
    expect(await recorder.stop()).toBeNull();
  });

  it('that ended by itself is there all the same', async () => {
    const { recorder, fake } = begin();
    fake.stop();
    vi.advanceTimersByTime(10_000);
    expect(fake.said).toEqual(['recording', 'inactive']);
    expect(await (await recorder.stop())?.text()).toBe('film');
    expect(fake.said).toEqual(['recording', 'inactive']);
  });
});
