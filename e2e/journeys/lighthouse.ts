import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from '../lib/chromium.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import { freePort } from '../lib/product.ts';
import { phone } from '../lib/stage.ts';

const LEAST_SCORE = 0.9;
const MOST_BYTES = 200 * 1024;
const RUNS = 3;

/** The learner's home as a cheap phone on a slow line gets it. The machine is noisy, so the middle of three counts. */
export const lighthouseJourney: Journey = {
  name: 'lighthouse of the home on a phone',
  limitMs: 200_000,
  walk: async (stage) => {
    const learner = await stage.visitor(phone);
    await learner.comeBack('/', 'driver');
    const session = (await learner.context.cookies()).find((one) => one.name === 'antu_session');
    expectThat(session !== undefined, 'no session to show the home with');
    await learner.context.close();

    const port = await freePort();
    const profile = mkdtempSync(join(tmpdir(), 'antu-lighthouse-'));
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium(),
      args: [...chromiumArguments, `--remote-debugging-port=${port}`],
    });
    try {
      // The first visit of a fresh browser measures the browser's own start as well.
      await measure(`${stage.product.url}/`, port, `antu_session=${session.value}`);
      const runs: { score: number; bytes: number; facts: string }[] = [];
      while (runs.length < RUNS && !isSettled(runs.map((run) => run.score))) {
        runs.push(await measure(`${stage.product.url}/`, port, `antu_session=${session.value}`));
      }
      const scores = runs.map((run) => run.score).sort((a, b) => a - b);
      const median = scores[Math.floor(scores.length / 2)] ?? 0;
      const bytes = Math.max(...runs.map((run) => run.bytes));
      console.log(`        performance ${scores.join(', ')}; script and style ${(bytes / 1024).toFixed(0)} KiB`);
      expectThat(median >= LEAST_SCORE, `performance is ${scores.join(', ')}: ${runs[0]?.facts}`);
      expectThat(bytes > 10_000 && bytes < MOST_BYTES, `the first screen needs ${bytes} bytes of script and style`);
    } finally {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    }
  },
};

/** Two of three already say the same. */
function isSettled(scores: readonly number[]): boolean {
  return scores.filter((score) => score >= LEAST_SCORE).length >= 2;
}

async function measure(
  url: string,
  port: number,
  cookie: string,
): Promise<{ score: number; bytes: number; facts: string }> {
  const result = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['performance'],
    extraHeaders: { Cookie: cookie },
  });
  expectThat(result !== undefined, 'lighthouse gave no answer');
  const { audits, categories, finalDisplayedUrl } = result.lhr;
  expectThat(!finalDisplayedUrl.includes('sign-in'), 'lighthouse saw the sign-in page instead of the home');
  const details = audits['network-requests']?.details;
  expectThat(details?.type === 'table', 'lighthouse did not list the requests');
  const items = details.items as { resourceType?: string; transferSize?: number }[];
  const bytes = items
    .filter((one) => one.resourceType === 'Script' || one.resourceType === 'Stylesheet')
    .reduce((sum, one) => sum + (one.transferSize ?? 0), 0);
  const facts = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
    .map((name) => `${name} ${audits[name]?.displayValue}`)
    .join(', ');
  return { score: categories['performance']?.score ?? 0, bytes, facts };
}
