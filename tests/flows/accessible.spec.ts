/**
 * Every page in both themes held against WCAG 2.2 A and AA by axe, as far as a program can tell; a name and a visible focus for every
 * control; nothing wider than the narrowest phone.
 */
import axe from 'axe-core';
import type { Page } from '@playwright/test';
import { visit, withCode } from '../unit/records/madeUpVisit.ts';
import { exportedVisits } from './exportedVisits.ts';
import { expect, test } from './ownOrigin.ts';
import { PlumblinePage } from './plumblinePage.ts';
import { RecordsPage } from './recordsPage.ts';

test.describe.configure({ timeout: 300_000 });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a person may look at: each goes to where it is seen. */
const VIEWS: Record<string, (page: Page) => Promise<unknown>> = {
  'the start, with the note on what this is': async (page) => {
    await new PlumblinePage(page).open();
    await expect(page.getByTestId('first-run')).toBeVisible();
  },
  'a result, with every fold open': async (page) => {
    const app = new PlumblinePage(page);
    await app.open();
    await app.chooseSample();
    await app.screened();
    await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
  },
  'the camera’s place': async (page) => {
    await page.goto('./#/session');
    await expect(page.getByTestId('check-walk')).toBeVisible();
  },
  'the person': async (page) => {
    await page.goto('./#/session');
    await page.getByRole('button', { name: 'Go on all the same' }).click();
    await page.getByRole('button', { name: 'To the walk' }).click();
    await expect(page.getByText('Write a code')).toBeVisible();
  },
  'no records': async (page) => {
    await new RecordsPage(page).open();
    await expect(page.getByTestId('empty')).toBeVisible();
  },
  'a list of records': async (page) => {
    const app = new RecordsPage(page);
    await app.open();
    await app.import(await exportedVisits([withCode(1, 'A-1'), visit(2)]));
    await expect(app.visits).toHaveCount(2);
  },
  'a visit beside another': async (page) => {
    const app = new RecordsPage(page);
    await app.open();
    await app.import(await exportedVisits([visit(1), visit(2, { started: '2026-09-02T09:30:00+02:00' })]));
    await page.getByRole('link', { name: /2 September 2026/ }).click();
    await expect(page.getByTestId('compare').getByRole('table')).toBeVisible();
  },
  models: async (page) => {
    await page.goto('./#/models');
    await expect(page.getByTestId('models').getByRole('heading', { level: 2 }).first()).toBeVisible();
  },
  settings: async (page) => {
    await page.goto('./#/settings');
    await expect(page.getByTestId('passphrase')).toBeVisible();
  },
  privacy: async (page) => {
    await page.goto('./#/privacy');
    await expect(page.getByTestId('storage')).toHaveText(/\S/);
  },
};

for (const [name, go] of Object.entries(VIEWS)) {
  test(name, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await go(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await complaints(page), colorScheme).toEqual([]);
    }
    expect(await controlsWithoutFocus(page)).toEqual([]);
  });
}

/** What axe finds, each with where it is. */
async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: tags });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    }));
  }, TAGS);
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`),
  );
}

/** Goes through the page with the tab key; controls that have no name, or don't show that they have the focus. */
async function controlsWithoutFocus(page: Page): Promise<string[]> {
  const lacking: string[] = [];
  const seen = new Set<string>();
  await page.locator('body').evaluate((body) => body.focus());
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const all = [...document.querySelectorAll('*')];
      return {
        key: String(all.indexOf(element)),
        html: element.outerHTML.slice(0, 120),
        shown: outlineStyle !== 'none' && outlineWidth !== '0px',
      };
    });
    if (!at) continue;
    if (seen.has(at.key)) break;
    seen.add(at.key);
    if (!at.shown) lacking.push(at.html);
  }
  expect(seen.size).toBeGreaterThan(5);
  return lacking;
}
