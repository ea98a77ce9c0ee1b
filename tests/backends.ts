/**
 * Runs the same cases on every backend of tfjs, each opened by the app's own code. In Node, WebGPU is Dawn, on the Vulkan driver
 * that `vulkan.ts` finds. A backend that this machine hasn't got is skipped, and the reason stands in the name.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import type { BackendCandidate, BackendName, OpenBackend } from '../src/nets/backends.ts';
import { cpuCandidate } from '../src/nets/backendsCpu.ts';
import { wasmCandidate } from '../src/nets/backendsWasm.ts';
import { webgpuCandidate } from '../src/nets/backendsWebgpu.ts';
import { dawnGpu } from '../trainer/engines/dawn.ts';

/** What `cases` is given: the backend's name, and the open backend once the tests run. */
export type BackendCases = (name: BackendName) => void;

/** Defines the cases once for each backend, in the order cpu, wasm, webgpu. */
export function eachBackend(cases: BackendCases): void {
  for (const { candidate, absent } of backends) {
    const { name } = candidate;
    describe.skipIf(absent)(absent ? `${name} (skipped: ${absent})` : name, () => {
      let backend: OpenBackend | undefined;
      beforeAll(async () => {
        backend = await candidate.open();
        await backend.activate();
      });
      afterAll(() => backend?.close());
      cases(name);
    });
  }
}

interface TestBackend {
  candidate: BackendCandidate;
  /** Why it can't run here; empty where it can. */
  absent: string;
}

const backends: readonly TestBackend[] = [
  { candidate: cpuCandidate(), absent: '' },
  { candidate: wasmCandidate(nodeWasm()), absent: '' },
  await dawn(),
];

function nodeWasm(): Parameters<typeof wasmCandidate>[0] {
  return { wasmBase: null, crossOriginIsolated: false, processors: 1, pretendProcessors: () => undefined };
}

/** WebGPU in Node. Looks for a driver first: the tests are named before they run. */
async function dawn(): Promise<TestBackend> {
  let gpu: GPU | null = null;
  let absent = '';
  try {
    gpu = await dawnGpu();
    if (!(await gpu.requestAdapter())) absent = 'no Vulkan driver; install Chromium for its SwiftShader, or Mesa’s lavapipe';
  } catch (error) {
    absent = `Dawn did not start: ${error instanceof Error ? error.message : String(error)}`;
  }
  return { candidate: webgpuCandidate({ gpu, acceptSoftware: true }), absent };
}
