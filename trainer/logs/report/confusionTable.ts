/** Who was taken for what: a table whose cells are darker the larger their share of the row. */
import { CLASSES } from '../../../src/gait/labels.ts';
import type { EvaluationLine } from '../figures.ts';
import { html, type Html } from './html.ts';
import { percent, whole } from './numbers.ts';

export function confusionTable({ iteration, confusion, accuracy, macroF1 }: EvaluationLine, what: string): Html {
  return html`<table class="confusion">
    <caption>
      <strong>${what}</strong
      >, after ${whole(iteration)} iterations: accuracy ${percent(accuracy)}, macro F1 ${percent(macroF1)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${'truth \\ said'}</th>
        ${CLASSES.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${confusion.map((row, label) => {
        const clips = row.reduce((sum, count) => sum + count, 0);
        return html`<tr>
          <th scope="row">${CLASSES[label]!}<small>${whole(clips)} clips</small></th>
          ${row.map((count, said) => cell(count, clips, said === label))}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function cell(count: number, clips: number, right: boolean): Html {
  const share = clips > 0 ? count / clips : 0;
  return html`<td class="${right ? 'right' : 'wrong'}" style="--share:${share.toFixed(3)}">
    ${whole(count)}<small>${clips > 0 ? percent(share) : '–'}</small>
  </td>`;
}
