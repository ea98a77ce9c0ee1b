import { proxy } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { WorkerBridge, type BridgeOptions } from '../../../src/screening/bridge.ts';
import { NetError } from '../../../src/nets/errors.ts';
import { FakeWorker } from './fakeWorker.ts';

/** What the fake worker can do. */
const face = {
  add: (a: number, b: number) => a + b,
  never: () => new Promise<number>(() => undefined),
  wait: (milliseconds: number) => new Promise<number>((resolve) => setTimeout(() => resolve(milliseconds), milliseconds)),
  fail: () => {
    throw new NetError('device-lost', 'The graphics device went away.');
  },
  failBare: () => {
    // As Emscripten and tfjs do.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw { message: 'a bare object' };
  },
  async tell(report: (step: number) => void | Promise<void>) {
    for (const step of [1, 2, 3]) await report(step);
  },
};
type Face = typeof face;

let workers: FakeWorker[] = [];
let bridges: WorkerBridge<Face, string>[] = [];

function makeBridge(options: Partial<BridgeOptions<Face, string>> = {}): WorkerBridge<Face, string> {
  const bridge = new WorkerBridge<Face, string>({
    name: 'test',
    start: () => {
      const worker = new FakeWorker(face);
      workers.push(worker);
      return worker;
    },
    setUp: async () => `ready ${workers.length}`,
    graceMs: 0,
    idleMs: 60_000,
    silenceMs: 60_000,
    ...options,
  });
  bridges.push(bridge);
  return bridge;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

afterEach(() => {
  for (const bridge of bridges) bridge.close();
  workers = [];
  bridges = [];
});

describe('worker bridge', () => {
  it('starts a worker at the first job only, sets it up once and answers', async () => {
    const bridge = makeBridge();
    expect(bridge.running).toBe(false);
    expect(await bridge.run(({ face }) => face.add(2, 3))).toBe(5);
    expect(await bridge.run(async ({ ready }) => ready)).toBe('ready 1');
    expect(workers).toHaveLength(1);
  });

  it('runs one job at a time, in order, each over as many calls as it makes', async () => {
    const bridge = makeBridge();
    const order: string[] = [];
    const job = (name: string, milliseconds: number) =>
      bridge.run(async ({ face }) => {
        order.push(`${name} begins`);
        await face.wait(milliseconds);
        await face.add(1, 1);
        order.push(`${name} ends`);
      });
    await Promise.all([job('first', 20), job('second', 1)]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('carries name, code and message of an error, and goes on with the same worker', async () => {
    const bridge = makeBridge();
    const failing = bridge.run(({ face }) => face.fail());
    await expect(failing).rejects.toMatchObject({
      name: 'NetError',
      code: 'device-lost',
      message: 'The graphics device went away.',
    });
    expect(await bridge.run(({ face }) => face.add(1, 1))).toBe(2);
    expect(workers).toHaveLength(1);
  });

  it('makes an error of a bare object that was thrown', async () => {
    const failing = makeBridge().run(({ face }) => face.failBare());
    await expect(failing).rejects.toBeInstanceOf(Error);
    await expect(failing).rejects.toThrow('a bare object');
  });

  it('calls back into the page', async () => {
    const steps: number[] = [];
    await makeBridge().run(({ face }) => face.tell(proxy((step: number) => void steps.push(step))));
    expect(steps).toEqual([1, 2, 3]);
  });

  it.each([
    ['an uncaught error', (worker: FakeWorker) => worker.crash('out of memory'), /out of memory/],
    ['a message that cannot be read', (worker: FakeWorker) => worker.garble(), /can't be read/],
  ])('rejects what waits on %s, and starts a new worker for the next job', async (_, harm, message) => {
    const bridge = makeBridge();
    const hanging = bridge.run(({ face }) => face.never());
    await pause(5);
    harm(workers[0]!);
    await expect(hanging).rejects.toMatchObject({ code: 'worker-crashed', message: expect.stringMatching(message) });
    expect(workers[0]!.terminated).toBe(true);
    expect(await bridge.run(async ({ ready }) => ready)).toBe('ready 2');
  });

  it('rejects a job whose worker falls silent', async () => {
    const bridge = makeBridge({ silenceMs: 30 });
    await expect(bridge.run(({ face }) => face.never())).rejects.toMatchObject({ code: 'worker-silent' });
    expect(workers[0]!.terminated).toBe(true);
  });

  it('takes a sign of life for life, whichever way it came', async () => {
    const bridge = makeBridge({ silenceMs: 60 });
    const job = bridge.run(async ({ face, alive }) => {
      const sign = setInterval(alive, 5);
      try {
        return await face.wait(200);
      } finally {
        clearInterval(sign);
      }
    });
    await expect(job).resolves.toBe(200);
  });

  it('aborts by ending the worker, at once, and starts a new one for the next job', async () => {
    const bridge = makeBridge();
    const control = new AbortController();
    const hanging = bridge.run(({ face }) => face.never(), control.signal);
    await pause(10);
    const aborted = performance.now();
    control.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - aborted).toBeLessThan(300);
    expect(workers[0]!.terminated).toBe(true);
    expect(await bridge.run(({ face }) => face.add(1, 2))).toBe(3);
    expect(workers).toHaveLength(2);
  });

  it('lets an aborted job that ends within its grace keep the worker', async () => {
    const bridge = makeBridge({ graceMs: 200 });
    const control = new AbortController();
    const job = bridge.run(async ({ face }) => {
      while (!control.signal.aborted) await face.wait(5);
    }, control.signal);
    await pause(20);
    control.abort();
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bridge.run(async ({ ready }) => ready)).toBe('ready 1');
    expect(workers[0]!.terminated).toBe(false);
  });

  it('ends the worker of an aborted job that outlasts its grace', async () => {
    const bridge = makeBridge({ graceMs: 20 });
    const control = new AbortController();
    const job = bridge.run(({ face }) => face.never(), control.signal);
    await pause(5);
    control.abort();
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bridge.run(async ({ ready }) => ready)).toBe('ready 2');
  });

  it('takes an aborted job out of the queue without harm to the one that runs', async () => {
    const bridge = makeBridge();
    const running = bridge.run(({ face }) => face.wait(40));
    const control = new AbortController();
    let ran = false;
    const waiting = bridge.run(async () => void (ran = true), control.signal);
    control.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(running).resolves.toBe(40);
    await bridge.run(async () => undefined);
    expect(ran).toBe(false);
    expect(workers).toHaveLength(1);
  });

  it('tries a new worker after one that could not be set up', async () => {
    let attempt = 0;
    const bridge = makeBridge({
      setUp: async () => {
        attempt += 1;
        if (attempt === 1) throw new NetError('weights-damaged', 'The weights are damaged.');
        return 'ready';
      },
    });
    await expect(bridge.run(async ({ ready }) => ready)).rejects.toMatchObject({ code: 'weights-damaged' });
    expect(workers[0]!.terminated).toBe(true);
    await expect(bridge.run(async ({ ready }) => ready)).resolves.toBe('ready');
  });

  it('ends an idle worker, and starts another when there is work again', async () => {
    const bridge = makeBridge({ idleMs: 10 });
    await bridge.run(async () => undefined);
    await pause(40);
    expect(workers[0]!.terminated).toBe(true);
    expect(bridge.running).toBe(false);
    expect(await bridge.run(async ({ ready }) => ready)).toBe('ready 2');
  });

  it('rejects everything once closed', async () => {
    const bridge = makeBridge();
    const hanging = bridge.run(({ face }) => face.never());
    await pause(5);
    bridge.close();
    await expect(hanging).rejects.toMatchObject({ code: 'closed' });
    await expect(bridge.run(async () => undefined)).rejects.toMatchObject({ code: 'closed' });
  });
});
