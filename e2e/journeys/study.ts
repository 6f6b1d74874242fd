import { spawnSync } from 'node:child_process';
import { openStudySession } from '@antu/contract';
import type { Locator, Page } from 'playwright-core';
import type { LearningCourseFacts, OwnHoursFacts, ProofFacts } from '../lib/fact-types.ts';
import { ask, firstObligation } from '../lib/facts.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import { findSession, leaveAndReadSession, sessionOpened, startPlaying } from '../lib/learner.ts';
import {
  countedSeconds,
  pictureOf,
  secondsOfClock,
  stripWords,
  waitForLine,
  waitUntilCounting,
} from '../lib/player.ts';
import { rootDir } from '../lib/product.ts';
import { desktop, phone, type Stage, type Visitor } from '../lib/stage.ts';

const ownHours = '/api/learning/hours?days=1';

/** A driver watches a real lesson on a phone, goes on at a desk; company and authority see the hour. */
export const studyJourney: Journey = {
  name: 'study on the phone, go on at the desk, company and authority see it',
  limitMs: 240_000,
  walk: async (stage) => {
    const [officer, foreign, manager] = [
      await stage.visitor(desktop),
      await stage.visitor(desktop),
      await stage.visitor(desktop),
    ];
    await officer.comeBack('/supervision/', 'officer-county');
    await foreign.comeBack('/supervision/', 'officer-sz');
    await manager.comeBack('/enterprise/', 'manager');
    const studying = officer.page.locator('.headline__number');
    await studying.waitFor();
    const before = Number(await studying.innerText());
    const foreignBefore = await numberStudying(foreign);

    const driver = await stage.visitor(phone);
    const phoneSession = sessionOpened(driver);
    const creditedBefore = await studyOnThePhone(driver, stage);

    // Nobody reloads: the server's stream brings the driver in.
    await untilNumber(officer.page, studying, before + 1);
    expectThat((await numberStudying(foreign)) === foreignBefore, 'another city sees the driver of this one');

    const wide = await stage.visitor(desktop);
    await wide.signIn('/', 'driver');
    const deskSession = sessionOpened(wide);
    await goOnAtTheDesk(driver, wide);
    await seeLive(officer);
    await pauseAndLeave(wide, stage, [await phoneSession, await deskSession], creditedBefore);
    await seeHours(wide, stage);
    await seeProof(officer, foreign, stage, await phoneSession);
    await seeProof(officer, foreign, stage, await deskSession);
    await seeAtTheCompany(manager, driver, stage);
    verifyLedger(stage);
  },
};

/** @returns credited seconds of the lesson before this journey */
async function studyOnThePhone(driver: Visitor, stage: Stage): Promise<number> {
  const { page } = driver;
  let segments = 0;
  page.on('response', (response) => {
    if (response.ok() && /\/study-media\/.+\.(m4s|ts|mp4)(\?|$)/.test(response.url())) segments += 1;
  });
  await driver.signIn('/', 'driver');
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  expectThat((await heading.innerText()).includes('可以上岗'), 'the home does not say that the driver may work');
  await page.getByText(/还有 \d+ 项没学完/).waitFor();
  const owed = await firstObligation(driver, stage.product);
  const course = await ask<LearningCourseFacts>(driver, stage.product, `/api/learning/courses/${owed.courseId}`);
  const lesson = course.lessons.find((one) => one.lessonVersionId === owed.next?.lessonVersionId);
  expectThat(lesson?.kind === 'video', 'the demo driver does not go on with a video');

  await page.getByRole('link', { name: '继续学习' }).tap();
  const start = await waitUntilCounting(page, 4);
  const first = await pictureOf(page);
  expectThat(first.widthPx > 0 && segments > 0, 'no picture came, or not over HLS');
  const resumeAtS = (owed.next?.resumeAtMs ?? 0) / 1000;
  expectThat(
    first.at >= resumeAtS - 1 && first.at < resumeAtS + 30,
    `it started at ${first.at} s instead of ${resumeAtS} s`,
  );
  await page.waitForTimeout(2_000);
  expectThat((await pictureOf(page)).at > first.at + 1, 'the picture does not move');

  await page.getByRole('button', { name: '暂停' }).tap();
  await waitForLine(page, 'paused');
  await page.waitForTimeout(500);
  const paused = await countedSeconds(page);
  expectThat(paused >= start, 'the counter went down by pausing');
  await page.waitForTimeout(3_000);
  expectThat((await countedSeconds(page)) === paused, 'the counter runs on while paused');

  await tryToSkip(page);
  await page.getByRole('button', { name: '继续学习' }).tap();
  await waitUntilCounting(page, 3);
  return lesson.creditedSeconds;
}

/** Neither the bar nor a script gets beyond what was seen, and the touch is answered with the reason. */
async function tryToSkip(page: Page): Promise<void> {
  const lockedAt = (await pictureOf(page)).at;
  const box = await page.getByRole('slider', { name: '播放进度' }).boundingBox();
  expectThat(box !== null, 'no seek bar');
  await page.touchscreen.tap(box.x + box.width * 0.95, box.y + box.height / 2);
  await page.getByText('第一次看不能往后拖').waitFor();
  expectThat((await pictureOf(page)).at <= lockedAt + 1, 'the seek bar jumps beyond the lock');
  await page.evaluate(() => {
    const video = document.querySelector('video');
    if (video) video.currentTime = video.duration - 2;
  });
  await page.waitForTimeout(1_500);
  expectThat((await pictureOf(page)).at <= lockedAt + 2, 'a script can jump beyond the lock');
}

/** Runs in the page: where the picture stood when it first moved. */
function noteFirstPlayed(): void {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLVideoElement)
      document.documentElement.dataset['firstPlayed'] ??= String(target.currentTime);
  };
  document.addEventListener('playing', note, { capture: true });
}

async function goOnAtTheDesk(driver: Visitor, wide: Visitor): Promise<void> {
  const lessonPath = new URL(driver.page.url()).pathname;
  await wide.page.getByRole('heading', { level: 1 }).waitFor();
  const onPhone = await countedSeconds(driver.page);
  await wide.page.addInitScript(noteFirstPlayed);
  const opened = wide.page.waitForResponse((one) => new URL(one.url()).pathname === openStudySession.path);
  await wide.go(lessonPath);
  const answer = openStudySession.answer.parse(await (await opened).json());
  await startPlaying(wide);
  await waitForLine(driver.page, 'ended');
  expectThat((await stripWords(driver.page)).includes('在另一台设备上学习'), 'the phone does not say why it stopped');
  await driver.page.getByRole('heading', { name: '您在另一台设备上打开了学习' }).waitFor();
  expectThat((await pictureOf(driver.page)).paused, 'the picture on the phone runs on');
  // What the phone had not reported when the desk took over, at most one beat, is seen again at the desk.
  const taken = answer.status.creditedSeconds;
  const beat = answer.rules.beatSeconds + 1;
  expectThat(Math.abs(taken - onPhone) <= beat, `the phone had ${onPhone} s, the desk starts with ${taken} s`);

  await waitUntilCounting(wide.page, 6);
  const creditedTo = answer.status.creditedToMs / 1000;
  const at = Number(await wide.page.locator('html').getAttribute('data-first-played'));
  expectThat(Math.abs(at - creditedTo) <= 1, `the desk starts at ${at} s, credit ends at ${creditedTo} s`);
  await wide.checkPage('lesson at the desk');
}

/** What the counter showed at the end is what the two sessions have in the ledger, to the second. */
async function pauseAndLeave(
  wide: Visitor,
  stage: Stage,
  sessionIds: readonly string[],
  creditedBefore: number,
): Promise<void> {
  const { page } = wide;
  await page.mouse.move(300, 300);
  await page.getByRole('button', { name: '暂停' }).click();
  await waitForLine(page, 'paused');
  await page.waitForTimeout(1_000);
  const shown = await countedSeconds(page);
  await leaveAndReadSession(wide, stage, sessionIds.at(-1) ?? '');
  await page.getByText('学习中').first().waitFor();
  const sessions = await Promise.all(sessionIds.map((sessionId) => findSession(wide, stage, sessionId)));
  const credited = sessions.reduce((sum, one) => sum + one.creditedSeconds, 0);
  expectThat(
    sessions.every((one) => one.creditedSeconds > 0) && credited === shown - creditedBefore,
    `the counter went from ${creditedBefore} s to ${shown} s, the sessions have ${sessions.map((one) => one.creditedSeconds).join(' + ')} s`,
  );
}

async function seeHours(wide: Visitor, stage: Stage): Promise<void> {
  const { page } = wide;
  await wide.go('/hours');
  await page.getByRole('heading', { name: '我的学时' }).waitFor();
  const facts = await ask<OwnHoursFacts>(wide, stage.product, ownHours);
  const [today] = facts.days;
  expectThat(today !== undefined && today.creditedSeconds > 0, 'nothing was credited today');
  const card = page.locator('section.day').first();
  await card.waitFor();
  const shown = secondsOfWords(await card.locator('.day__sums .t-ok').innerText());
  expectThat(shown === today.creditedSeconds, `the page says ${shown} s, the ledger ${today.creditedSeconds} s`);
  const sessions = today.sessions.reduce((sum, one) => sum + one.creditedSeconds, 0);
  expectThat(sessions === today.creditedSeconds, `the sessions sum up to ${sessions} s of ${today.creditedSeconds} s`);
  await card.getByText(/^\+/).first().waitFor();
}

/** Opens the list behind the number while the driver studies. */
async function seeLive(officer: Visitor): Promise<void> {
  await officer.page.locator('.headline__number').click();
  const row = officer.page.getByRole('row').filter({ hasText: '林' }).filter({ hasText: '广州岭澜客运' });
  await row.first().waitFor();
  await row.first().getByText('计时中').waitFor();
}

async function seeProof(officer: Visitor, foreign: Visitor, stage: Stage, sessionId: string): Promise<void> {
  const path = `/supervision/people/sessions/${sessionId}`;
  await officer.go(path);
  const { page } = officer;
  await page.getByText('验证通过', { exact: true }).first().waitFor();
  const [studied, refused, credited] = await page
    .locator('.sum__equation b')
    .allInnerTexts()
    .then((texts) => texts.map(secondsOfClock));
  expectThat(
    studied !== undefined && refused !== undefined && credited !== undefined && credited > 0,
    'the proof page does not show its sum',
  );
  expectThat(studied - refused === credited, `${studied} - ${refused} is not ${credited}`);
  const proof = await ask<ProofFacts>(officer, stage.product, `/api/study-sessions/${sessionId}/proof`);
  const stretches = proof.stretches.reduce((sum, one) => sum + one.creditedSeconds, 0);
  expectThat(stretches === credited, `the stretches sum up to ${stretches} s, the page says ${credited} s`);
  await page.getByRole('button', { name: '重新核对' }).click();
  await page.getByText(/本机重算.*一致/).waitFor();

  const answer = await foreign.context.request.get(`${stage.product.url}/api/study-sessions/${sessionId}/proof`);
  expectThat([403, 404].includes(answer.status()), `another city got ${answer.status()} for the proof`);
  await foreign.go(path);
  await foreign.page.waitForLoadState('networkidle');
  expectThat(!(await foreign.page.getByText('验证通过').isVisible()), 'another city sees the proof');
}

async function seeAtTheCompany(manager: Visitor, driver: Visitor, stage: Stage): Promise<void> {
  const { totals } = await ask<OwnHoursFacts>(driver, stage.product, ownHours);
  const me = await ask<{ account: { personId: string } }>(driver, stage.product, '/api/auth/me');
  const { page } = manager;
  await manager.go(`/enterprise/people/${me.account.personId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const clock = clockOf(totals.find((one) => one.scheme === 'road-transport')?.creditedSeconds ?? 0);
  await page
    .getByText(clock)
    .first()
    .waitFor()
    .catch(() => {
      throw new Error(`the company does not see ${clock}`);
    });
}

/** Recomputes every hour of the running product from its evidence. */
function verifyLedger(stage: Stage): void {
  const { dataDir, port } = stage.product;
  if (dataDir === null) return;
  const { status, stdout, stderr } = spawnSync('node', ['apps/server/src/cli.ts', 'verify'], {
    cwd: rootDir,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn' },
    encoding: 'utf8',
    timeout: 60_000,
  });
  expectThat(status === 0, `verify ended with ${status}:\n${stdout}${stderr}`);
}

async function numberStudying(officer: Visitor): Promise<number> {
  const number = officer.page.locator('.headline__number');
  await number.waitFor();
  return Number(await number.innerText());
}

async function untilNumber(page: Page, number: Locator, wanted: number): Promise<void> {
  const endMs = Date.now() + 25_000;
  while (Number(await number.innerText()) < wanted) {
    if (Date.now() > endMs) throw new Error(`the live page did not go up to ${wanted} by itself`);
    await page.waitForTimeout(250);
  }
}

/** 2 分 10 秒 -> 130 */
function secondsOfWords(words: string): number {
  const part = (unit: string): number => Number(new RegExp(`(\\d+)\\s*${unit}`).exec(words)?.[1] ?? 0);
  return part('小时') * 3600 + part('分') * 60 + part('秒');
}

/** 130 -> 2:10 */
function clockOf(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
