import type { OwnHoursFacts } from '../lib/fact-types.ts';
import { ask } from '../lib/facts.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import { owedVideoPath } from '../lib/learner.ts';
import { type RealTab, startRealTabs } from '../lib/real-tabs.ts';
import { desktop, type Stage, type Visitor } from '../lib/stage.ts';

const HIDDEN_MS = 12_000;
const line = (name: string): string => `document.querySelector('.study-strip')?.dataset.line === '${name}'`;
const counted = `document.querySelector('.study-strip .strip__number b').innerText.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)`;

/** Another tab in front, then a minimised window: neither clock nor picture moves, and the page says why. */
export const hiddenJourney: Journey = {
  name: 'hidden page, the clock stands still',
  limitMs: 120_000,
  walk: async (stage) => {
    const learner = await stage.visitor(desktop);
    await learner.comeBack('/', 'driver-sz');
    const path = await owedVideoPath(learner, stage, 45);
    const tabs = await startRealTabs(1100, 800);
    try {
      const lesson = await openLessonTab(stage, await tabs.open(`${stage.product.url}/sign-in`), path);
      const other = await tabs.open(`${stage.product.url}/api/health`);
      const front = await stayAway(lesson, 'another tab', () => other.bringToFront());
      await comeBack(lesson, () => lesson.bringToFront());
      const minimised = await stayAway(lesson, 'minimised', () => lesson.setWindow('minimized'));
      await comeBack(lesson, () => lesson.setWindow('normal'));
      await lesson.click('.stage__back');
      await checkLedger(learner, stage, [front, minimised]);
    } finally {
      await tabs.close();
    }
  },
};

async function openLessonTab(stage: Stage, tab: RealTab, path: string): Promise<RealTab> {
  const { url } = stage.product;
  const { accounts } = (await (await fetch(`${url}/api/demo`)).json()) as {
    accounts: { login: string; password: string }[];
  };
  const account = accounts.find((one) => one.login === 'driver-sz');
  expectThat(account !== undefined, 'no demo account driver-sz');
  await tab.until(`location.href.startsWith(${JSON.stringify(url)}) && document.readyState === 'complete'`);
  const body = JSON.stringify(JSON.stringify({ login: account.login, password: account.password }));
  await tab.run(`(async () => {
    const headers = { 'content-type': 'application/json' };
    const signedIn = await fetch('/api/auth/sign-in', { method: 'POST', headers, body: ${body} });
    if (!signedIn.ok) throw new Error(await signedIn.text());
  })()`);
  await tab.run(`void (location.href = ${JSON.stringify(path)})`);
  await tab.until(line('ready'));
  await tab.bringToFront();
  await tab.click('.panel__act button');
  await tab.until(line('counting'));
  await grow(tab, 3);
  return tab;
}

/** Waits until the counter on the page has grown. */
async function grow(tab: RealTab, seconds: number): Promise<void> {
  const before = await tab.run<number>(counted);
  await tab.until(`${counted} >= ${before + seconds}`, 20_000);
}

interface Absence {
  readonly how: string;
  readonly fromMs: number;
  readonly toMs: number;
}

async function stayAway(lesson: RealTab, how: string, hide: () => Promise<void>): Promise<Absence> {
  await hide();
  await lesson.until(`document.visibilityState === 'hidden'`, 5_000);
  await lesson.until(line('hidden'), 5_000);
  const fromMs = Date.now();
  const facts = `[document.querySelector('video').currentTime, ${counted}]`;
  const [before, after] = [
    await lesson.run<number[]>(facts),
    await pause(HIDDEN_MS).then(() => lesson.run<number[]>(facts)),
  ];
  expectThat(await lesson.run<boolean>('document.querySelector("video").paused'), `${how}: the picture runs on`);
  expectThat(after[0] === before[0], `${how}: the picture moved from ${before[0]} s to ${after[0]} s`);
  // A fraction of the last second may still be confirmed.
  const grown = (after[1] ?? 0) - (before[1] ?? 0);
  expectThat(grown === 0 || grown === 1, `${how}: the counter moved from ${before[1]} s to ${after[1]} s`);
  return { how, fromMs, toMs: Date.now() };
}

async function comeBack(lesson: RealTab, show: () => Promise<void>): Promise<void> {
  await show();
  await lesson.until(`document.visibilityState === 'visible'`, 5_000);
  await lesson.until(`document.querySelector('.study-strip').innerText.includes('您切换了页面')`, 5_000);
  const words = await lesson.run<string>(`document.querySelector('.panel').innerText`);
  expectThat(/您离开了.+这段不计时/.test(words), `the page does not say what the absence cost: ${words}`);
  await lesson.click('.panel__act button');
  await lesson.until(line('counting'));
  await grow(lesson, 3);
}

/** The server's own account: at most a second of each absence is credited, and the time before and after is. */
async function checkLedger(learner: Visitor, stage: Stage, absences: readonly Absence[]): Promise<void> {
  await pause(1_500);
  const { days } = await ask<OwnHoursFacts>(learner, stage.product, '/api/learning/hours?days=2');
  const session = days.flatMap((day) => day.sessions).sort((a, b) => b.openedAt.localeCompare(a.openedAt))[0];
  expectThat(session !== undefined && session.endedAt !== null, 'the session did not end by leaving');
  for (const { how, fromMs, toMs } of absences) {
    const overlaps = session.stretches
      .filter((one) => one.kind === 'credited')
      .map((one) => Math.min(toMs, Date.parse(one.to)) - Math.max(fromMs, Date.parse(one.from)));
    const credited = Math.max(0, ...overlaps);
    expectThat(credited <= 1_000, `${how}: ${credited} ms were credited while nobody could see the page`);
  }
  const playing = Date.parse(session.endedAt) - Date.parse(session.openedAt) - HIDDEN_MS * absences.length;
  expectThat(
    session.creditedSeconds >= 9 && session.creditedSeconds * 1000 <= playing,
    `${session.creditedSeconds} s were credited of at most ${playing} ms of playing`,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
