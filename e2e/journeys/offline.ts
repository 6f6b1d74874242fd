import { expectThat, type Journey } from '../lib/journey.ts';
import { leaveAndReadSession, owedVideoPath, studyLesson } from '../lib/learner.ts';
import { countedSeconds, pictureOf, stripWords, waitForLine, waitUntilCounting } from '../lib/player.ts';
import { phone } from '../lib/stage.ts';

const OFFLINE_MS = 20_000;

/** The net goes for a while: the picture runs on from what was loaded, and the time is credited afterwards. */
export const offlineJourney: Journey = {
  name: 'offline for twenty seconds, nothing is lost',
  limitMs: 120_000,
  walk: async (stage) => {
    const learner = await stage.visitor(phone);
    const { page, context } = learner;
    await learner.comeBack('/', 'driver-sz');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const sessionId = await studyLesson(learner, await owedVideoPath(learner, stage, 60));
    const shown = await countedSeconds(page);
    const began = (await pictureOf(page)).at;

    await context.setOffline(true);
    await waitForLine(page, 'offline');
    const words = await stripWords(page);
    expectThat(words.includes('网络中断') && words.includes('恢复后自动续传'), `without a net the strip says ${words}`);
    const gone = (await pictureOf(page)).at;
    await page.getByRole('heading', { name: '可以接着看' }).waitFor();
    await page.waitForTimeout(OFFLINE_MS);
    await waitForLine(page, 'offline', 1_000);
    const later = await pictureOf(page);
    expectThat(!later.paused && later.at >= gone + OFFLINE_MS / 1000 - 2, 'the picture stopped without a net');
    await context.setOffline(false);

    await waitUntilCounting(page, 2);
    const watched = (await pictureOf(page)).at - began;
    await page.getByRole('button', { name: '暂停' }).click();
    await waitForLine(page, 'paused');
    await page.waitForTimeout(1_000);
    const after = await countedSeconds(page);
    expectThat(
      after - shown >= watched - 2,
      `${watched} s were watched, the counter grew from ${shown} s to ${after} s`,
    );
    const session = await leaveAndReadSession(learner, stage, sessionId);
    expectThat(
      session.creditedSeconds >= watched && session.refusedSeconds === 0,
      `the server credits ${session.creditedSeconds} s of more than ${watched} s watched, refuses ${session.refusedSeconds} s`,
    );
  },
};
