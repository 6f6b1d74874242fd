import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from './chromium.ts';
import { expectThat } from './journey.ts';
import { freePort } from './product.ts';
import { phone, type Stage } from './stage.ts';

/** What Lighthouse says about one visit. */
export interface Visit {
  /** Performance, 0..1. */
  readonly score: number;
  /** Compressed script and style of the first screen. */
  readonly bytes: number;
  readonly facts: string;
  /** How quick the machine was, in Lighthouse's own unit. */
  readonly machineSpeed: number;
}

/** A phone four times slower than the desktop computers that Lighthouse's authors had in mind (speed 1500) is the phone that is meant. */
const PHONE_SPEED = 1500 / 4;
/** Never slowed down more than Lighthouse does by itself. */
const MOST_SLOWDOWN = 4;

/**
 * Visits the learner's home as a cheap phone on a slow line. A first visit, not counted, starts the browser and tells how quick
 * the machine is: a slow machine slowed down four times would be a phone that nobody has.
 * @param times visits at most
 * @param isEnough ends the visits before that
 */
export async function visitLearnerHome(
  stage: Stage,
  times: number,
  isEnough: (visit: Visit) => boolean = () => false,
): Promise<Visit[]> {
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
    const visit = (slowdown: number) =>
      measure(`${stage.product.url}/`, port, `antu_session=${session.value}`, slowdown);
    const { machineSpeed } = await visit(MOST_SLOWDOWN);
    const slowdown = Math.min(MOST_SLOWDOWN, Math.max(1, machineSpeed / PHONE_SPEED));
    const visits: Visit[] = [];
    while (visits.length < times) {
      const seen = await visit(slowdown);
      visits.push(seen);
      if (isEnough(seen)) break;
    }
    return visits;
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function measure(url: string, port: number, cookie: string, cpuSlowdownMultiplier: number): Promise<Visit> {
  const result = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['performance'],
    extraHeaders: { Cookie: cookie },
    throttling: { cpuSlowdownMultiplier },
  });
  expectThat(result !== undefined, 'lighthouse gave no answer');
  const { audits, categories, environment, finalDisplayedUrl } = result.lhr;
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
  const machineSpeed = environment.benchmarkIndex;
  return {
    score: categories['performance']?.score ?? 0,
    bytes,
    facts: `${facts}, machine speed ${machineSpeed}, slowed ${cpuSlowdownMultiplier.toFixed(1)} times`,
    machineSpeed,
  };
}
