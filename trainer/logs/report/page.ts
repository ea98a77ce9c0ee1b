/** The report on a run: one HTML file with everything in it, and no script, that any browser shows without asking anyone for anything. */
import type { KeptPicture } from '../mapPictures.ts';
import { bestBy } from './best.ts';
import { confusionTable } from './confusionTable.ts';
import { learningRateChart, lossChart, retainedTable, validationChart } from './curves.ts';
import { factsList } from './facts.ts';
import { html, trusted, type Html } from './html.ts';
import { percent, whole } from './numbers.ts';
import type { RunOnDisk } from './runOnDisk.ts';

/** Not even a picture or a font may be fetched. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** @param style the page's CSS */
export function reportPage(run: RunOnDisk, style: string): string {
  const { record, steps, evaluations, pictures } = run;
  const { name } = record.config;
  const page = html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${name}: training report</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header>
          ${MARK}
          <p>Plumbline training report</p>
        </header>
        <main>
          <h1>${name}</h1>
          ${
            record.data.simulated
              ? html`<p class="notice">
                  Trained on simulation only. Good for showing how the tool works; it says nothing about a person.
                </p>`
              : null
          }
          ${keyFigures(run)}
          <section aria-labelledby="course">
            <h2 id="course">How it went</h2>
            ${evaluations.length > 0 ? validationChart(steps, evaluations) : html`<p>There has been no evaluation yet.</p>`}
            ${lossChart(steps)} ${learningRateChart(steps)}
          </section>
          ${evaluations.length > 0 ? validationSection(run) : null} ${pictures.length > 0 ? examples(run) : null}
          <section aria-labelledby="facts">
            <h2 id="facts">What it was trained on and with</h2>
            ${factsList(run)}
            <details>
              <summary>The whole config</summary>
              <pre tabindex="0">${JSON.stringify(record.config, null, 2)}</pre>
            </details>
          </section>
        </main>
        <footer>
          <p>Investigational: a research tool, no medical device. No decision about a person may rest on it.</p>
        </footer>
      </body>
    </html>`;
  return `${page.source.trim()}\n`;
}

function keyFigures({ record, steps, evaluations }: RunOnDisk): Html {
  const done = steps.at(-1)!.iteration;
  const { iterations } = record.config;
  const tiles: [figure: string, name: string, more: string][] = [];
  if (evaluations.length > 0) {
    const f1 = bestBy('macro-f1', evaluations);
    const accuracy = bestBy('accuracy', evaluations);
    tiles.push(['macro F1', percent(f1.macroF1), `best of validation, after ${whole(f1.iteration)} iterations`]);
    tiles.push(['accuracy', percent(accuracy.accuracy), `best of validation, after ${whole(accuracy.iteration)} iterations`]);
  }
  tiles.push([
    'iterations',
    whole(done),
    done < iterations ? `of ${whole(iterations)}: not done yet` : 'all that were asked for',
  ]);
  return html`<dl class="tiles">
    ${tiles.map(
      ([name, figure, more]) =>
        html`<div>
          <dt>${name}</dt>
          <dd><strong>${figure}</strong> ${more}</dd>
        </div>`,
    )}
  </dl>`;
}

function validationSection({ evaluations }: RunOnDisk): Html {
  const best = bestBy('macro-f1', evaluations);
  const last = evaluations.at(-1)!;
  return html`<section aria-labelledby="validation">
    <h2 id="validation">On the validation clips</h2>
    <p>
      These clips chose the checkpoints, so their figures flatter: what a checkpoint is worth is for
      <code>evaluate --split test</code> to say. Shares are of the clips of a row.
    </p>
    <div class="pair">
      ${confusionTable(best, 'Best by macro F1')} ${last === best ? null : confusionTable(last, 'The last evaluation')}
    </div>
    <h3>Retained checkpoints</h3>
    ${retainedTable(evaluations)}
  </section>`;
}

function examples({ record, pictures }: RunOnDisk): Html {
  const channels =
    record.config.network.inChannels === 2
      ? 'Each frame as the network sees it: limbs above, joints below'
      : 'Each silhouette as the network sees it';
  return html`<section aria-labelledby="examples">
    <h2 id="examples">Examples</h2>
    <p>${channels}, 44 by 64 pixels.</p>
    ${pictures.map(
      (picture) =>
        html`<figure class="maps">
          <div class="scroll" tabindex="0" role="region" aria-label="${pictureName(picture)}">
            <img src="data:image/png;base64,${Buffer.from(picture.png).toString('base64')}" alt="${pictureName(picture)}" />
          </div>
          <figcaption>${pictureName(picture)}</figcaption>
        </figure>`,
    )}
  </section>`;
}

function pictureName({ iteration, title }: KeptPicture): string {
  const when = iteration === 0 ? 'before the first step' : `after ${whole(iteration)} iterations`;
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}, ${when}`;
}

/** A plumb line. */
const MARK = html`<svg class="mark-sign" viewBox="0 0 20 28" width="20" height="28" aria-hidden="true">
  <path d="M10 0V17" fill="none" stroke="currentColor" stroke-width="1.25" />
  <path d="M10 16.5c2.4 0 4 1.4 4 3.2 0 2.6-2.2 4.9-4 8.3-1.8-3.4-4-5.7-4-8.3 0-1.8 1.6-3.2 4-3.2Z" fill="currentColor" />
</svg>`;
