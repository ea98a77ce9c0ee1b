import { describe, expect, it } from 'vitest';
import { describeAdapter, isSoftwareAdapter } from '../../../src/nets/backendsWebgpu.ts';
import { wantedThreads } from '../../../src/nets/backendsWasm.ts';

const info = (vendor: string, architecture = '', device = '', description = '') => ({
  vendor,
  architecture,
  device,
  description,
});

describe('graphics adapters', () => {
  it.each([
    ['SwiftShader', info('google', 'swiftshader')],
    ['lavapipe', info('mesa', '', '', 'llvmpipe (LLVM 15.0.6, 256 bits)')],
    ['Windows without a driver', info('microsoft', '', '', 'Microsoft Basic Render Driver')],
    ['what the browser calls a fallback', { ...info('amd', 'rdna-3'), isFallbackAdapter: true }],
  ])('knows %s for software', (_, adapter) => {
    expect(isSoftwareAdapter(adapter)).toBe(true);
  });

  it.each([
    ['NVIDIA', info('nvidia', 'ampere')],
    ['Apple', info('apple', 'metal-3')],
    ['Intel', { ...info('intel', 'gen-12lp'), isFallbackAdapter: false }],
    ['one that says nothing of itself', info('')],
  ])('takes %s for a graphics card', (_, adapter) => {
    expect(isSoftwareAdapter(adapter)).toBe(false);
  });

  it('describes an adapter without repeating or inventing', () => {
    expect(describeAdapter(info('intel', 'gen-12lp', '', 'intel'))).toBe('intel gen-12lp');
    expect(describeAdapter(info(''))).toBe('unnamed');
  });
});

describe('wasm threads', () => {
  it.each([
    [1, 1],
    [2, 2],
    [4, 4],
    [16, 4],
  ])('uses of %i processors %i', (processors, threads) => {
    expect(wantedThreads({ crossOriginIsolated: true, processors })).toBe(threads);
  });

  it('uses one where the page is not cross-origin isolated', () => {
    expect(wantedThreads({ crossOriginIsolated: false, processors: 8 })).toBe(1);
  });
});
