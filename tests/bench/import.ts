/**
 * How long a full-size checkpoint (28 MB) takes from the file to the store, in a real Chromium: each stage and all of it. 3 s is the aim.
 * The first round starts the worker and the engine, which in the app happens while the questions are answered; the second is warm.
 *
 * `npx tsx tests/bench/import.ts [checkpoint]`
 */
import { chromium } from '@playwright/test';
import { fixturePath } from '../fixtures.ts';
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.ts';
import { serveHarness } from '../browser/harness/serve.ts';

const AIM_MS = 3_000;
const FIXTURE = 'sconet-full-skeleton/ScoNet_skeleton_random-27000.pt';

const checkpoint = process.argv[2] ?? fixturePath(FIXTURE);
if (checkpoint) await bench(checkpoint);
else console.log(`${FIXTURE}: not on this machine`);

async function bench(path: string): Promise<void> {
  const harness = await serveHarness({ models: new Map() });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(harness.url);
    await page.setInputFiles('#file', path);
    for (const [round, { recogniseMs, stages, totalMs }] of Object.entries(await page.evaluate(measure))) {
      const parts = stages.map(({ stage, ms }) => `${stage} ${seconds(ms)}`).join(', ');
      console.log(
        `import, ${round}: recognised in ${seconds(recogniseMs)}; then ${parts}; in all ${seconds(totalMs)} (aim: ${seconds(AIM_MS)})`,
      );
    }
  } finally {
    await browser.close();
    await harness.close();
  }
}

/** Runs in the page: one importer for both rounds. */
async function measure() {
  const file = document.querySelector<HTMLInputElement>('#file')!.files![0]!;
  const importer = new window.Importer(document.baseURI);
  return { cold: await window.timeImport(file, importer), warm: await window.timeImport(file, importer) };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
