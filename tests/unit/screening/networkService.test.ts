import { beforeAll, describe, expect, it } from 'vitest';
import { normaliseAsymmetry, rawAsymmetry } from '../../../src/gait/asymmetry.ts';
import { SILHOUETTE_LENGTH } from '../../../src/gait/silhouette.ts';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../../../src/gait/recipes.ts';
import { cutColumns, renderSkeletonMaps } from '../../../src/gait/skeletonMap.ts';
import type { BackendCandidate, OpenBackend } from '../../../src/nets/backends.ts';
import { cpuCandidate } from '../../../src/nets/backendsCpu.ts';
import { wasmCandidate } from '../../../src/nets/backendsWasm.ts';
import { readSafetensors } from '../../../src/formats/safetensors.ts';
import type { FrameBatch } from '../../../src/screening/networkInput.ts';
import { largestDifference } from '../../../src/nets/selfTest.ts';
import { NetworkService } from '../../../src/screening/networkService.ts';
import { logitsOnCpu, makeTinyModel, randomNumbers, TINIEST, TINY_RANGE, type ModelFolder } from '../../tinyModel.ts';

const wasm = wasmCandidate({ wasmBase: null, crossOriginIsolated: false, processors: 1, pretendProcessors: () => undefined });
const options = { model: { place: 'stored', id: 'none' }, wasmUrl: 'none:', preference: 'auto' } as const;

let folder: ModelFolder;
beforeAll(async () => {
  folder = await makeTinyModel({ architecture: TINIEST });
});

function makeService(
  candidates: BackendCandidate[] = [wasm],
  changed: Record<string, Uint8Array> = {},
  { files } = folder,
): NetworkService {
  return new NetworkService({
    candidates: () => candidates,
    loader: () => async (file) => {
      const bytes = changed[file] ?? files.get(file);
      if (!bytes) throw new Error('the server answered 404');
      return bytes;
    },
  });
}

async function makeReady(candidates?: BackendCandidate[], model?: ModelFolder): Promise<NetworkService> {
  const service = makeService(candidates, {}, model);
  await service.prepare(options, () => undefined);
  return service;
}

/** A person seen from the front whose joints wander a little. */
function makePoses(frames: number, seed: number): Float32Array {
  const standing = [0, 90, 8, 85, -8, 85, 14, 90, -14, 90, 40, 150, -40, 150, 52, 210, -52, 210, 55, 265, -55, 265];
  const legs = [24, 270, -24, 270, 25, 360, -25, 360, 26, 445, -26, 445];
  const random = randomNumbers(seed);
  const places = [...standing, ...legs];
  return Float32Array.from({ length: frames * POSE_LENGTH }, (_, index) => {
    const at = index % POSE_LENGTH;
    if (at % 3 === 2) return 0.9;
    return 300 + places[2 * Math.floor(at / 3) + (at % 3)]! + 6 * random();
  });
}

const batchOf = (poses: Float32Array): FrameBatch => ({ poses, silhouettes: null });

describe('network service', () => {
  it('shows a silhouette network the outlines, and refuses a batch without them', async () => {
    const outlines = await makeTinyModel({ architecture: { ...TINIEST, inChannels: 1 } });
    const service = await makeReady([wasm], outlines);
    const random = randomNumbers(4);
    const silhouettes = Uint8Array.from({ length: 3 * SILHOUETTE_LENGTH }, () => Math.floor(256 * random()));
    service.begin();
    await service.push({ poses: makePoses(3, 1), silhouettes });
    const { logits, maps } = await service.finish();
    expect(maps).toEqual(cutColumns(silhouettes));
    const { tensors } = readSafetensors(outlines.files.get('weights.safetensors')!);
    expect(largestDifference(logits!, await logitsOnCpu(outlines.manifest.architecture, tensors, maps))).toBeLessThan(1e-4);
    service.begin();
    await expect(service.push(batchOf(makePoses(3, 1)))).rejects.toMatchObject({ code: 'out-of-turn' });
  });

  it('gives a DRF the asymmetry of the whole walk, normalised by the model’s own range', async () => {
    const drf = await makeTinyModel({ architecture: { ...TINIEST, network: 'drf', attention: 'after-fcs' } });
    const service = await makeReady([wasm], drf);
    const poses = makePoses(11, 3);
    service.begin();
    await service.push(batchOf(poses.slice(0, 4 * POSE_LENGTH)));
    await service.push(batchOf(poses.slice(4 * POSE_LENGTH)));
    const { logits, maps } = await service.finish();
    const range = { min: Float32Array.from(TINY_RANGE.min), max: Float32Array.from(TINY_RANGE.max) };
    const asymmetry = normaliseAsymmetry(rawAsymmetry(poses), range);
    const { tensors } = readSafetensors(drf.files.get('weights.safetensors')!);
    const { architecture } = drf.manifest;
    const expected = await logitsOnCpu(architecture, tensors, maps, asymmetry);
    expect(largestDifference(logits!, expected)).toBeLessThan(1e-4);
    const turned = asymmetry.map((value) => 1 - value);
    expect(largestDifference(logits!, await logitsOnCpu(architecture, tensors, maps, turned))).toBeGreaterThan(1e-3);
  });

  it('refuses a DRF whose range nobody knows', async () => {
    const { manifest, files } = await makeTinyModel({ architecture: { ...TINIEST, network: 'drf', attention: 'before-fcs' } });
    const unknown = new TextEncoder().encode(JSON.stringify({ ...manifest, asymmetryRange: null }));
    const preparing = makeReady([wasm], { manifest, files: new Map(files).set('model.json', unknown) });
    await expect(preparing).rejects.toThrow(/range of the asymmetry vector/);
  });

  it('prepares, says what it runs on, and reports how much of the files has come', async () => {
    const shares: number[] = [];
    const { choice, manifest } = await makeService().prepare(options, (share) => void shares.push(share));
    expect(choice).toMatchObject({ name: 'wasm', threads: 1 });
    expect(choice.error).toBeLessThan(1e-4);
    expect(manifest.id).toBe('tiny');
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('gives the logits and the maps of the whole walk, however it was cut into pushes', async () => {
    const poses = makePoses(13, 3);
    const maps = cutColumns(renderSkeletonMaps(poses, SIGMA15_JOINT8_BODY_ONLY));
    const { tensors } = readSafetensors(folder.files.get('weights.safetensors')!);
    const expected = await logitsOnCpu(folder.manifest.architecture, tensors, maps);
    const service = await makeReady();
    for (const batch of [1, 5, 8, 13]) {
      service.begin();
      for (let at = 0; at < poses.length; at += batch * POSE_LENGTH) {
        await service.push(batchOf(poses.slice(at, at + batch * POSE_LENGTH)));
      }
      const result = await service.finish();
      expect(result.maps).toEqual(maps);
      expect(result.logits).toHaveLength(48);
      result.logits!.forEach((logit, index) => expect(logit).toBeCloseTo(expected[index]!, 4));
      expect(result.timings).toMatchObject({ frames: 13 });
    }
  });

  it('has no logits for a walk without a pose', async () => {
    const service = await makeReady();
    service.begin();
    expect(await service.finish()).toMatchObject({ logits: null, without: [], maps: new Uint8Array(0), timings: { frames: 0 } });
  });

  it('leaves nothing behind over many walks, finished or not', async () => {
    const service = await makeReady();
    const walk = async (finish: boolean) => {
      service.begin();
      await service.push(batchOf(makePoses(20, 6)));
      if (finish) await service.finish();
    };
    await walk(true);
    const before = service.memory();
    for (let round = 0; round < 10; round++) await walk(round % 3 !== 0);
    await walk(true);
    expect(service.memory()).toEqual(before);
  });

  it('refuses to work out of turn', async () => {
    const service = makeService();
    expect(() => service.begin()).toThrow(/before it was prepared/);
    await service.prepare(options, () => undefined);
    await expect(service.push(batchOf(makePoses(1, 1)))).rejects.toMatchObject({ code: 'out-of-turn' });
    service.begin();
    await expect(service.push(batchOf(new Float32Array(POSE_LENGTH - 1)))).rejects.toMatchObject({ code: 'out-of-turn' });
  });

  it.each([
    ['weights that were changed', 'weights.safetensors', 'weights-damaged', /SHA-256 differs/],
    ['a golden sample that was changed', 'golden.safetensors', 'weights-damaged', /SHA-256 differs/],
    ['a manifest that is no JSON', 'model.json', 'manifest-invalid', /not JSON/],
  ])('refuses %s', async (_, file, code, message) => {
    const bytes = folder.files.get(file)!.slice();
    bytes[bytes.length - 1]! ^= 1;
    const failing = makeService([wasm], { [file]: bytes }).prepare(options, () => undefined);
    await expect(failing).rejects.toMatchObject({ code });
    await expect(failing).rejects.toThrow(message);
  });

  it('refuses weights of another length before anything else', async () => {
    const weights = folder.files.get('weights.safetensors')!;
    const failing = makeService([wasm], { 'weights.safetensors': weights.subarray(0, 100) }).prepare(options, () => undefined);
    await expect(failing).rejects.toThrow(/100 bytes long instead of/);
  });

  it('says which file is missing', async () => {
    const service = new NetworkService({
      candidates: () => [wasm],
      loader: () => () => Promise.reject(new Error('the server answered 404')),
    });
    await expect(service.prepare(options, () => undefined)).rejects.toThrow(
      "model.json couldn't be loaded: the server answered 404.",
    );
  });

  it('passes over a backend that computes wrongly', async () => {
    // Weights of one model beside the golden sample of another: no backend can be right.
    const other = await makeTinyModel({ architecture: TINIEST, seed: 8 });
    const manifest = { ...folder.manifest, golden: other.manifest.golden };
    const files = {
      'model.json': new TextEncoder().encode(JSON.stringify(manifest)),
      'golden.safetensors': other.files.get('golden.safetensors')!,
    };
    const failing = makeService([wasm, cpuCandidate()], files).prepare(options, () => undefined);
    await expect(failing).rejects.toMatchObject({ code: 'backend-missing' });
    await expect(failing).rejects.toThrow(/wasm: It computes this network wrongly: its logits are off by .* cpu: It computes/);
  });

  describe('when the device is lost', () => {
    let lose: (reason: string) => void;
    let settle: () => Promise<void>;
    /** wasm, as a device that can go away. */
    const losable: BackendCandidate = {
      name: 'webgpu',
      async open(): Promise<OpenBackend> {
        const lost = new Promise<string>((resolve) => (lose = resolve));
        const backend = await wasm.open();
        return { ...backend, lost, settle: () => settle() };
      },
    };

    async function makeLosable(): Promise<NetworkService> {
      settle = () => Promise.resolve();
      const service = await makeReady([losable]);
      service.begin();
      return service;
    }

    it('rejects the call that waits for it, and every later one', async () => {
      const service = await makeLosable();
      settle = () => new Promise(() => undefined);
      const hanging = service.push(batchOf(makePoses(8, 2)));
      lose('destroyed');
      await expect(hanging).rejects.toMatchObject({ code: 'device-lost', message: 'The graphics device went away (destroyed).' });
      await expect(service.finish()).rejects.toMatchObject({ code: 'device-lost' });
    });

    it('calls the failure that comes just before by its name', async () => {
      const service = await makeLosable();
      settle = () => Promise.reject(new Error('mapAsync: instance dropped'));
      const failing = service.push(batchOf(makePoses(8, 2)));
      setTimeout(() => lose(''), 5);
      await expect(failing).rejects.toMatchObject({ code: 'device-lost' });
    });

    it('leaves any other failure as it is', async () => {
      const service = await makeLosable();
      settle = () => Promise.reject(new Error('out of memory'));
      await expect(service.push(batchOf(makePoses(8, 2)))).rejects.toThrow('out of memory');
    });
  });
});
