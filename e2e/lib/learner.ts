import { openStudySession } from '@antu/contract';
import type { LearningCourseFacts, LearningHomeFacts, OwnHoursFacts } from './fact-types.ts';
import { ask } from './facts.ts';
import { waitUntilCounting } from './player.ts';
import type { Stage, Visitor } from './stage.ts';

/** A video lesson that this learner owes and of which enough is left to watch. */
export async function owedVideoPath(learner: Visitor, stage: Stage, leastSeconds: number): Promise<string> {
  const { obligations } = await ask<LearningHomeFacts>(learner, stage.product, '/api/learning/home');
  for (const { courseId } of obligations) {
    const { lessons } = await ask<LearningCourseFacts>(learner, stage.product, `/api/learning/courses/${courseId}`);
    const lesson = lessons.find(
      (one) => one.kind === 'video' && one.creditableSeconds - one.creditedSeconds >= leastSeconds,
    );
    if (lesson) return `/courses/${courseId}/lessons/${lesson.lessonVersionId}`;
  }
  throw new Error('no video left to watch in the demo');
}

/** Opens a lesson by its address and watches until the counter runs. @returns the study session */
export async function studyLesson(learner: Visitor, path: string): Promise<string> {
  const opened = sessionOpened(learner);
  await learner.go(path);
  await startPlaying(learner);
  await waitUntilCounting(learner.page, 3);
  return opened;
}

/** Touches the big button, where the player has not started by itself. */
export async function startPlaying({ page }: Visitor): Promise<void> {
  const start = page.getByRole('main').getByRole('button', { name: /^(继续学习|开始学习|开始阅读)$/ });
  const counting = page.locator('.study-strip[data-line="counting"]');
  await start.or(counting).waitFor();
  // Where the visitor has just touched the site, the player starts by itself; a script of the test counts as a touch.
  await page.waitForTimeout(1_000);
  if (await start.isVisible()) {
    await start.click({ timeout: 3_000 }).catch(async (error: unknown) => {
      if (!(await counting.isVisible())) throw error;
    });
  }
}

/** The study session that the page of this learner opens next. */
export async function sessionOpened({ page }: Visitor): Promise<string> {
  const answer = await page.waitForResponse((one) => new URL(one.url()).pathname === openStudySession.path);
  return openStudySession.answer.parse(await answer.json()).status.sessionId;
}

/** Leaves the lesson and reads what the ledger has of a session of today. */
export async function leaveAndReadSession(learner: Visitor, stage: Stage, sessionId: string): Promise<SessionFacts> {
  await learner.page.getByRole('link', { name: '返回课程目录' }).first().click();
  for (let tries = 0; tries < 20; tries += 1) {
    const session = await findSession(learner, stage, sessionId);
    if (session.endedAt !== null) return session;
    await learner.page.waitForTimeout(250);
  }
  throw new Error('the session did not end by leaving the lesson');
}

/** One session of today as the learner's own hours tell it. */
export async function findSession(learner: Visitor, stage: Stage, sessionId: string): Promise<SessionFacts> {
  const { days } = await ask<OwnHoursFacts>(learner, stage.product, '/api/learning/hours?days=2');
  const session = days.flatMap((day) => day.sessions).find((one) => one.sessionId === sessionId);
  if (!session) throw new Error(`the hours do not have the session ${sessionId}`);
  return session;
}

export type SessionFacts = OwnHoursFacts['days'][0]['sessions'][0];
