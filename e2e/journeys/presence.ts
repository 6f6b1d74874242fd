import { answerPresence, sendBeats, studyStatusSchema } from '@antu/contract';
import { expectThat, type Journey } from '../lib/journey.ts';
import { owedVideoPath, studyLesson } from '../lib/learner.ts';
import { pictureOf, waitForLine, waitUntilCounting } from '../lib/player.ts';
import { phone } from '../lib/stage.ts';

const PROMPT_ID = '01a20000-0000-7000-8000-000000000001';
const WITHIN_MS = 60_000;
const pathOf = (template: string): string => template.replace(/:[a-zA-Z]+/, '*');

/** Ten minutes without a touch are too long for a test: the server's question is put into its answer. */
export const presenceJourney: Journey = {
  name: 'presence is asked, counted down and answered',
  limitMs: 90_000,
  walk: async (stage) => {
    const learner = await stage.visitor(phone);
    const { page } = learner;
    await learner.comeBack('/', 'driver-sz');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await studyLesson(learner, await owedVideoPath(learner, stage, 45));

    await page.route(`**${pathOf(sendBeats.path)}`, async (route) => {
      const real = await route.fetch();
      const status = studyStatusSchema.parse(await real.json());
      const prompt = { id: PROMPT_ID, answerWithinMs: WITHIN_MS };
      await route.fulfill({ response: real, json: { ...status, state: 'prompt', reason: null, prompt } });
    });
    let answered: unknown = null;
    await page.route(`**${pathOf(answerPresence.path)}`, async (route) => {
      answered = route.request().postDataJSON();
      await page.unroute(`**${pathOf(sendBeats.path)}`);
      // Asked by nobody, the real server must not be asked: a beat with the same facts is.
      const { beat } = answered as { beat: object };
      const url = route
        .request()
        .url()
        .replace(/presence$/, 'beats');
      await route.fulfill({ response: await route.fetch({ url, postData: { beats: [beat] } }) });
    });

    const question = page.getByRole('dialog', { name: '您还在学习吗？' });
    await question.waitFor({ timeout: 25_000 });
    expectThat((await pictureOf(page)).paused, 'the picture runs on behind the question');
    await waitForLine(page, 'prompt');
    const left = async (): Promise<number> => Number(await question.locator('.presence__ring b').innerText());
    const first = await left();
    expectThat(first <= WITHIN_MS / 1000 && first > WITHIN_MS / 1000 - 15, `the countdown begins at ${first}`);
    await page.waitForTimeout(2_500);
    expectThat((await left()) <= first - 2, 'the countdown stands still');
    await learner.checkPage('presence question');
    await learner.keepScreen('learner-presence');

    await question.getByRole('button', { name: '我在学习' }).click();
    await question.waitFor({ state: 'detached' });
    expectThat(
      (answered as { promptId?: string } | null)?.promptId === PROMPT_ID,
      'the answer does not name the question',
    );
    await waitUntilCounting(page, 2);
  },
};
