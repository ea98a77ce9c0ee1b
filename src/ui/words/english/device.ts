/** This device: whether it can screen, and on what it runs. */
import type { BackendName } from '../../../nets/backends.ts';

const engines: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

export const device = {
  label: 'This device',
  starting: 'Getting the model ready…',
  ready: 'Ready',
  failed: 'This device can’t screen',
  retry: 'Try again',
  details: 'What was tried',
  engines,
  threads: (count: number) => (count === 1 ? 'one thread' : `${count} threads`),
  frameTime: (milliseconds: number) => `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms a frame`,
  chosen: 'in use',
  passedOver: 'not used',
  model: 'Model',
  lost: (id: string, instead: string) =>
    `The model chosen last, ${id}, is no longer on this device. “${instead}” is in use instead.`,
};
