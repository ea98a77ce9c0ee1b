/**
 * How well decoding, pose, maps and network overlap: a clip is screened whole, then its poses are found alone and its keypoints
 * classified alone, all in one run of a real Chromium. At most 1.25 times the two added up is asked for; side by side it should be
 * less than 1.
 *
 * `npx tsx tests/bench/screening.ts [clip…]`, on a full-size network with random weights: its speed is the trained one's.
 */
import { chromium } from '@playwright/test';
import { SCONET_SKELETON } from '../../src/nets/architecture.ts';
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.ts';
import { mediaPath } from '../flows/media.ts';
import { serveHarness } from '../browser/harness/serve.ts';
import { makeTinyModel, modelTree } from '../tinyModel.ts';

const MOST = 1.25;
const clips =
  process.argv.length > 2 ? process.argv.slice(2) : ['sam2_juggle.mp4', 'juggle_approach.mp4', 'p2s_single_cam02.mp4'];

const model = await makeTinyModel({ architecture: SCONET_SKELETON, goldenFrames: 2, tolerance: 1e-2 });
const harness = await serveHarness({ models: modelTree({ full: model }) });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(harness.url);
  for (const clip of clips) {
    const path = mediaPath(clip);
    if (!path) {
      console.log(`${clip}: not on this machine (PLUMBLINE_MEDIA names another folder)`);
      continue;
    }
    await page.setInputFiles('#file', path);
    const measured = await page.evaluate(measure);
    const ratio = measured.totalMs / (measured.poseMs + measured.classifyMs);
    console.log(
      `${clip}: whole ${seconds(measured.totalMs)}, pose alone ${seconds(measured.poseMs)} (${measured.sampled} frames), ` +
        `network alone ${seconds(measured.classifyMs)} (${measured.usable} frames, ${measured.backend}), ` +
        `maps ${measured.mapMs.toFixed(2)} ms a frame; whole / both alone = ${ratio.toFixed(2)} (at most ${MOST})`,
    );
    if (ratio > MOST) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await harness.close();
}

/** Runs in the page: two rounds, of which the faster counts, because the first one also warms caches and compilers up. */
async function measure() {
  const file = document.querySelector<HTMLInputElement>('#file')!.files![0]!;
  const screener = new window.Screener({ base: document.baseURI, appVersion: 'bench' });
  let [totalMs, classifyMs, poseMs, mapMs] = [Infinity, Infinity, Infinity, Infinity];
  try {
    await screener.prepare();
    for (let round = 1; ; round++) {
      const whole = await screener.screen(file);
      const alone = await screener.screenSequence(whole);
      const pose = await window.poseAlone(file);
      totalMs = Math.min(totalMs, whole.timings.totalMs);
      classifyMs = Math.min(classifyMs, alone.timings.totalMs);
      poseMs = Math.min(poseMs, pose.ms);
      mapMs = Math.min(mapMs, alone.timings.mapsMs / Math.max(1, alone.counts.usable));
      const { counts, backend } = whole;
      if (round === 2)
        return { totalMs, classifyMs, poseMs, mapMs, ...counts, backend: `${backend.name}, ${backend.threads} threads` };
    }
  } finally {
    screener.dispose();
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
