/** `infer MODEL INPUT --out LOGITS.npy`: the logits of clips, from a model's folder or a bare checkpoint. */
import { parseArgs } from 'node:util';
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { ASYMMETRY_LENGTH } from '../../src/gait/asymmetry.ts';
import { CLASS_COUNT, CLASSES } from '../../src/gait/labels.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import { parseClassOrder } from '../../src/nets/import/presets.ts';
import { readArrayFile, writeArrayFile } from '../files/arrayFile.ts';
import { openModel, type OpenModel } from '../models/openModel.ts';
import { ProgressLine } from '../terminal/progressLine.ts';
import { positionals, required, type Command } from './command.ts';
import { readClips } from './networkInputFile.ts';
import { startNamedEngine } from './engineArgument.ts';

export const command: Command = {
  summary: 'classifies clips: logits for each part of the body',
  usage: 'MODEL INPUT.npy [--pav PAV.npy] [--backend cpu|wasm|webgpu|native] [--class-order a,b,c] --out LOGITS.npy',
  help: [
    "MODEL          a model's folder, or a checkpoint (.pt, .safetensors)",
    'INPUT          [clips, channels, frames, 64, 44] as OpenGait batches it, or one walk: [frames, channels, 64, 64] as `maps` writes it,',
    '               [frames, 64, 64] as `silhouettes` does; uint8 grey levels or floating point from 0 to 1',
    '--pav          normalised asymmetry vectors [8, 3] or [clips, 8, 3]; a DRF needs them',
    '--backend      which engine computes; the best of this machine where it is left out',
    "--class-order  the order of a bare checkpoint's classes; that of OpenGait's evaluator where it is left out",
    `--out          float32 [clips, 3, parts], classes in the order ${CLASSES.join(', ')}`,
  ],

  async run(args) {
    const { values, positionals: given } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        pav: { type: 'string' },
        backend: { type: 'string' },
        'class-order': { type: 'string' },
        out: { type: 'string' },
      },
    });
    const [modelPath, inputPath] = positionals(given, 'MODEL', 'INPUT');
    const out = required(values.out, 'out', 'name the .npy file to write');
    const order = values['class-order'];
    const model = await openModel(modelPath, order === undefined ? {} : { classOrder: parseClassOrder(order) });
    if (model.assumed) console.error(model.assumed);
    const clips = await readClips(inputPath, model.architecture);
    const vectors = await readVectors(values.pav, clips.length, model);
    const engine = await startNamedEngine(values.backend);
    const logits = await classify(model, clips, vectors);
    const { parts } = model.architecture;
    await writeArrayFile(out, { dtype: 'float32', shape: [clips.length, CLASS_COUNT, parts], data: logits });
    console.log(`Logits of ${clips.length === 1 ? 'one clip' : `${clips.length} clips`} written to ${out} (${engine.name}).`);
  },
};

async function classify(
  { architecture, parameters }: OpenModel,
  clips: readonly Float32Array[],
  vectors: (Float32Array | null)[],
): Promise<Float32Array> {
  const classifier = new ScoNetClassifier(architecture, parameters, 1);
  const length = CLASS_COUNT * architecture.parts;
  const logits = new Float32Array(clips.length * length);
  const progress = new ProgressLine(clips.length, 'clips');
  try {
    for (const [index, clip] of clips.entries()) {
      const walk = classifier.begin();
      walk.push(clip);
      logits.set(await walk.finish(vectors[index]), index * length);
      progress.done(index + 1);
    }
  } finally {
    progress.end();
    classifier.dispose();
  }
  return logits;
}

/** One vector for each clip; none for a network that has no use for them. */
async function readVectors(
  path: string | undefined,
  clips: number,
  { architecture }: OpenModel,
): Promise<(Float32Array | null)[]> {
  if (architecture.network !== 'drf') {
    if (path !== undefined)
      throw new Error('The network is a ScoNet, which has no use for an asymmetry vector: leave --pav out.');
    return Array.from({ length: clips }, () => null);
  }
  const file = required(
    path,
    'pav',
    'the network is a DRF, and needs the normalised asymmetry vector of each clip (`pav --manifest`)',
  );
  const array = await readArrayFile(file);
  const values = toFloat32(array);
  if (array.shape.slice(-2).join('×') !== '8×3' || ![ASYMMETRY_LENGTH, clips * ASYMMETRY_LENGTH].includes(values.length)) {
    throw new Error(`${file} has the shape [${array.shape.join(', ')}]; [8, 3] or [${clips}, 8, 3] is expected.`);
  }
  if (!values.every((value) => value >= -0.001 && value <= 1.001)) {
    throw new Error(`${file} holds values beyond 0 to 1: a network takes the normalised vector (\`pav --manifest\`).`);
  }
  return Array.from({ length: clips }, (_, clip) => {
    const at = values.length === ASYMMETRY_LENGTH ? 0 : clip * ASYMMETRY_LENGTH;
    return values.slice(at, at + ASYMMETRY_LENGTH);
  });
}
