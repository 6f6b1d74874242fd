import { expectThat, type Journey } from '../lib/journey.ts';
import { visitLearnerHome } from '../lib/lighthouse.ts';

const MOST_BYTES = 200 * 1024;

/**
 * The first screen stays small. Its score depends on how busy the machine is, so it is printed here and measured by
 * `npm run bench -- lighthouse`, not judged.
 */
export const lighthouseJourney: Journey = {
  name: 'size of the first screen on a phone',
  limitMs: 120_000,
  walk: async (stage) => {
    const [visit] = await visitLearnerHome(stage, 1);
    expectThat(visit !== undefined, 'no visit');
    console.log(`        performance ${visit.score}; script and style ${(visit.bytes / 1024).toFixed(0)} KiB`);
    const { bytes } = visit;
    expectThat(bytes > 10_000 && bytes < MOST_BYTES, `the first screen needs ${bytes} bytes of script and style`);
  },
};
