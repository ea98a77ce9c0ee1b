/**
 * The networks against OpenGait's own (DRF against our reading of it in PyTorch), in evaluation mode: logits of random weights on random
 * input, on every backend.
 */
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/formats/npy.ts';
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { readTorchCheckpoint } from '../../src/formats/torch.ts';
import { ASYMMETRY_LENGTH } from '../../src/gait/asymmetry.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import { recogniseCheckpoint } from '../../src/nets/import/recognise.ts';
import type { Parameters } from '../../src/nets/parameters.ts';
import { largestDifference } from '../../src/nets/selfTest.ts';
import { asStored } from '../../trainer/package/roundWeights.ts';
import { eachBackend } from '../backends.ts';
import { absence, readFixture } from '../fixtures.ts';

const NETWORKS = [
  { folder: 'sconet-tiny-silhouette', checkpoint: 'ScoNet-00100.pt', pav: null },
  { folder: 'sconet-tiny-skeleton', checkpoint: 'ScoNet-00100.pt', pav: null },
  { folder: 'sconet-full-skeleton', checkpoint: 'ScoNet_skeleton_random-27000.pt', pav: null },
  { folder: 'drf-tiny-postFC', checkpoint: 'DRF-00100.pt', pav: 'pav.npy' },
  { folder: 'drf-tiny-preFC', checkpoint: 'DRF-00100.pt', pav: 'pav.npy' },
];

/** Largest difference allowed; WebGPU's arithmetic is looser. */
const TOLERANCE = { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3 };

eachBackend((backend) => {
  describe.each(NETWORKS)('$folder/$checkpoint', ({ folder, checkpoint, pav }) => {
    const files = [checkpoint, 'input_ncshw.npy', 'logits_ncp.npy', ...(pav ? [pav] : [])].map((file) => `${folder}/${file}`);
    const absent = absence(...files);

    it.skipIf(absent)(`gives OpenGait's logits${absent}`, async () => {
      expect(await largestError(files, (parameters) => parameters)).toBeLessThan(TOLERANCE[backend]);
    });

    // What is rounded doesn't depend on the backend, and one of them is quick.
    if (backend !== 'wasm') return;
    it.skipIf(absent)(`stays within 1e-3 of them with weights stored as float16${absent}`, async () => {
      expect(await largestError(files, asStored)).toBeLessThan(1e-3);
    });
  });
});

// What gives the same network gives the same logits, on any backend.
describe.each(['drf-tiny-postFC', 'drf-tiny-preFC'])('%s under the names of the DRF authors', (folder) => {
  const files = ['DRF-00100.pt', 'DRF_author_names.pt'].map((file) => `${folder}/${file}`);
  const absent = absence(...files);

  it.skipIf(absent)(`is recognised as the same network, with the same parameters${absent}`, async () => {
    const [ours, theirs] = (await Promise.all(files.map(readFixture))).map((bytes) =>
      recogniseCheckpoint(readTorchCheckpoint(bytes).parameters),
    );
    expect(theirs!.keyRenames).toEqual({ 'attention_layer.': 'PGA.' });
    expect(theirs!.architecture).toEqual(ours!.architecture);
    expect([...theirs!.parameters]).toEqual([...ours!.parameters]);
  });
});

/** Of the logits, over all clips of a fixture: checkpoint, input, logits and, for a DRF, asymmetry vectors. */
async function largestError(files: readonly string[], store: (parameters: Parameters) => Parameters): Promise<number> {
  const [weights, input, logits, vectors] = await Promise.all(files.map(readFixture));
  const { architecture, parameters } = recogniseCheckpoint(readTorchCheckpoint(weights!).parameters);
  const asymmetry = vectors ? toFloat32(readNpy(vectors)) : null;
  const { shape, data } = framesFirst(readNpy(input!));
  const expected = toFloat32(readNpy(logits!));
  const clips = shape[0]!;
  const clipLength = data.length / clips;
  // Two chunks a clip where it has the frames, so that the maximum across chunks is part of what is checked.
  const classifier = new ScoNetClassifier(architecture, store(parameters), 1, Math.ceil(shape[1]! / 2));
  let worst = 0;
  for (let clip = 0; clip < clips; clip++) {
    const walk = classifier.begin();
    walk.push(data.subarray(clip * clipLength, (clip + 1) * clipLength));
    const got = await walk.finish(asymmetry?.slice(clip * ASYMMETRY_LENGTH, (clip + 1) * ASYMMETRY_LENGTH) ?? null);
    worst = Math.max(worst, largestDifference(got, expected.subarray(clip * got.length, (clip + 1) * got.length)));
  }
  classifier.dispose();
  return worst;
}

/** OpenGait's [clips, channels, frames, height, width] as the classifier takes it: [clips, frames, channels, height, width]. */
function framesFirst(array: ReturnType<typeof readNpy>): { shape: number[]; data: Float32Array } {
  const [clips = 0, channels = 0, frames = 0, height = 0, width = 0] = array.shape;
  const source = toFloat32(array);
  const data = new Float32Array(source.length);
  const plane = height * width;
  for (let clip = 0; clip < clips; clip++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let frame = 0; frame < frames; frame++) {
        const from = ((clip * channels + channel) * frames + frame) * plane;
        data.set(source.subarray(from, from + plane), ((clip * frames + frame) * channels + channel) * plane);
      }
    }
  }
  return { shape: [clips, frames, channels, height, width], data };
}
