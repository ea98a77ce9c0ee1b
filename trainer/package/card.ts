/** The model card, written from the manifest, so that the two can't disagree. */
import { CLASSES } from '../../src/gait/labels.ts';
import type { ModelManifest } from '../../src/nets/manifest.ts';

type Figures = ModelManifest['metrics']['model'];
type Interval = Figures['accuracy'];

export function modelCard(manifest: ModelManifest): string {
  const { metrics, training, architecture, recipe, cadence } = manifest;
  const config = JSON.stringify(training.config, null, 2);
  return `# ${manifest.name}

\`${manifest.id}\` · ${manifest.licence}

**${manifest.training.simulated ? 'Trained on simulation only. Good for showing how the tool works; it says nothing about a person.' : manifest.training.data}**

${manifest.intendedUse}

## Limits

${manifest.limits.map((limit) => `- ${limit}`).join('\n')}

## What it is

| | |
|---|---|
| Network | ScoNet-MT-ske: ResNet9 (${architecture.widths.join(', ')}), ${architecture.parts} parts, embeddings of ${architecture.embedding}, ${architecture.inChannels} input channels |
| Input | skeleton maps, recipe \`${recipe.name}\` (limb σ ${recipe.limbSigma}, joint σ ${recipe.jointSigma}, ${recipe.crop} crop), ${cadence.framesPerSecond} frames a second, at most ${cadence.maxFrames} |
| Output | cosines, classes in the order ${manifest.classOrder.join(', ')}; probabilities by softmax at scale ${manifest.probability.scale.toFixed(2)}, fitted on validation people |
| Weights | ${manifest.weights.storage}, ${(manifest.weights.bytes / 1e6).toFixed(1)} MB, SHA-256 \`${manifest.weights.sha256}\` |
| Trained on | ${training.data}: ${training.people} people, one clip each, ${training.iterations} iterations; finished ${training.finished} |
| Engine | ${training.engine} |

## How good it is on simulated people

Judged on ${metrics.set}; ${metrics.clips} walks. Intervals are 95 %, by bootstrap over people
(2,000 rounds) or Wilson.

| | accuracy | macro-F1 | macro precision | macro recall |
|---|---|---|---|---|
${figuresRow('this model', metrics.model)}
${figuresRow('posture alone (PAV, logistic regression)', metrics.pavBaseline)}
${figuresRow('always the most common class', metrics.majorityBaseline)}

Sensitivity for *positive* ${percent(metrics.sensitivity)}, specificity ${percent(metrics.specificity)}; calibration error
${metrics.calibrationError.toFixed(3)} (15 bins).

${confusionTable(metrics.model)}

## How to make it again

\`\`\`sh
npm run -s plumbline -- train trainer/configs/${manifest.id}.json --out trainer/runs/${manifest.id}
npm run -s plumbline -- settle trainer/runs/${manifest.id}
npm run -s plumbline -- package trainer/runs/${manifest.id} --out models/${manifest.id}
\`\`\`

The configuration it was trained with:

\`\`\`json
${config}
\`\`\`
`;
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
