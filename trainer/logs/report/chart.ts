/**
 * A chart that needs no script: lines in an SVG that stretches to any width, and the words around it as text, which keeps its size on a
 * phone. Each line is named at its end, or below where there is no room; the figures behind it stand in a table.
 */
import { html, type Html } from './html.ts';
import type { Scale } from './scale.ts';

export interface Point {
  x: number;
  y: number;
}

/** How a line looks; each has a colour and, where two might be mistaken for each other, a pattern. */
export type Tone = 'first' | 'second' | 'third' | 'quiet' | 'rule';

export interface Series {
  /** What stands at its end. */
  label: string;
  tone: Tone;
  points: readonly Point[];
  /** How far the values spread around each point. */
  band?: readonly { x: number; low: number; high: number }[];
  /** Draws each point as a dot; one alone always is. */
  dots?: boolean;
}

export interface Chart {
  title: string;
  /** What it shows and how it came about, in a sentence or two. */
  caption: string;
  /** What is along the axes, with units. */
  xName: string;
  yName: string;
  x: Scale;
  y: Scale;
  tickText: { x(value: number): string; y(value: number): string };
  series: readonly Series[];
  /** One point that is worth a word. */
  mark?: Point & { label: string };
  low?: boolean;
  table: Html;
}

/** Units across and down; the SVG is stretched. */
const SIZE = 1000;
/** Share of the height that a label takes. */
const LABEL_HEIGHT = { high: 0.075, low: 0.13 };

export function chartFigure(chart: Chart): Html {
  const { title, caption, xName, yName, x, y, tickText, series, mark } = chart;
  const across = (value: number) => round(SIZE * x.place(value));
  const down = (value: number) => round(SIZE * (1 - y.place(value)));
  const widest = Math.max(...y.ticks.map((tick) => tickText.y(tick).length));
  const labels = spread(
    series.map(({ label, tone, points }) => ({ label, tone, top: 1 - y.place(points.at(-1)!.y) })),
    chart.low ? LABEL_HEIGHT.low : LABEL_HEIGHT.high,
  );
  return html`<figure class="chart${chart.low ? ' low' : ''}">
    <figcaption>
      <h3>${title}</h3>
      <p>${caption}</p>
    </figcaption>
    <p class="axis" aria-hidden="true">${yName}</p>
    <div class="plot" style="--ticks:${widest}ch">
      <div class="y-ticks" aria-hidden="true">
        ${y.ticks.map((tick) => html`<span style="top:${share(1 - y.place(tick))}">${tickText.y(tick)}</span>`)}
      </div>
      <div class="area">
        <svg viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none" role="img" aria-label="${spoken(chart)}">
          <path class="grid" d="${y.ticks.map((tick) => `M0 ${down(tick)}H${SIZE}`).join('')}" />
          ${series.map(({ tone, points, band, dots }) => [
            band ? html`<path class="band ${tone}" d="${outline(band, across, down)}" />` : null,
            html`<path class="line ${tone}" d="${path(points, across, down)}" />`,
            dots || points.length === 1
              ? html`<path class="dots ${tone}" d="${points.map((point) => dot(point, across, down)).join('')}" />`
              : null,
          ])}
          ${mark ? html`<path class="mark" d="${dot(mark, across, down)}" />` : null}
        </svg>
        ${mark ? markLabel(mark, x.place(mark.x), 1 - y.place(mark.y)) : null}
      </div>
      <div class="labels" aria-hidden="true">
        ${labels.map(({ label, tone, top }) => html`<span class="${tone}" style="top:${share(top)}">${sample(tone)}${label}</span>`)}
      </div>
      <div class="x-ticks" aria-hidden="true">
        ${x.ticks.map((tick) => html`<span style="left:${share(x.place(tick))}">${tickText.x(tick)}</span>`)}
      </div>
      <p class="axis x" aria-hidden="true">${xName}</p>
    </div>
    <details>
      <summary>The figures of “${title}” as a table</summary>
      ${chart.table}
    </details>
  </figure>`;
}

function markLabel({ label }: { label: string }, left: number, top: number): Html {
  const side = left > 0.6 ? 'before' : left < 0.15 ? 'after' : 'around';
  const height = top > 0.75 ? 'above' : 'below';
  return html`<span class="mark-label ${side} ${height}" style="left:${share(left)};top:${share(top)}" aria-hidden="true"
    >${label}</span
  >`;
}

/** How the line looks, for where there is no room beside its end. */
function sample(tone: Tone): Html {
  return html`<svg class="sample" viewBox="0 0 24 8" width="24" height="8"><path class="line ${tone}" d="M1 4H23" /></svg>`;
}

/** For those who can't see it: what is drawn, and where each line ends. */
function spoken({ title, xName, yName, series, mark }: Chart): string {
  const ends = series.map(({ label }) => label).join('; ');
  return `${title}: ${yName} against ${xName}. At the end: ${ends}.${mark ? ` ${mark.label}.` : ''}`;
}

function path(points: readonly Point[], across: (x: number) => number, down: (y: number) => number): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${across(x)} ${down(y)}`).join('');
}

function outline(band: NonNullable<Series['band']>, across: (x: number) => number, down: (y: number) => number): string {
  const upper = band.map(({ x, high }) => ({ x, y: high }));
  const lower = band.map(({ x, low }) => ({ x, y: low })).reverse();
  return `${path([...upper, ...lower], across, down)}Z`;
}

/** A line without length: its round ends make a dot that isn't stretched. */
function dot({ x, y }: Point, across: (x: number) => number, down: (y: number) => number): string {
  return `M${across(x)} ${down(y)}h0`;
}

/** Moves labels apart that would lie on each other, from where they belong, and keeps them inside. */
function spread<Label extends { top: number }>(labels: readonly Label[], height: number): Label[] {
  const sorted = [...labels].sort((one, other) => one.top - other.top);
  let least = 0;
  const lowered = sorted.map((label) => {
    const top = Math.max(label.top, least);
    least = top + height;
    return { ...label, top };
  });
  let most = 1;
  const raised = lowered.reverse().map((label) => {
    const top = Math.min(label.top, most);
    most = top - height;
    return { ...label, top };
  });
  return raised.reverse();
}

function share(value: number): string {
  return `${round(100 * value)}%`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
