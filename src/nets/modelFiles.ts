/**
 * Loads a model: its manifest, its weights and its golden sample. Where the files come from is the caller's affair (a URL, a
 * folder, a dropped file); that they are the very files the manifest speaks of is checked here, by size and SHA-256.
 */
import * as v from 'valibot';
import { toFloat32, type NdArray } from '../formats/ndarray.ts';
import { readSafetensors } from '../formats/safetensors.ts';
import { sha256Hex } from '../formats/sha256.ts';
import { CLASSES } from '../gait/labels.ts';
import { NetError } from './errors.ts';
import { MANIFEST_FILE, parseManifest, type ModelManifest } from './manifest.ts';
import { checkParameters, NECK_FCS, type Parameters } from './parameters.ts';
import { checkGolden, type GoldenSample } from './selfTest.ts';

/**
 * Reads one file of a model, whole; throws when it is longer than `limit` bytes. `onBytes` is told how much has come so far.
 */
export type FileLoader = (file: string, limit: number, onBytes?: (bytes: number) => void) => Promise<Uint8Array>;

export interface Model {
  manifest: ModelManifest;
  /** float32, logits in the order negative, neutral, positive. */
  parameters: Parameters;
  /** Logits in the order negative, neutral, positive. */
  golden: GoldenSample;
}

export interface LoadOptions {
  /** Told the share of the files that has arrived, 0..1. */
  onProgress?: (share: number) => void;
}

const MANIFEST_LIMIT = 1 << 20;
const GOLDEN_LIMIT = 16 << 20;
/** Ten times the full-size network in float32. */
const WEIGHTS_LIMIT = 280 << 20;
const INDEX_LIMIT = 64 << 10;

const modelIndexSchema = v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w.-]+$/))), v.minLength(1));

/** Loads files by fetch from below a base URL that ends in a slash. */
export function urlLoader(base: string): FileLoader {
  return async (file, limit, onBytes) => {
    const response = await fetch(new URL(file, base));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return readBounded(response, limit, onBytes);
  };
}

/** Lists the ids of the models there are, the default first, from `index.json`. */
export async function loadModelIndex(load: FileLoader): Promise<string[]> {
  const index = v.safeParse(modelIndexSchema, parseJson(await loadFile(load, 'index.json', INDEX_LIMIT), 'index.json'));
  if (!index.success) throw new NetError('manifest-invalid', 'The list of models (index.json) is not a list of names.');
  return index.output;
}

/** Loads and checks `model.json` alone. Throws {@link NetError} `manifest-invalid`. */
export async function loadManifest(load: FileLoader): Promise<ModelManifest> {
  return parseManifest(parseJson(await loadFile(load, MANIFEST_FILE, MANIFEST_LIMIT), MANIFEST_FILE));
}

/**
 * Loads a model whole. Throws {@link NetError}: `manifest-invalid`, `weights-damaged` where a file is missing, has another size or
 * checksum, or can't be read, `weights-mismatch` where it is sound and belongs to another network.
 */
export async function loadModel(load: FileLoader, options: LoadOptions = {}): Promise<Model> {
  const manifest = await loadManifest(load);
  const { weights, golden } = manifest;
  if (weights.bytes > WEIGHTS_LIMIT) {
    throw new NetError('manifest-invalid', `The model's weights are said to have ${weights.bytes} bytes: that is no ScoNet.`);
  }
  const onBytes = (bytes: number) => options.onProgress?.(Math.min(1, bytes / weights.bytes));
  const weightBytes = await loadFile(load, weights.file, weights.bytes, onBytes);
  if (weightBytes.length !== weights.bytes) {
    const sizes = `${weightBytes.length} bytes long instead of ${weights.bytes}`;
    throw new NetError('weights-damaged', `${weights.file} is ${sizes}: load the model again.`);
  }
  await checkDigest(weightBytes, weights.sha256, weights.file);
  const goldenBytes = await loadFile(load, golden.file, GOLDEN_LIMIT);
  await checkDigest(goldenBytes, golden.sha256, golden.file);
  const parameters = readParameters(weightBytes, manifest);
  checkParameters(parameters, manifest.architecture);
  return { manifest, parameters, golden: readGolden(goldenBytes, manifest) };
}

/** Weights come as float16 or float32 and leave as float32, with the classes in our order. */
function readParameters(bytes: Uint8Array, manifest: ModelManifest): Parameters {
  const parameters: Parameters = new Map();
  for (const [name, array] of readTensors(bytes, manifest.weights.file)) {
    parameters.set(name, { shape: array.shape, dtype: 'float32', data: toFloat32(array) });
  }
  return inOurOrder(parameters, manifest.classOrder);
}

/** The parameters with the classes, which the weights have in `order`, as negative, neutral, positive. */
export function inOurOrder(parameters: Parameters, order: ModelManifest['classOrder']): Parameters {
  const necks = parameters.get(NECK_FCS);
  return necks ? new Map(parameters).set(NECK_FCS, permuteClasses(necks, order)) : parameters;
}

function readGolden(bytes: Uint8Array, manifest: ModelManifest): GoldenSample {
  const tensors = readTensors(bytes, manifest.golden.file);
  const maps = tensors.get('maps');
  const logits = tensors.get('logits');
  if (!(maps?.data instanceof Uint8Array) || !logits) {
    throw new NetError('weights-damaged', `${manifest.golden.file} holds no maps with their logits: load the model again.`);
  }
  const ours = CLASSES.flatMap((name) => {
    const row = manifest.classOrder.indexOf(name);
    const { parts } = manifest.architecture;
    return [...toFloat32(logits).subarray(row * parts, (row + 1) * parts)];
  });
  const asymmetry = tensors.get('asymmetry');
  const golden = {
    maps: maps.data,
    asymmetry: asymmetry ? toFloat32(asymmetry) : null,
    logits: Float32Array.from(ours),
  };
  checkGolden(golden, manifest.architecture);
  return golden;
}

/** Puts the last axis, the classes, from the file's order into ours. */
function permuteClasses(array: NdArray, order: ModelManifest['classOrder']): NdArray {
  const from = CLASSES.map((name) => order.indexOf(name));
  const data = toFloat32(array);
  const permuted = data.map((_, at) => {
    const place = at % CLASSES.length;
    return data[at - place + (from[place] ?? 0)] ?? NaN;
  });
  return { shape: array.shape, dtype: 'float32', data: permuted };
}

function readTensors(bytes: Uint8Array, file: string): Map<string, NdArray> {
  try {
    return readSafetensors(bytes).tensors;
  } catch (error) {
    throw new NetError('weights-damaged', `${file} can't be read: ${messageOf(error)}`, { cause: error });
  }
}

async function checkDigest(bytes: Uint8Array, expected: string, file: string): Promise<void> {
  // Missing on a page that came over plain http: browsers keep it for secure origins.
  if (!('subtle' in crypto)) {
    throw new NetError('weights-damaged', `${file} can't be checked here: open this page over https or from localhost.`);
  }
  const hex = await sha256Hex(bytes);
  if (hex !== expected) {
    throw new NetError(
      'weights-damaged',
      `${file} is not the file the manifest speaks of (SHA-256 differs): load the model again.`,
    );
  }
}

/** The manifest decides the error: without it there is no model, without the rest there is a broken one. */
async function loadFile(load: FileLoader, file: string, limit: number, onBytes?: (bytes: number) => void): Promise<Uint8Array> {
  try {
    return await load(file, limit, onBytes);
  } catch (error) {
    const code = file.endsWith('.json') ? 'manifest-invalid' : 'weights-damaged';
    throw new NetError(code, `The model's ${file} couldn't be loaded: ${messageOf(error)}`, { cause: error });
  }
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new NetError('manifest-invalid', `The model's ${file} is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** Reads a body and stops as soon as it is longer than it may be, whatever the headers said. */
async function readBounded(response: Response, limit: number, onBytes?: (bytes: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new Error(`it is longer than ${limit} bytes`);
    }
    chunks.push(value);
    onBytes?.(length);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
