/** The import worker's entry: the service, with tfjs's wasm engine and this device's store, behind comlink. */
import { expose } from 'comlink';
import './errorTransfer.ts';
import { wasmCandidate } from '../nets/backendsWasm.ts';
import { ImportService } from './importService.ts';
import { browserStore } from './modelStore.ts';

/** Every browser that has the store can write to it like this in a worker; `createWritable` came to some of them years later. */
async function writeFile(folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array): Promise<void> {
  const handle = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
  try {
    const written = handle.write(bytes as Uint8Array<ArrayBuffer>);
    if (written < bytes.length) throw new DOMException('The file is shorter than it should be.', 'QuotaExceededError');
    handle.flush();
  } finally {
    handle.close();
  }
}

const service = new ImportService({
  async startEngine({ wasmUrl }) {
    // One thread: two frames are classified, and more threads take longer to start than they save.
    const engine = wasmCandidate({
      wasmBase: wasmUrl,
      crossOriginIsolated: self.crossOriginIsolated,
      processors: 1,
      pretendProcessors: () => undefined,
    });
    await (await engine.open()).activate();
  },
  store: browserStore(),
  writeFile,
  today: () => new Date().toISOString().slice(0, 10),
});

expose(service);
