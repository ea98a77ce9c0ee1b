/**
 * tfjs on WebGPU. tfjs's own factory throws where there is no adapter and never listens for a lost device, so adapter and
 * device are asked for here, looked at, and handed to the backend ready-made.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendCandidate, OpenBackend } from './backends.ts';
import { activateBackend, forgetBackend } from './backendsActivate.ts';
import { NetError } from './errors.ts';

export interface WebgpuEnvironment {
  /** `navigator.gpu`, or null where the browser has none. */
  gpu: GPU | null;
  /** Whether an adapter that computes on the processor is taken too: only where WebGPU was asked for by name. */
  acceptSoftware: boolean;
}

/** What tfjs's factory asks for: the adapter's own limits, because the default ones are too small for its larger buffers. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** Software renderers by the names they go by: Chromium's, Mesa's two, and Windows'. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

type AdapterInfo = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> & { isFallbackAdapter?: boolean };

/** Whether an adapter computes on the processor: a hundred times slower than wasm there. */
export function isSoftwareAdapter(info: AdapterInfo): boolean {
  return info.isFallbackAdapter === true || SOFTWARE.test(describeAdapter(info));
}

/** The adapter's words about itself, for people; browsers leave out what they find too telling. */
export function describeAdapter(info: AdapterInfo): string {
  const words = [info.vendor, info.architecture, info.device, info.description].filter((word) => word !== '');
  return [...new Set(words)].join(' ') || 'unnamed';
}

export function webgpuCandidate({ gpu, acceptSoftware }: WebgpuEnvironment): BackendCandidate {
  return {
    name: 'webgpu',
    async open() {
      if (!gpu) throw new NetError('backend-missing', 'This browser has no WebGPU.');
      const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
      if (!adapter) throw new NetError('backend-missing', 'WebGPU found no graphics adapter that it may use.');
      const description = describeAdapter(adapter.info);
      if (isSoftwareAdapter(adapter.info) && !acceptSoftware) {
        throw new NetError('backend-missing', `WebGPU here computes without a graphics card (${description}), slower than wasm.`);
      }
      const device = await adapter.requestDevice({
        requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
      });
      return openDevice(device, adapter.info, description);
    },
  };
}

async function openDevice(device: GPUDevice, info: GPUAdapterInfo, adapter: string): Promise<OpenBackend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const backend = new WebGPUBackend(device, info);
  forgetBackend('webgpu');
  tf.registerBackend('webgpu', () => backend);
  return {
    threads: 1,
    adapter,
    note: '',
    lost: device.lost.then(({ message, reason }) => message || reason),
    activate: () => activateBackend('webgpu'),
    async compile(run) {
      // In this mode an operation only starts the compilation of its shader, so that all of them compile side by side.
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
      try {
        run();
        await backend.checkCompileCompletionAsync();
      } finally {
        tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
      }
    },
    // What tfjs still holds back for its next batch, a dozen operations, may wait: `submitQueue` would cut a pass in two, and the
    // operations in it would be lost.
    settle: () => device.queue.onSubmittedWorkDone(),
    close() {
      forgetBackend('webgpu');
      device.destroy();
    },
  };
}
