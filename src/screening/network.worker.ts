/** The network worker's entry: the service, with this browser's engines, behind comlink. */
import { expose, transfer } from 'comlink';
import './errorTransfer.ts';
import { cpuCandidate } from '../nets/backendsCpu.ts';
import { wasmCandidate } from '../nets/backendsWasm.ts';
import { webgpuCandidate } from '../nets/backendsWebgpu.ts';
import type { NetworkResult } from './networkFace.ts';
import { NetworkService } from './networkService.ts';

/** Hands the maps over instead of copying them: a long walk has 4 MB of them. */
class TransferringService extends NetworkService {
  override async finish(): Promise<NetworkResult> {
    const result = await super.finish();
    return transfer(result, [result.maps.buffer as ArrayBuffer]);
  }
}

const service = new TransferringService({
  candidates: ({ preference, wasmUrl }) => [
    webgpuCandidate({
      gpu: (navigator.gpu as GPU | undefined) ?? null,
      acceptSoftware: preference === 'webgpu',
    }),
    wasmCandidate({
      wasmBase: wasmUrl,
      crossOriginIsolated: self.crossOriginIsolated,
      processors: navigator.hardwareConcurrency,
      pretendProcessors: (count) => {
        Object.defineProperty(navigator, 'hardwareConcurrency', { value: count, configurable: true });
      },
    }),
    cpuCandidate(),
  ],
});

expose(service);
