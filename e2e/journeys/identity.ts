import { csrfHeader } from '../../apps/server/src/platform/http/actor.ts';
import type { Page } from 'playwright-core';
import { faces, fakeCamera, makePerson, show } from '../lib/fake-camera.ts';
import { ask } from '../lib/facts.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import type { LearningCourseFacts, LearningHomeFacts } from '../lib/fact-types.ts';
import { findSession, sessionOpened, startPlaying } from '../lib/learner.ts';
import { countedSeconds, pictureOf, waitForLine, waitUntilCounting } from '../lib/player.ts';
import { desktop, phone, type Stage, type Visitor } from '../lib/stage.ts';

/** A check may come at any moment of a lesson of two and a half minutes. */
const CHECK_LIMIT_MS = 200_000;

/** Consent, photo, confirmation; then the camera: photo, cover, refusal, the right person, and somebody else in the middle. */
export const identityJourney: Journey = {
  name: 'who sits there: photo, confirmation, checks, and somebody else',
  limitMs: 600_000,
  skip: () => (faces === null ? 'no portraits beside the checkout' : null),
  walk: async (stage) => {
    if (!faces) return;
    const [person, other] = [await makePerson(faces.personA[0]), await makePerson(faces.personB[1])];
    const learner = await stage.visitor(phone);
    await fakeCamera(learner.context, person, other);
    await learner.signIn('/', 'chemworker');
    // Whatever an earlier walk left: there is no consent and nothing to compare with.
    await send(learner, stage, 'DELETE', '/api/identity/consent');
    const personId = await enrol(learner, stage);
    await confirmAtTheCompany(stage, personId);
    await signInChecks(learner);
    const path = await freshVideoPath(learner, stage);
    await somebodyElse(learner, stage, path);
    await rightPerson(learner, stage, path);
    await seeProof(stage, personId);
  },
};

async function enrol(learner: Visitor, stage: Stage): Promise<string> {
  const { page } = learner;
  await learner.go('/me/identity');
  await page.getByText('人脸信息告知').first().waitFor();
  await learner.checkPage('identity page');
  await learner.keepScreen('learner-identity');
  await page.getByRole('checkbox', { name: /同意用我的人脸/ }).check();
  await page.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('link', { name: '拍登记照片' }).click();
  await page.getByRole('button', { name: '拍照' }).click();
  await page.getByRole('button', { name: '用这张' }).click();
  await page.getByRole('heading', { name: '照片收到了' }).waitFor({ timeout: 90_000 });
  const me = await ask<{ account: { personId: string } }>(learner, stage.product, '/api/auth/me');
  return me.account.personId;
}

/** A photo that the learner took proves nothing until somebody has compared it with the ID card. */
async function confirmAtTheCompany(stage: Stage, personId: string): Promise<void> {
  const manager = await stage.visitor(desktop);
  await manager.comeBack('/enterprise/', 'manager-chem');
  const path = `/api/people/${personId}/identity`;
  const { enrolment } = await ask<{ enrolment: { enrolledAt: string } }>(manager, stage.product, path);
  const { enrolledAt } = enrolment;
  await send(manager, stage, 'POST', `${path}/confirmation`, { accept: true, reason: '', enrolledAt });
}

async function send(visitor: Visitor, stage: Stage, method: string, path: string, data?: object): Promise<void> {
  const me = await ask<{ csrfToken: string }>(visitor, stage.product, '/api/auth/me');
  const headers = { [csrfHeader]: me.csrfToken };
  const options = { method, headers, ...(data ? { data } : {}) };
  const answer = await visitor.context.request.fetch(stage.product.url + path, options);
  expectThat(answer.ok(), `${path} answered ${answer.status()}: ${await answer.text()}`);
}

const check = (page: Page) => page.locator('dialog.check');
const screenOf = (page: Page, name: string) => page.locator(`dialog.check[data-screen="${name}"]`);

/** Everything that can go wrong is tried at the sign-in, where nothing hangs on it. Screens with a face are not kept. */
async function signInChecks(learner: Visitor): Promise<void> {
  const { page } = learner;
  await learner.go('/me/identity/check');
  await screenOf(page, 'intro').waitFor();
  await learner.keepScreen('learner-check-intro');

  await show(page, 'refused');
  await check(page).getByRole('button', { name: '开始验证' }).click();
  await page.getByText(/相机/).first().waitFor();
  await learner.checkPage('camera refused');
  await learner.keepScreen('learner-camera-refused');

  await learner.go('/me/identity/check');
  await show(page, 'covered');
  await check(page).getByRole('button', { name: '开始验证' }).click();
  await screenOf(page, 'failed').waitFor({ timeout: 90_000 });
  await learner.keepScreen('learner-check-covered');

  await show(page, 'photo');
  await check(page).getByRole('button', { name: '再试一次' }).click();
  await screenOf(page, 'failed').waitFor({ timeout: 90_000 });
  await learner.checkPage('check failed');

  await show(page, 'other');
  await check(page).getByRole('button', { name: '再试一次' }).click();
  await screenOf(page, 'failed').waitFor({ timeout: 90_000 });
  await page.getByText('与登记的照片不是同一人').waitFor();

  // A line of 400 kbit/s with half a second of delay: it takes longer, and nothing else.
  await show(page, 'person');
  const session = await learner.context.newCDPSession(page);
  const slow = { offline: false, latency: 500, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await session.send('Network.emulateNetworkConditions', slow);
  await passCheck(page, '再试一次');
  await session.send('Network.emulateNetworkConditions', {
    ...slow,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}

/**
 * The right person does what is asked. Where the machine was too busy to draw the movement in time, once more, as people do; the
 * rules give three tries.
 */
async function passCheck(page: Page, first: '开始验证' | '再试一次'): Promise<{ tries: number; lastMs: number }> {
  for (let tries = 1; ; tries += 1) {
    const startedMs = Date.now();
    const name = tries === 1 ? first : '再试一次';
    await check(page).getByRole('button', { name }).click();
    await screenOf(page, 'step').waitFor({ timeout: 60_000 });
    const decided = () => {
      const shown = document.querySelector('dialog.check')?.getAttribute('data-screen');
      return shown === undefined || shown === 'failed';
    };
    await page.waitForFunction(decided, undefined, { timeout: 90_000 });
    if (!(await screenOf(page, 'failed').isVisible())) {
      await check(page).waitFor({ state: 'detached' });
      return { tries, lastMs: Date.now() - startedMs };
    }
    expectThat(tries < 2, `the right person failed twice: ${await check(page).innerText()}`);
  }
}

/** A video of which nothing is seen: it cannot be finished without a check at a random moment. */
async function freshVideoPath(learner: Visitor, stage: Stage): Promise<string> {
  const { obligations } = await ask<LearningHomeFacts>(learner, stage.product, '/api/learning/home');
  for (const { courseId } of obligations) {
    const { lessons } = await ask<LearningCourseFacts>(learner, stage.product, `/api/learning/courses/${courseId}`);
    const lesson = lessons.find((one) => one.kind === 'video' && one.state === 'not-started');
    if (lesson) return `/courses/${courseId}/lessons/${lesson.lessonVersionId}`;
  }
  throw new Error('no video of the demo is untouched');
}

/** Somebody else sits down after the sign-in: signed out at the check, and what came since the last passed one does not count. */
async function somebodyElse(learner: Visitor, stage: Stage, path: string): Promise<void> {
  const { page } = learner;
  const opened = sessionOpened(learner);
  await learner.go(path);
  await show(page, 'other');
  await startPlaying(learner);
  await waitUntilCounting(page, 3);
  const sessionId = await opened;
  await screenOf(page, 'intro').waitFor({ timeout: CHECK_LIMIT_MS });
  expectThat((await countedSeconds(page)) > 3, 'nothing was counted before the check');
  for (let tries = 0; tries < 3; tries += 1) {
    const again = tries === 0 ? '开始验证' : '再试一次';
    await check(page).getByRole('button', { name: again }).click();
    if (tries < 2) await screenOf(page, 'failed').waitFor({ timeout: 90_000 });
  }
  await waitForLine(page, 'ended', 90_000);
  await learner.checkPage('signed out after the check');
  await learner.keepScreen('learner-check-ended');
  const session = await ended(learner, stage, sessionId);
  expectThat(session.endReason === 'identity-failed', `the session ended as ${session.endReason}`);
  const counted = session.creditedSeconds + session.quizSeconds;
  expectThat(counted === 0, `${counted} s counted for somebody else`);
}

/** The right person passes and goes on at the very frame. */
async function rightPerson(learner: Visitor, stage: Stage, path: string): Promise<void> {
  const { page } = learner;
  const opened = sessionOpened(learner);
  await learner.go(path);
  await show(page, 'person');
  await startPlaying(learner);
  await waitUntilCounting(page, 3);
  const sessionId = await opened;
  await screenOf(page, 'intro').waitFor({ timeout: CHECK_LIMIT_MS });
  const { at: stoodAt, paused } = await pictureOf(page);
  expectThat(paused, 'the picture runs on behind the check');
  const { tries, lastMs } = await passCheck(page, '开始验证');
  console.log(`  the check took ${(lastMs / 1000).toFixed(1)} s${tries > 1 ? `, at try ${tries}` : ''}`);
  await waitUntilCounting(page, 2);
  const goesOnAt = (await pictureOf(page)).at;
  const isNear = goesOnAt >= stoodAt - 1 && goesOnAt < stoodAt + 15;
  expectThat(isNear, `it stood at ${stoodAt} s and goes on at ${goesOnAt} s`);
  await page.getByRole('link', { name: '返回课程目录' }).first().click();
  const session = await ended(learner, stage, sessionId);
  const least = Math.floor(stoodAt) - 2;
  // The quiz of the lesson comes after it: what the check confirmed waits for that.
  const { creditedSeconds, quizSeconds } = session;
  expectThat(quizSeconds >= least, `${quizSeconds} s wait for the quiz, the check confirmed ${least} s`);
  expectThat(creditedSeconds === 0, `${creditedSeconds} s counted before the quiz`);
}

async function ended(learner: Visitor, stage: Stage, sessionId: string) {
  for (let tries = 0; tries < 40; tries += 1) {
    const session = await findSession(learner, stage, sessionId);
    if (session.endedAt !== null) return session;
    await learner.page.waitForTimeout(250);
  }
  throw new Error('the session did not end');
}

/** The authority sees checks and pictures, and looking leaves a row. */
async function seeProof(stage: Stage, personId: string): Promise<void> {
  const officer = await stage.visitor(desktop);
  await officer.comeBack('/supervision/', 'officer-province');
  const record = await ask<{ sessions: { items: { sessionId: string }[] } }>(
    officer,
    stage.product,
    `/api/people/${personId}/learning-record?limit=1`,
  );
  const [latest] = record.sessions.items;
  expectThat(latest !== undefined, 'the authority sees no session');
  await officer.go(`/supervision/people/sessions/${latest.sessionId}`);
  await officer.page.getByText('验证通过', { exact: true }).first().waitFor();
  await officer.page.getByText('身份核验').first().waitFor();
  await officer.checkPage('proof with identity');
  await officer.keepScreen('supervision-proof-identity');
}
