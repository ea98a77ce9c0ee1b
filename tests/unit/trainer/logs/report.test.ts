import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { RECIPES } from '../../../../src/gait/recipes.ts';
import { command } from '../../../../trainer/commands/report.ts';
import type { StepLine } from '../../../../trainer/logs/figures.ts';
import { bestBy, majorityShare } from '../../../../trainer/logs/report/best.ts';
import { binSteps } from '../../../../trainer/logs/report/bins.ts';
import { html } from '../../../../trainer/logs/report/html.ts';
import { rate } from '../../../../trainer/logs/report/numbers.ts';
import { fittedScale, linearScale, logScale } from '../../../../trainer/logs/report/scale.ts';
import { RunLog } from '../../../../trainer/logs/runLog.ts';
import { parseConfig, type ConfigInput } from '../../../../trainer/train/config.ts';
import { writeRunRecord } from '../../../../trainer/train/runRecord.ts';
import { evaluationFigures, newFolder, OPTIONS, stepFigures, takeSteps } from './demoRun.ts';

async function newRun(config: Partial<ConfigInput> = {}): Promise<string> {
  const folder = await newFolder();
  const recipe = RECIPES['sigma15_joint8-bodyonly']!;
  await writeRunRecord(folder, {
    schema: 1,
    config: parseConfig({ name: 'A <small> & short run', iterations: 40, ...config }),
    data: {
      root: '/somewhere',
      partition: 'partition',
      description: 'simulated walks, seed 13',
      simulated: true,
      recipe,
      trainClips: 1200,
      trainPeople: 1100,
      validation: ['1', '2', '3'],
      validationFrom: 'partition',
      trainDigest: '',
    },
    asymmetryRange: null,
    classWeights: null,
    warmStart: null,
    engine: 'some engine',
  });
  return folder;
}

async function report(folder: string): Promise<string> {
  const out = join(folder, 'page.html');
  const said = vi.spyOn(console, 'log').mockReturnValue(undefined);
  await command.run([folder, '--out', out]);
  expect(said).toHaveBeenCalledWith(expect.stringContaining(out));
  said.mockRestore();
  return readFile(out, 'utf8');
}

async function wholeReport(): Promise<string> {
  const folder = await newRun();
  const log = await RunLog.open(folder, OPTIONS);
  await log.maps(0, 'first batch', new Uint8Array(2 * 64 * 44), 2);
  await takeSteps(log, 0, 40);
  await log.close();
  return report(folder);
}

/** What a reader sees: tags left out, and every kind of space a plain one. */
function textOf(page: string): string {
  return page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '); // prettier-ignore
}

/** Throws where a tag isn't closed, or not in its turn. */
function checkTags(page: string): void {
  const open: string[] = [];
  for (const [, closing, name, rest] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (closing === '/') expect(`</${open.pop()}>`).toBe(`</${name}>`);
    else if (!rest!.endsWith('/')) open.push(name!);
  }
  expect(open).toEqual([]);
}

describe('the report', () => {
  it('asks nobody for anything, and runs nothing', async () => {
    const page = await wholeReport();
    expect(page).toContain('content="default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;"');
    expect(page).not.toMatch(/<script|<link|<iframe|javascript:|\son[a-z]+="|https?:|url\(|@import/i);
    expect([...page.matchAll(/(?:src|href)="([^"]{0,22})/g)].map(([, source]) => source)).toEqual(['data:image/png;base64,']);
  });

  it('is well-formed HTML, in both themes, for any width', async () => {
    const page = await wholeReport();
    checkTags(page);
    expect(page).toContain('<!doctype html>');
    expect(page).toContain('<html lang="en-GB">');
    expect(page).toContain('width=device-width');
    expect(page).toContain('color-scheme: light dark');
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it('says what the run is of, whatever it is called', async () => {
    const page = await wholeReport();
    expect(page).toContain('<title>A &#60;small&#62; &#38; short run: training report</title>');
    expect(page).toContain('Trained on simulation only.');
    const text = textOf(page);
    expect(text).toContain('Trained on 1,200 clips, 1,100 people');
    expect(text).toContain('Checkpoints chosen by 3 clips of the validation people of the partition');
    expect(text).toContain('skeleton maps, recipe sigma15_joint8-bodyonly');
    expect(text).toContain('0.50 s a step, 10.0 % of it waiting for data; 20 s of steps in all');
    expect(text).toContain('&#34;iterations&#34;: 40');
  });

  it('names every chart, its axes and the end of each line, in words too', async () => {
    const page = await wholeReport();
    const charts = [...page.matchAll(/<svg[^>]*role="img"[^>]*aria-label="([^"]*)"/g)].map(([, label]) => label!);
    expect(charts).toHaveLength(3);
    expect(charts[0]).toBe(
      'Validation: accuracy and macro F1, % against iterations. At the end: training batches 78.0\u00a0%; most common class 42.9\u00a0%; ' +
        'accuracy 50.0\u00a0%; macro F1 62.5\u00a0%. best macro F1 62.5\u00a0%, after 40.',
    );
    const last = stepFigures(39).loss;
    expect(charts[1]).toContain(
      `total ${last.toFixed(3)}; cross-entropy ${(last / 2).toFixed(3)}; triplet ${(last / 2).toFixed(3)}`,
    );
    expect(charts[2]).toMatch(/At the end: at the end 0\.01\.$/);
    expect(page.match(/<summary>The figures of/g)).toHaveLength(3);
  });

  it('has the figures of every evaluation in a table', async () => {
    const text = textOf(await wholeReport());
    for (const iteration of [10, 20, 30, 40]) {
      const share = ((100 * iteration) / 64).toFixed(1);
      expect(text).toContain(`${iteration} 50.0 % 25.0 % 75.0 % ${share} % ${39 + iteration}`);
    }
    expect(text).toContain('from iteration learning rate 1 0.1 21 0.01 40 0.01');
    // Rows add up to what was counted: of 43 negatives 40 were called negative.
    expect(text).toContain('negative 43 clips 40 93.0 % 2 4.7 % 1 2.3 %');
  });

  it('can be made of a run that has only begun, or never looked at validation clips', async () => {
    const folder = await newRun();
    const log = await RunLog.open(folder, OPTIONS);
    await log.step(stepFigures(0));
    const page = await report(folder);
    checkTags(page);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(textOf(page)).toContain('1 of 40: not done yet');
    expect(textOf(page)).toContain('There has been no evaluation yet.');
    await log.evaluation(evaluationFigures(1));
    const later = await report(folder);
    checkTags(later);
    expect(later).not.toMatch(/NaN|undefined|Infinity/);
    await log.close();
  });

  it('lies in the run where nothing else is said', async () => {
    const folder = await newRun({
      sampler: { kind: 'class-balanced' },
      optimiser: { kind: 'adamw' },
      schedule: { kind: 'cosine' },
    });
    const log = await RunLog.open(folder, OPTIONS);
    await takeSteps(log, 0, 40);
    await log.close();
    const said = vi.spyOn(console, 'log').mockReturnValue(undefined);
    await command.run([folder]);
    said.mockRestore();
    const text = textOf(await readFile(join(folder, 'report.html'), 'utf8'));
    expect(text).toContain('22 clips of each class; 30 frames, unordered');
    expect(text).toContain('AdamW, β 0.9 and 0.999, weight decay 0.01; rate 0.0003, cosine to 10⁻⁵; 40 iterations');
  });

  it('is refused where there is no run, or nothing in it', async () => {
    const empty = await newFolder();
    await expect(command.run([empty])).rejects.toThrow(`${empty} is no run: it has no run.json.`);
    const unbegun = await newRun();
    await writeFile(join(unbegun, 'log.jsonl'), '');
    await expect(command.run([unbegun])).rejects.toThrow('has no step yet: there is nothing to report on.');
  });
});

describe('an axis', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it('has the values between its ends, and ticks in ascending order that are round', () => {
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 1, max: 8 }), (one, other, count) => {
        const [least, most] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(most - least > 1e-6 || most === least);
        const { ticks, place } = linearScale(least, most, count);
        expect(place(least)).toBeGreaterThanOrEqual(-1e-6);
        expect(place(most)).toBeLessThanOrEqual(1 + 1e-6);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(count + 2);
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
        expect(place(ticks[0]!)).toBeCloseTo(0, 6);
        expect(place(ticks.at(-1)!)).toBeCloseTo(1, 6);
      }),
      // A value so small that a share of it is 0.
      { examples: [[5e-324, 5e-324, 3]] },
    );
  });

  it('has the ticks one would expect', () => {
    expect(linearScale(0, 1.43, 5).ticks).toEqual([0, 0.5, 1, 1.5]);
    expect(linearScale(0, 0.3, 3).ticks).toEqual([0, 0.1, 0.2, 0.3]);
    expect(fittedScale(0, 20_000, 5).ticks).toEqual([0, 5000, 10_000, 15_000, 20_000]);
    expect(fittedScale(0, 17, 5).ticks).toEqual([0, 5, 10, 15]);
    expect(logScale(1e-4, 0.1).ticks).toEqual([0.0001, 0.001, 0.01, 0.1]);
    expect(logScale(1e-4, 0.1).place(0.01)).toBeCloseTo(2 / 3, 12);
    expect(logScale(0.1, 0.1).ticks).toHaveLength(2);
  });
});

describe('what the report counts', () => {
  const step = (iteration: number, loss: number) => ({ ...stepFigures(iteration), iteration, loss, time: 0 }) satisfies StepLine;

  it('puts steps together without losing one', () => {
    const steps = Array.from({ length: 25 }, (_, index) => step(index + 1, index));
    const bins = binSteps(steps, ({ loss }) => loss, 3);
    expect(bins).toEqual([
      { iteration: 9, mean: 4, low: 1, high: 7 },
      { iteration: 18, mean: 13, low: 10, high: 16 },
      { iteration: 25, mean: 21, low: 19, high: 23 },
    ]);
    expect(binSteps(steps, ({ loss }) => loss, 100)).toHaveLength(25);
  });

  it('takes the earlier of two equal evaluations, as checkpoints are retained', () => {
    const lines = [10, 20, 30].map((iteration) => ({
      ...evaluationFigures(iteration),
      time: 0,
      macroF1: iteration === 10 ? 0.2 : 0.6,
    }));
    expect(bestBy('macro-f1', lines).iteration).toBe(20);
    expect(bestBy('accuracy', lines).iteration).toBe(10);
    expect(majorityShare([[3, 1, 0], [2, 2, 2], [0, 0, 0]])).toBe(0.6); // prettier-ignore
  });

  it('writes rates as people do', () => {
    expect([0, 0.1, 0.0003, 1e-4, 3e-5, 1e-6].map(rate)).toEqual(['0', '0.1', '0.0003', '0.0001', '3 × 10⁻⁵', '10⁻⁶']);
  });

  it('escapes what is put into HTML, but not HTML', () => {
    const name = `<b class="x">'&`;
    expect(html`<p title="${name}">${[html`<i>${name}</i>`, null, 3]}</p>`.source).toBe(
      '<p title="&#60;b class=&#34;x&#34;&#62;&#39;&#38;"><i>&#60;b class=&#34;x&#34;&#62;&#39;&#38;</i>3</p>',
    );
  });
});
