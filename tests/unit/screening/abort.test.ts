import { describe, expect, it } from 'vitest';
import { rejectOnAbort } from '../../../src/screening/abort.ts';

describe('rejectOnAbort', () => {
  it('passes on what the work gives, or how it fails', async () => {
    const { signal } = new AbortController();
    await expect(rejectOnAbort(Promise.resolve(3), signal)).resolves.toBe(3);
    await expect(rejectOnAbort(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
    await expect(rejectOnAbort(Promise.resolve(4))).resolves.toBe(4);
  });

  it('rejects with the reason as soon as the signal is aborted, and at once where it was', async () => {
    const control = new AbortController();
    const hanging = rejectOnAbort(new Promise(() => undefined), control.signal);
    control.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    await expect(rejectOnAbort(new Promise(() => undefined), control.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(rejectOnAbort(new Promise(() => undefined), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('makes an error of a reason that is none', async () => {
    const hanging = rejectOnAbort(new Promise(() => undefined), AbortSignal.abort('a text'));
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not mind that the work fails after the abort', async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise((_, reject) => (fail = reject));
    await expect(rejectOnAbort(work, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    fail(new Error('too late'));
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
