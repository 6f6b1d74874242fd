import { expectThat, type Journey } from '../lib/journey.ts';
import { visitLearnerHome } from '../lib/lighthouse.ts';

const MOST_BYTES = 200 * 1024;
const LEAST_SCORE = 0.9;
/** A busy machine makes a visit slower and never faster: the best of three is nearest to what the page is. */
const MOST_VISITS = 3;

/** The first screen is small and quick on a cheap phone. `npm run bench -- lighthouse` tells how much margin there is. */
export const lighthouseJourney: Journey = {
  name: 'first screen on a phone: size and Lighthouse score',
  limitMs: 240_000,
  walk: async (stage) => {
    const visits = await visitLearnerHome(stage, MOST_VISITS, ({ score }) => score >= LEAST_SCORE);
    for (const { score, bytes, facts } of visits) {
      console.log(`        performance ${score}; script and style ${(bytes / 1024).toFixed(0)} KiB; ${facts}`);
    }
    const bytes = Math.max(...visits.map((one) => one.bytes));
    expectThat(bytes > 10_000 && bytes < MOST_BYTES, `the first screen needs ${bytes} bytes of script and style`);
    const best = Math.max(...visits.map((one) => one.score));
    expectThat(best >= LEAST_SCORE, `the best of ${visits.length} visits scored ${best}, ${LEAST_SCORE} is the least`);
  },
};
