import type { StudyStatus } from '@antu/contract';
import type { Page, Response } from 'playwright-core';
import { expectThat, type Journey } from '../lib/journey.ts';
import { owedVideoPath, startPlaying, studyLesson } from '../lib/learner.ts';
import { pictureOf, waitForLine, waitUntilCounting } from '../lib/player.ts';
import { desktop, phone } from '../lib/stage.ts';

/** A segment that the server gave. */
interface Segment {
  readonly sessionId: string;
  /** How often the player had to fetch again. */
  readonly turn: number;
  readonly grade: string;
  /** From 0. */
  readonly index: number;
  readonly status: number;
  readonly url: string;
}

const segmentPattern = /\/study-media\/([0-9a-f-]{36})\.[\w-]+(?:~(\d+))?\/[0-9a-f-]{36}\/(\w+)\/(\d+)\.ts$/;

function segmentOf(response: Response): Segment | null {
  const [, sessionId, turn, grade, index] = segmentPattern.exec(response.url()) ?? [];
  if (sessionId === undefined || grade === undefined) return null;
  return {
    sessionId,
    turn: Number(turn ?? 0),
    grade,
    index: Number(index),
    status: response.status(),
    url: response.url(),
  };
}

/** Everything that the player of this page fetches from now on. */
function watchSegments(page: Page): Segment[] {
  const segments: Segment[] = [];
  page.on('response', (response) => {
    const segment = segmentOf(response);
    if (segment) segments.push(segment);
  });
  return segments;
}

/** The server says once that a stretch never arrived; the answer to the next report that counts is changed on its way. */
async function tellOfHole(page: Page, atMs: number): Promise<void> {
  let isTold = false;
  await page.route('**/api/study-sessions/*/beats', async (route) => {
    const response = await route.fetch();
    const status = (await response.json()) as StudyStatus;
    if (isTold || status.state !== 'counting') return route.fulfill({ response });
    isTold = true;
    return route.fulfill({ response, json: { ...status, state: 'held', reason: 'media-missing', goToMs: atMs } });
  });
}

/** Media belong to the session that runs: fetched again where they never arrived, refused once it is over. */
export const mediaJourney: Journey = {
  name: 'the picture of the session that runs, and again where it never arrived',
  limitMs: 180_000,
  walk: async (stage) => {
    const learner = await stage.visitor(phone);
    const { page } = learner;
    await learner.comeBack('/', 'driver-sz');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const path = await owedVideoPath(learner, stage, 60);
    const segments = watchSegments(page);
    const sessionId = await studyLesson(learner, path);
    const first = segments.filter((one) => one.sessionId === sessionId);
    expectThat(first.length > 0 && first.every((one) => one.status === 200), 'no segment under the session’s address');
    const { grade = '', index: firstIndex = 0 } = first[0] ?? {};

    const holeMs = Math.round((await pictureOf(page)).at * 1000) - 2_000;
    await tellOfHole(page, holeMs);
    const again = await page.waitForResponse((one) => (segmentOf(one)?.turn ?? 0) === 1, { timeout: 40_000 });
    expectThat(again.status() === 200, `what never arrived was answered with ${again.status()}`);
    await page.unroute('**/api/study-sessions/*/beats');
    await waitUntilCounting(page, 2);
    const fetched = segments.filter((one) => one.turn === 1);
    expectThat(
      fetched.some((one) => first.some(({ index }) => index === one.index)) && (fetched[0]?.index ?? 0) >= firstIndex,
      'what lay in the buffer was not fetched again',
    );
    expectThat(fetched[0]?.grade === grade, `the grade went from ${grade} to ${fetched[0]?.grade}`);
    const at = (await pictureOf(page)).at * 1000;
    expectThat(at >= holeMs && at < holeMs + 30_000, `it went on at ${at} ms instead of ${holeMs} ms`);

    const desk = await stage.visitor(desktop);
    await desk.comeBack('/', 'driver-sz');
    await desk.go(path);
    await startPlaying(desk);
    await waitForLine(page, 'ended', 40_000);
    const old = await learner.context.request.get(fetched[0]?.url ?? '');
    expectThat(old.status() === 410, `a session that is over still gets its video: ${old.status()}`);
    const before = segments.length;
    await page.waitForTimeout(4_000);
    expectThat(segments.length === before, 'the player goes on fetching after the end');

    await page.getByRole('button', { name: '在这台设备上接着学' }).click();
    await waitUntilCounting(page, 2);
    const newest = segments.at(-1);
    expectThat(newest !== undefined && newest.sessionId !== sessionId, 'the picture still comes from the old session');
    expectThat(newest.grade === grade && newest.status === 200, 'the grade was lost with the session');
    const { at: resumed, paused } = await pictureOf(page);
    expectThat(!paused && resumed * 1000 >= holeMs - 1_500, `the picture went back to ${resumed} s`);
    await page.getByRole('link', { name: '返回课程目录' }).first().click();
  },
};
