/** The model card, written from the manifest, so that the two can't disagree. */
import { CLASSES } from '../../src/gait/labels.ts';
import { networkName } from '../../src/nets/architecture.ts';
import type { ModelManifest, ModelMetrics } from '../../src/nets/manifest.ts';

type Figures = ModelMetrics['model'];
type Interval = Figures['accuracy'];

export function modelCard(manifest: ModelManifest): string {
  const sections = [
    opening(manifest),
    `## Limits\n\n${manifest.limits.map((limit) => `- ${limit}`).join('\n')}`,
    `## What it is\n\n${factsTable(manifest)}`,
    manifest.metrics ? measured(manifest.metrics, manifest.training.simulated) : UNMEASURED,
    ...operatingPoints(manifest),
    madeBy(manifest),
  ];
  return `${sections.join('\n\n')}\n`;
}

const UNMEASURED = '## How good it is\n\nNobody has measured that here.';

function opening({ name, id, licence, training, intendedUse }: ModelManifest): string {
  const warning = training.simulated
    ? 'Trained on simulation only. Good for showing how the tool works; it says nothing about a person.'
    : `Trained on: ${training.data}.`;
  return `# ${name}\n\n\`${id}\` · ${licence}\n\n**${warning}**\n\n${intendedUse}`;
}

function factsTable(manifest: ModelManifest): string {
  const { architecture, cadence, probability, weights, training } = manifest;
  const { widths, parts, embedding, inChannels } = architecture;
  const facts: [string, string][] = [
    [
      'Network',
      `${networkName(architecture)}: ResNet9 (${widths.join(', ')}), ${parts} parts, embeddings of ${embedding}, ${inChannels} input channels`,
    ],
    ['Input', `${inputSentence(manifest)}, ${cadence.framesPerSecond} frames a second, at most ${cadence.maxFrames}`],
    [
      'Output',
      `cosines, classes in the order ${manifest.classOrder.join(', ')}; probabilities by softmax at scale ${probability.scale.toFixed(2)}, ` +
        (probability.calibrated ? 'fitted on validation people' : 'the scale it was trained with: not calibrated'),
    ],
    ['Weights', `${weights.storage}, ${(weights.bytes / 1e6).toFixed(1)} MB, SHA-256 \`${weights.sha256}\``],
    ['Trained on', `${training.data}${training.split === null ? '' : `, split ${training.split}`}${trainedHow(manifest)}`],
  ];
  return `| | |\n|---|---|\n${facts.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}`;
}

function inputSentence({ input, asymmetryRange, architecture }: ModelManifest): string {
  const pav =
    architecture.network === 'drf' ? ` and the asymmetry vector, its range ${asymmetryRange ? 'known' : 'not known'}` : '';
  if (input.kind === 'silhouette') return `silhouettes, aligned as in OpenGait${pav}`;
  const { name, limbSigma, jointSigma, crop } = input.recipe;
  return `skeleton maps, recipe \`${name}\` (limb σ ${limbSigma}, joint σ ${jointSigma}, ${crop} crop)${pav}`;
}

function trainedHow({ origin }: ModelManifest): string {
  if (origin.kind === 'imported') return origin.iterations === null ? '' : `; ${origin.iterations} iterations`;
  const { people, clips, iterations, finished, engine, startedFrom, chosenBy } = origin;
  const walks = `${clips} clips of ${people === null ? 'an unknown number of' : people} people`;
  const start = startedFrom === undefined ? '' : `, starting from ${startedFrom}`;
  const choice = chosenBy === undefined ? '' : `; checkpoint chosen by ${chosenBy}`;
  return `: ${walks}, ${iterations} iterations on ${engine}${start}; finished ${finished}${choice}`;
}

function measured(metrics: ModelMetrics, simulated: boolean): string {
  return `## How good it is${simulated ? ' on simulated people' : ''}

Judged on ${metrics.set}; ${metrics.clips} walks. Intervals are 95 %, by bootstrap over people
(2,000 rounds) or Wilson.

| | accuracy | macro-F1 | macro precision | macro recall |
|---|---|---|---|---|
${figuresRow('this model', metrics.model)}
${metrics.pavBaseline ? `${figuresRow('posture alone (PAV, logistic regression)', metrics.pavBaseline)}\n` : ''}${figuresRow('always the most common class', metrics.majorityBaseline)}

Sensitivity for *positive* ${percent(metrics.sensitivity)}, specificity ${percent(metrics.specificity)}; calibration error
${metrics.calibrationError.toFixed(3)} (15 bins).

${confusionTable(metrics.model)}`;
}

/** Thresholds that were chosen for what they let through, beside the plain "most probable class". */
function operatingPoints({ probability: { operatingPoints = [] } }: ModelManifest): string[] {
  if (operatingPoints.length === 0) return [];
  const rows = operatingPoints.map(
    ({ asked, threshold, sensitivity, specificity, on }) =>
      `| at least ${(100 * asked).toFixed(0)} % | ${threshold.toFixed(3)} | ${percent(specificity)} | ${percent(sensitivity)} | ${on} |`,
  );
  return [
    `## Operating points

Who is called *positive* when the calibrated probability of it reaches the threshold; measured on the people it was chosen on, so a
little better than it will be on others.

| specificity asked | threshold | specificity | sensitivity | on |
|---|---|---|---|---|
${rows.join('\n')}`,
  ];
}

function madeBy({ id, origin }: ModelManifest): string {
  if (origin.kind === 'imported') {
    const preset = origin.preset === null ? '' : `, with the preset \`${origin.preset}\``;
    return `## Where it comes from

Imported on ${origin.imported} from \`${origin.file}\` (SHA-256 \`${origin.sha256}\`)${preset}.`;
  }
  const from = origin.startedFrom === undefined ? '' : ' --from CHECKPOINT';
  return `## How to make it again

\`\`\`sh
npm run -s plumbline -- train CONFIG.json --data DATA${from} --out RUN
npm run -s plumbline -- package RUN --out models/${id}
npm run -s plumbline -- calibrate models/${id} DATA
npm run -s plumbline -- evaluate models/${id} DATA --split test --into-card
\`\`\`

The configuration it was trained with:

\`\`\`json
${JSON.stringify(origin.config, null, 2)}
\`\`\``;
}

function figuresRow(name: string, { accuracy, macroF1, macroPrecision, macroRecall }: Figures): string {
  return `| ${name} | ${percent(accuracy)} | ${ratio(macroF1)} | ${macroPrecision.toFixed(3)} | ${macroRecall.toFixed(3)} |`;
}

function confusionTable({ confusion }: Figures): string {
  const head = `| truth \\ said | ${CLASSES.join(' | ')} |\n|---|${CLASSES.map(() => '---|').join('')}`;
  return [head, ...confusion.map((row, index) => `| ${CLASSES[index]} | ${row.join(' | ')} |`)].join('\n');
}

function percent({ value, low, high }: Interval): string {
  const show = (share: number) => (100 * share).toFixed(1);
  return `${show(value)} % (${show(low)} to ${show(high)})`;
}

function ratio({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
