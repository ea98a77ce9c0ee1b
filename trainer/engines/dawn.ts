/** A graphics card in Node: the app's own WebGPU backend, on Dawn, the implementation of WebGPU inside Chromium. */
import { webgpuCandidate } from '../../src/nets/backendsWebgpu.ts';

/** Dawn's `navigator.gpu`, put where tfjs looks before it takes a device, even one that it is handed. */
export async function dawnGpu(): Promise<GPU> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const navigator = (globalThis as { navigator?: object }).navigator ?? {};
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  return gpu;
}

/** Registers the backend `webgpu`; returns the adapter's name. Rejects where there is no adapter, or a software one isn't accepted. */
export async function registerDawn({ acceptSoftware }: { acceptSoftware: boolean }): Promise<string> {
  const { adapter } = await webgpuCandidate({ gpu: await dawnGpu(), acceptSoftware }).open();
  return adapter ?? 'unnamed graphics card';
}
