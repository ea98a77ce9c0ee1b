/** A graphics card in Node: tfjs's WebGPU backend on Dawn, the implementation inside Chromium. */
import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { create, globals } from 'webgpu';

const WEBGPU = 'webgpu';

/** Registers the backend `webgpu`; returns the adapter's name. Rejects where there is no adapter, or only a software one. */
export async function registerDawn(options: { acceptSoftware?: boolean } = {}): Promise<string> {
  Object.assign(globalThis, globals);
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('This machine has no graphics card that WebGPU reaches.');
  const { info } = adapter;
  const description = [info.vendor, info.architecture, info.description].filter(Boolean).join(' ');
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${info.architecture} ${info.description}`);
  if (software && !options.acceptSoftware) {
    throw new Error(`The only WebGPU adapter (${description}) is software; the processor itself is faster.`);
  }
  const limits = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  tf.removeBackend(WEBGPU);
  tf.registerBackend(WEBGPU, () => new WebGPUBackend(device, info), 3);
  return description;
}
