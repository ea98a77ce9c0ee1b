import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BundleError } from '../../../src/pose/bundle/errors.ts';
import {
  follow,
  readBytes,
  readFloats,
  readIdentifier,
  readOffsets,
  readString,
  readTable,
  readUint32,
} from '../../../src/pose/bundle/flatbuffer.ts';
import { inputMetadata, METADATA_NAME, withInputMetadata } from '../../../src/pose/bundle/modelMetadata.ts';
import { poseBundle, type PoseModelKind } from '../../../src/pose/bundle/poseBundle.ts';

const packageFolder = dirname(createRequire(import.meta.url).resolve('@mediapipe/pose/package.json'));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Follows the field of a table that holds an offset; fails where it is absent. */
function child(bytes: Uint8Array, table: number, field: number): number {
  const at = readTable(bytes, table).fields[field];
  if (at == null) throw new Error(`field ${field} of the table at ${table} is absent`);
  return follow(bytes, at);
}

function normalisationOf(metadata: Uint8Array): { mean: number[]; std: number[]; type: number } {
  const [subgraph] = readOffsets(metadata, child(metadata, follow(metadata, 0), 3));
  const [tensor] = readOffsets(metadata, child(metadata, subgraph!, 2));
  const [unit] = readOffsets(metadata, child(metadata, tensor!, 4));
  const options = child(metadata, unit!, 1);
  const type = readTable(metadata, unit!).fields[0]!;
  return {
    type: metadata[type]!,
    mean: readFloats(metadata, child(metadata, options, 0)),
    std: readFloats(metadata, child(metadata, options, 1)),
  };
}

function metadataEntry(model: Uint8Array): Uint8Array {
  const root = follow(model, 0);
  const entry = readOffsets(model, child(model, root, 6)).find((at) => readString(model, child(model, at, 0)) === METADATA_NAME);
  const index = readUint32(model, readTable(model, entry!).fields[1]!);
  const buffer = readOffsets(model, child(model, root, 4))[index]!;
  return readBytes(model, child(model, buffer, 0));
}

describe('input metadata', () => {
  it('says how a pixel is normalised', () => {
    const metadata = inputMetadata({ mean: 127.5, std: 64 });
    expect(readIdentifier(metadata)).toBe('M001');
    expect(normalisationOf(metadata)).toEqual({ type: 1, mean: [127.5], std: [64] });
  });

  it('is added in front of a model whose own bytes follow unchanged, at a multiple of 16', async () => {
    const model = await readFile(join(packageFolder, 'pose_landmark_lite.tflite'));
    const changed = withInputMetadata(model, { mean: 0, std: 255 });
    const front = changed.byteLength - model.byteLength;
    expect(front % 16).toBe(0);
    expect(sha256(changed.subarray(front))).toBe(sha256(model));
    expect(readIdentifier(changed)).toBe('TFL3');
    expect(normalisationOf(metadataEntry(changed))).toEqual({ type: 1, mean: [0], std: [255] });
  });

  it('keeps every other field of the model', async () => {
    const model = await readFile(join(packageFolder, 'pose_landmark_lite.tflite'));
    const changed = withInputMetadata(model, { mean: 0, std: 255 });
    const front = changed.byteLength - model.byteLength;
    const before = readTable(model, follow(model, 0));
    const after = readTable(changed, follow(changed, 0));
    expect(readUint32(changed, after.fields[0]!)).toBe(readUint32(model, before.fields[0]!));
    for (const field of [1, 2, 3, 5]) {
      expect(follow(changed, after.fields[field]!)).toBe(front + follow(model, before.fields[field]!));
    }
    for (const field of [4, 6]) {
      const kept = readOffsets(model, follow(model, before.fields[field]!)).map((at) => at + front);
      const found = readOffsets(changed, follow(changed, after.fields[field]!));
      expect(found.slice(0, -1)).toEqual(kept);
      expect(found).toHaveLength(kept.length + 1);
    }
  });

  it('refuses what is no TFLite model, what has an entry already, and what is cut short', async () => {
    const model = await readFile(join(packageFolder, 'pose_landmark_lite.tflite'));
    const normalisation = { mean: 0, std: 255 };
    expect(() => withInputMetadata(new Uint8Array(64), normalisation)).toThrow('TFL3');
    expect(() => withInputMetadata(withInputMetadata(model, normalisation), normalisation)).toThrow('already');
    expect(() => withInputMetadata(model.subarray(0, 512), normalisation)).toThrow('outside of itself');
  });
});

describe('poseBundle', () => {
  let copies: string;
  beforeAll(async () => {
    copies = await mkdtemp(join(tmpdir(), 'plumbline-pose-'));
  });
  afterAll(async () => {
    await rm(copies, { recursive: true });
  });

  async function copyOfPackage(name: string): Promise<string> {
    const folder = join(copies, name);
    await mkdir(folder);
    for (const file of ['pose_landmark_lite.tflite', 'pose_solution_packed_assets.data']) {
      await copyFile(join(packageFolder, file), join(folder, file));
    }
    return folder;
  }

  it.each<{ kind: PoseModelKind; bundle: string }>([
    { kind: 'lite', bundle: '9f48e2decd326edc1be1403a7eb51848df467202defdd8abaeba0297de117423' },
    { kind: 'full', bundle: '9bc79b22414b981134c2a9dde1987b96b58398a8fe3c75c5c42807d96f5ef71d' },
  ])('assembles $kind, byte for byte the same every time', async ({ kind, bundle }) => {
    expect(sha256(await poseBundle(kind))).toBe(bundle);
  });

  it('does not depend on the time zone', async () => {
    const before = process.env['TZ'];
    try {
      process.env['TZ'] = 'Pacific/Auckland';
      expect(sha256(await poseBundle('lite'))).toBe('9f48e2decd326edc1be1403a7eb51848df467202defdd8abaeba0297de117423');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('is a stored zip of the two models under the names MediaPipe looks for, each with its normalisation', async () => {
    const bundle = await poseBundle('full');
    const compression: Record<string, number> = {};
    const entries = unzipSync(bundle, {
      filter: ({ name, compression: method }) => {
        compression[name] = method;
        return true;
      },
    });
    expect(compression).toEqual({ 'pose_detector.tflite': 0, 'pose_landmarks_detector.tflite': 0 });
    expect(normalisationOf(metadataEntry(entries['pose_detector.tflite']!))).toMatchObject({ mean: [127.5], std: [127.5] });
    expect(normalisationOf(metadataEntry(entries['pose_landmarks_detector.tflite']!))).toMatchObject({ mean: [0], std: [255] });
  });

  it('refuses an input of which one bit has changed, naming the file', async () => {
    const folder = await copyOfPackage('tampered');
    const file = join(folder, 'pose_landmark_lite.tflite');
    const bytes = await readFile(file);
    bytes[1_000_000]! ^= 1;
    await writeFile(file, bytes);
    const failure = await poseBundle('lite', folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BundleError);
    expect(failure).toMatchObject({ code: 'source-changed' });
    expect((failure as BundleError).message).toContain('pose_landmark_lite.tflite');
  });

  it('says which file is missing', async () => {
    const folder = await copyOfPackage('missing');
    await rm(join(folder, 'pose_solution_packed_assets.data'));
    await expect(poseBundle('lite', folder)).rejects.toMatchObject({ code: 'source-missing' });
  });
});
