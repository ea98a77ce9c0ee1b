import { describe, expect, it } from 'vitest';
import {
  chooseBackend,
  type BackendCandidate,
  type BackendName,
  type BackendPreference,
  type OpenBackend,
} from '../../../src/nets/backends.ts';
import { NetError } from '../../../src/nets/errors.ts';

/** How one pretended engine behaves. */
interface Behaviour {
  frameMs?: number;
  fails?: string;
  wrong?: string;
  hangs?: 'open' | 'trial';
}

interface Stage {
  candidates: BackendCandidate[];
  active: () => BackendName | null;
  opened: BackendName[];
  closed: BackendName[];
  discarded: BackendName[];
  /** Those whose speed was to be known. */
  timed: BackendName[];
  choose: (preference?: BackendPreference) => ReturnType<typeof chooseBackend<BackendName>>;
}

function stage(behaviours: Partial<Record<BackendName, Behaviour>>): Stage {
  let active: BackendName | null = null;
  const opened: BackendName[] = [];
  const closed: BackendName[] = [];
  const discarded: BackendName[] = [];
  const timed: BackendName[] = [];
  const candidates = Object.entries(behaviours).map(([key, behaviour]): BackendCandidate => {
    const name = key as BackendName;
    return {
      name,
      open: () => {
        opened.push(name);
        if (behaviour.fails) return Promise.reject(new NetError('backend-missing', behaviour.fails));
        if (behaviour.hangs === 'open') return new Promise<OpenBackend>(() => undefined);
        return Promise.resolve({
          threads: 1,
          adapter: null,
          note: '',
          lost: null,
          activate: async () => void (active = name),
          compile: () => Promise.resolve(),
          settle: () => Promise.resolve(),
          close: () => void closed.push(name),
        });
      },
    };
  });
  const choose = (preference: BackendPreference = 'auto') =>
    chooseBackend<BackendName>({
      candidates,
      preference,
      tryOut: async (_, mayBeTooSlow) => {
        const name = active!;
        if (mayBeTooSlow) timed.push(name);
        const behaviour = behaviours[name] ?? {};
        if (behaviour.wrong) throw new NetError('backend-wrong', behaviour.wrong);
        if (behaviour.hangs === 'trial') await new Promise(() => undefined);
        return { value: name, frameMs: behaviour.frameMs ?? 5, error: 1e-6 };
      },
      discard: (name) => void discarded.push(name),
      openLimitMs: 20,
      trialLimitMs: 20,
    });
  return { candidates, active: () => active, opened, closed, discarded, timed, choose };
}

const reasons = (choice: { attempts: { name: string; reason: string; chosen: boolean }[] }) =>
  choice.attempts.map(({ name, chosen }) => `${name}${chosen ? ' chosen' : ''}`);

describe('choice of the backend', () => {
  it('takes the first that passes its self-test and touches no other', async () => {
    const { choose, opened, active } = stage({ webgpu: {}, wasm: {}, cpu: {} });
    const { choice, value } = await choose();
    expect(choice.name).toBe('webgpu');
    expect(value).toBe('webgpu');
    expect(active()).toBe('webgpu');
    expect(opened).toEqual(['webgpu']);
    expect(choice.reason).toMatch(/^Passed the self-test/);
  });

  it('goes on to the next where one does not open, and keeps its reason', async () => {
    const { choose } = stage({ webgpu: { fails: 'This browser has no WebGPU.' }, wasm: {}, cpu: {} });
    const { choice } = await choose();
    expect(choice.name).toBe('wasm');
    expect(choice.attempts[0]).toMatchObject({ name: 'webgpu', chosen: false, reason: 'This browser has no WebGPU.' });
    expect(reasons(choice)).toEqual(['webgpu', 'wasm chosen']);
  });

  it('refuses one whose logits are wrong, and closes it', async () => {
    const { choose, closed } = stage({ webgpu: { wrong: 'It computes this network wrongly.' }, wasm: {} });
    const { choice } = await choose();
    expect(choice.name).toBe('wasm');
    expect(choice.attempts[0]?.reason).toBe('It computes this network wrongly.');
    expect(closed).toEqual(['webgpu']);
  });

  it.each(['open', 'trial'] as const)('gives up one that hangs in its %s', async (hangs) => {
    const { choose } = stage({ webgpu: { hangs }, wasm: {} });
    const { choice } = await choose();
    expect(choice.name).toBe('wasm');
    expect(choice.attempts[0]?.reason).toMatch(/within 0.02 seconds/);
  });

  it('holds a slow GPU against wasm and takes wasm where that is faster', async () => {
    const { choose, discarded, closed } = stage({ webgpu: { frameMs: 7000 }, wasm: { frameMs: 90 } });
    const { choice, value } = await choose();
    expect(value).toBe('wasm');
    expect(choice.reason).toContain("Faster than this device's WebGPU: 90 ms a frame.");
    expect(choice.attempts[0]?.reason).toBe('Right, but slower than wasm: 7,000 ms a frame.');
    expect(discarded).toEqual(['webgpu']);
    expect(closed).toEqual(['webgpu']);
  });

  it('keeps a slow GPU where wasm is slower still, and makes it the active one again', async () => {
    const { choose, active, discarded, timed } = stage({ webgpu: { frameMs: 300 }, wasm: { frameMs: 900 }, cpu: {} });
    const { choice } = await choose();
    expect(choice.name).toBe('webgpu');
    expect(timed).toEqual(['webgpu']);
    expect(active()).toBe('webgpu');
    expect(discarded).toEqual(['wasm']);
    expect(reasons(choice)).toEqual(['webgpu chosen', 'wasm']);
  });

  it('keeps a slow GPU where wasm does not start, without asking the processor', async () => {
    const { choose, opened } = stage({ webgpu: { frameMs: 300 }, wasm: { fails: 'No wasm.' }, cpu: {} });
    expect((await choose()).choice.name).toBe('webgpu');
    expect(opened).toEqual(['webgpu', 'wasm']);
  });

  it('does not compare a GPU that was asked for by name', async () => {
    const { choose, opened, timed } = stage({ webgpu: { frameMs: 7000 }, wasm: { frameMs: 90 } });
    const { choice } = await choose('webgpu');
    expect(timed).toEqual([]);
    expect(choice.name).toBe('webgpu');
    expect(choice.reason).toMatch(/^Asked for/);
    expect(opened).toEqual(['webgpu']);
  });

  it('starts at the one that was asked for, and still has a way out', async () => {
    const { choose, opened } = stage({ webgpu: {}, wasm: { fails: 'No wasm.' }, cpu: { frameMs: 4000 } });
    expect((await choose('wasm')).choice.name).toBe('cpu');
    expect(opened).toEqual(['wasm', 'cpu']);
  });

  it('says everything that was tried when nothing works', async () => {
    const { choose } = stage({ webgpu: { fails: 'No GPU.' }, wasm: { fails: 'No wasm' }, cpu: { wrong: 'Wrong.' } });
    const failing = choose();
    await expect(failing).rejects.toMatchObject({ code: 'backend-missing' });
    await expect(failing).rejects.toThrow(/webgpu: No GPU\. wasm: No wasm\. cpu: Wrong\./);
  });
});
