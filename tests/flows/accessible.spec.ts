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

type View = (page: Page) => Promise<unknown>;

/** What a person may look at: each goes to where it is seen. */
const VIEWS: Record<string, View> = {
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
};

/** The other pages, looked at one after the other, as a person goes through them: each goes on from where the one before has left it. */
const PAGES: Record<string, View> = {
  'the camera’s place': async (page) => {
    await page.goto('./#/session');
    await expect(page.getByTestId('check-walk')).toBeVisible();
  },
  'the person': async (page) => {
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
    const visits = [visit(1), visit(2, { started: '2026-09-02T09:30:00+02:00' }), withCode(3, 'A-1')];
    await app.import(await exportedVisits(visits));
    await expect(app.visits).toHaveCount(3);
  },
  'a visit beside another': async (page) => {
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

for (const [name, go] of Object.entries(VIEWS)) test(name, ({ page }) => look(page, go));

test('every other page', async ({ page }) => {
  for (const [name, go] of Object.entries(PAGES)) await test.step(name, () => look(page, go));
});

async function look(page: Page, go: View): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  await go(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await complaints(page), colorScheme).toEqual([]);
  }
  expect(await controlsWithoutFocus(page)).toEqual([]);
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

/** Goes through the page with the tab key, once round; controls that don't show that they have the focus. */
async function controlsWithoutFocus(page: Page): Promise<string[]> {
  const round = await page.evaluateHandle(() => ({
    controls: new Set<Element>(),
    unseen: new Set<Element>(),
    last: null as Element | null,
    over: false,
  }));
  for (let presses = 0; presses < 200 && !(await round.evaluate(({ over }) => over)); presses++) {
    await page.keyboard.press('Tab');
    await round.evaluate((round) => {
      const element = document.activeElement;
      if (!element || element === document.body) return;
      // A date has several stops in one control.
      round.over = round.controls.has(element) && element !== round.last;
      round.controls.add(element);
      round.last = element;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      if (outlineStyle === 'none' || outlineWidth === '0px') round.unseen.add(element);
    });
  }
  const { over, count, lacking } = await round.evaluate(({ over, controls, unseen }) => ({
    over,
    count: controls.size,
    lacking: [...unseen].map(({ outerHTML }) => outerHTML.slice(0, 120)),
  }));
  await round.dispose();
  expect(over, 'the tab key has been all round').toBe(true);
  expect(count).toBeGreaterThan(5);
  return lacking;
}
