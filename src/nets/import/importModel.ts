/**
 * A checkpoint becomes a model that the app and the command line run: weights, a golden sample, and a manifest in which nothing is a
 * guess. What the file doesn't say is answered by whoever imports it, or by a preset; where an answer is missing the import is refused
 * and says what to give. It ends in a report of what was recognised, what was answered, and what became of every tensor.
 */
import { sha256Hex } from '../../formats/sha256.ts';
import { readWeightsFile } from '../../formats/weightsFile.ts';
import { writeSafetensors } from '../../formats/safetensors.ts';
import type { AsymmetryRange } from '../../gait/asymmetry.ts';
import { CLASSIFIER_RATE, MAX_FRAMES } from '../../gait/cadence.ts';
import { networkName } from '../architecture.ts';
import { ScoNetClassifier } from '../classifier.ts';
import { NetError } from '../errors.ts';
import { goldenFile, GOLDEN_FRAMES, GOLDEN_TOLERANCE, noiseSample } from '../goldenSample.ts';
import { GOLDEN_FILE, inputName, MANIFEST_FILE, parseManifest, WEIGHTS_FILE, type ModelManifest } from '../manifest.ts';
import { LOGIT_SCALE } from '../sconet.ts';
import { EVALUATOR_ORDER, requirePreset, type ImportPreset } from './presets.ts';
import { recogniseCheckpoint, type Recognition } from './recognise.ts';

/** Grey levels to 0…1, as every loader of the field does. */
const INPUT_DIVISOR = 255;

/** What whoever imports says of the checkpoint. An answer of its own stands above the preset's. */
export interface ImportAnswers {
  preset?: string;
  input?: ModelManifest['input'];
  classOrder?: ModelManifest['classOrder'];
  /** What a DRF's asymmetry vector is normalised by. */
  asymmetryRange?: AsymmetryRange;
  trainedOn?: string;
  split?: string;
}

export interface ImportRequest {
  bytes: Uint8Array;
  /** The file's name: shown, and what the model is called after. */
  file: string;
  /** The model's id; from the file's name and contents where left out. */
  id?: string;
  answers: ImportAnswers;
  /** Day of the import, YYYY-MM-DD. */
  today: string;
  onProgress?: (stage: ImportStage) => void;
}

export type ImportStage = 'reading' | 'recognising' | 'checking' | 'writing';

export interface ImportedModel {
  manifest: ModelManifest;
  /** Every file of the model's folder by name, the manifest last: written last, it makes the folder a model. */
  files: Map<string, Uint8Array>;
  report: ImportReport;
}

export interface ImportReport {
  /** Sentences: what the file itself says. */
  recognised: string[];
  /** What it doesn't say, with the answer and whose it is. */
  answered: { question: string; answer: string; by: string }[];
  /** Who answered the two questions that ruin a model when answered wrongly. */
  by: { input: Asker; classOrder: Asker };
  used: Recognition['used'];
  leftOver: Recognition['leftOver'];
}

/**
 * Imports a checkpoint. The golden logits are computed on tfjs's active backend, in float32.
 * Throws FormatError for a file that can't be read and {@link NetError} for one that is no network of ours; `import-incomplete` where an
 * answer is missing, saying which and what there is to choose from.
 */
export async function importModel(request: ImportRequest): Promise<ImportedModel> {
  const { bytes, file, onProgress } = request;
  onProgress?.('reading');
  const source = readWeightsFile(bytes);
  onProgress?.('recognising');
  const recognition = recogniseCheckpoint(source.tensors);
  const settled = settleAnswers(recognition, request.answers);
  onProgress?.('checking');
  const { architecture, parameters } = recognition;
  const sample = noiseSample(architecture);
  const logits = await logitsOf(recognition, sample);
  onProgress?.('writing');
  const weights = writeSafetensors(parameters);
  const golden = goldenFile(sample, logits, architecture);
  const digest = await sha256Hex(bytes);
  const manifest = parseManifest({
    schema: 2,
    id: request.id ?? idOf(file, digest),
    name: `${networkName(architecture)}, imported from ${file}`,
    architecture,
    input: settled.input,
    inputDivisor: INPUT_DIVISOR,
    classOrder: settled.classOrder,
    asymmetryRange: settled.asymmetryRange && {
      min: [...settled.asymmetryRange.min],
      max: [...settled.asymmetryRange.max],
    },
    cadence: { framesPerSecond: CLASSIFIER_RATE, maxFrames: MAX_FRAMES },
    probability: { scale: LOGIT_SCALE, calibrated: false },
    weights: { file: WEIGHTS_FILE, sha256: await sha256Hex(weights), bytes: weights.length, storage: 'float32' },
    golden: { file: GOLDEN_FILE, sha256: await sha256Hex(golden), frames: GOLDEN_FRAMES, tolerance: GOLDEN_TOLERANCE },
    training: { data: settled.trainedOn, simulated: false, split: settled.split },
    origin: {
      kind: 'imported',
      file,
      sha256: digest,
      imported: request.today,
      iterations: source.iterations,
      preset: settled.preset?.name ?? null,
      keyRenames: recognition.keyRenames,
    },
    metrics: null,
    intendedUse: 'Research use. Whoever imported it answers for where it comes from and what it may be used for.',
    limits: [
      'Nothing about this model was measured here: neither how good it is nor how sure it sounds.',
      ...(settled.split === null
        ? []
        : [`Trained on split ${settled.split}: judged on any other it may meet clips it has learned.`]),
    ],
    licence: 'not stated by the checkpoint',
  } satisfies ModelManifest);
  const files = new Map([
    [WEIGHTS_FILE, weights],
    [GOLDEN_FILE, golden],
    [MANIFEST_FILE, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)],
  ]);
  return { manifest, files, report: reportOn(source, recognition, settled, manifest) };
}

/** Who answers for what a checkpoint doesn't say. A silhouette has one alignment, OpenGait's: nobody is asked. */
export type Asker = 'you' | 'preset' | 'OpenGait';

interface Settled {
  preset: ImportPreset | null;
  input: ModelManifest['input'];
  classOrder: ModelManifest['classOrder'];
  asymmetryRange: AsymmetryRange | null;
  trainedOn: string;
  split: string | null;
  by: ImportReport['by'];
}

/** Answers and preset together; throws where they leave something open or contradict the checkpoint. */
function settleAnswers({ architecture }: Recognition, answers: ImportAnswers): Settled {
  const preset = answers.preset === undefined ? null : requirePreset(answers.preset, architecture);
  // A silhouette has one alignment, so there is nothing to ask.
  const silhouette = architecture.inChannels === 1 ? ({ kind: 'silhouette', alignment: 'opengait' } as const) : undefined;
  const input = answers.input ?? preset?.input ?? silhouette;
  const classOrder = answers.classOrder ?? preset?.classOrder;
  if (!input || !classOrder) throw incomplete({ input: !input, classOrder: !classOrder });
  if ((input.kind === 'silhouette') !== (architecture.inChannels === 1)) {
    const takes = architecture.inChannels === 1 ? 'silhouettes' : 'skeleton maps';
    throw new NetError(
      'import-incomplete',
      `The checkpoint takes ${takes}, by its first convolution: a ${input.kind} doesn't fit it.`,
    );
  }
  if (answers.asymmetryRange && architecture.network !== 'drf') {
    throw new NetError('import-incomplete', 'The checkpoint is a ScoNet, which has no use for an asymmetry range: leave it out.');
  }
  return {
    preset,
    input,
    classOrder,
    asymmetryRange: answers.asymmetryRange ?? null,
    trainedOn: answers.trainedOn ?? preset?.trainedOn ?? 'unknown data: the checkpoint does not say',
    split: answers.split ?? preset?.split ?? null,
    by: {
      input: answers.input ? 'you' : preset ? 'preset' : 'OpenGait',
      classOrder: answers.classOrder ? 'you' : 'preset',
    },
  };
}

function incomplete(missing: { input: boolean; classOrder: boolean }): NetError {
  const wanted = [
    ...(missing.input ? ['which map recipe it was trained on'] : []),
    ...(missing.classOrder ? [`in which order its classes come (OpenGait's evaluator: ${EVALUATOR_ORDER.join(',')})`] : []),
  ];
  return new NetError(
    'import-incomplete',
    `The checkpoint doesn't say ${wanted.join(', nor ')}, and a wrong guess would ruin it: say so, or choose a preset.`,
  );
}

async function logitsOf(
  { architecture, parameters }: Recognition,
  sample: ReturnType<typeof noiseSample>,
): Promise<Float32Array> {
  const classifier = new ScoNetClassifier(architecture, parameters, INPUT_DIVISOR, GOLDEN_FRAMES);
  try {
    const walk = classifier.begin();
    walk.push(sample.maps);
    return await walk.finish(sample.asymmetry);
  } finally {
    classifier.dispose();
  }
}

/** Letters, digits, dots and dashes of the file's name, and enough of its hash to keep two files of one name apart. */
function idOf(file: string, digest: string): string {
  const stem = file
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 60);
  return `${stem || 'model'}-${digest.slice(0, 8)}`.toLowerCase();
}

function reportOn(
  source: ReturnType<typeof readWeightsFile>,
  { architecture, keyRenames, used, leftOver }: Recognition,
  settled: Settled,
  manifest: ModelManifest,
): ImportReport {
  const { widths, embedding, parts, inChannels } = architecture;
  const attention =
    architecture.network === 'drf'
      ? `, with attention ${architecture.attention === 'before-fcs' ? 'before' : 'after'} the part FCs`
      : '';
  const said: Record<Asker, string> = {
    you: 'you',
    preset: `the preset ${settled.preset?.name ?? ''}`,
    OpenGait: 'OpenGait, which knows one alignment',
  };
  return {
    recognised: [
      `A ${source.format === 'pytorch' ? 'PyTorch checkpoint' : 'safetensors file'}${source.iterations === null ? '' : ` after ${source.iterations} iterations`}.`,
      `${networkName(architecture)}${attention}: ResNet9 (${widths.join(', ')}), ${parts} parts, embeddings of ${embedding}.`,
      `It takes ${inChannels === 1 ? 'silhouettes (1 channel)' : 'skeleton maps (2 channels)'}.`,
      ...Object.entries(keyRenames).map(
        ([from, to]) => `Names that begin with "${from}" ${to ? `became "${to}"` : 'lost that beginning'}.`,
      ),
    ],
    answered: [
      { question: 'What it is fed with', answer: inputName(manifest), by: said[settled.by.input] },
      { question: 'Order of its classes', answer: settled.classOrder.join(', '), by: said[settled.by.classOrder] },
      {
        question: 'Frames a second, and the most of one walk',
        answer: `${CLASSIFIER_RATE}, ${MAX_FRAMES}`,
        by: "OpenGait's evaluation and the data set",
      },
      ...(architecture.network === 'drf'
        ? [
            {
              question: 'Range of the asymmetry vector',
              answer: settled.asymmetryRange ? 'given' : 'not known: it runs on vectors normalised elsewhere, and not on a video',
              by: settled.asymmetryRange ? 'you' : 'nobody',
            },
          ]
        : []),
      { question: 'Trained on', answer: settled.trainedOn, by: settled.preset ? said.preset : 'you, or nobody' },
    ],
    by: settled.by,
    used,
    leftOver,
  };
}
