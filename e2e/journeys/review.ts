import type { ReviewCasesFacts } from '../lib/fact-types.ts';
import { ask } from '../lib/facts.ts';
import { expectThat, type Journey } from '../lib/journey.ts';
import { desktop, phone, type Stage, type Visitor } from '../lib/stage.ts';

/** The demo's traveller, who studied in Guangdong and minutes later in Beijing: an invented person of a division that is not assigned. */
const TRAVELLER = { idNumber: '440199196702281166', password: 'Antu-demo-2026' };
const REASON = '七分钟内从广东到北京，两次学习不可能是同一个人。';
const PLEA = '我在车上用公司的网络学习，人一直在广州。';
const ANSWER = '已向单位核实，当天使用的是公司在北京的网络出口。';

/** Suspicious hours are taken back by one person, asked for by the learner, and given back by another person. */
export const reviewJourney: Journey = {
  name: 'suspicious hours: taken back, appeal, given back',
  limitMs: 180_000,
  walk: async (stage) => {
    const trainer = await stage.visitor(desktop);
    await trainer.comeBack('/enterprise/', 'trainer');
    const facts = await caseWithHours(trainer, stage);
    await takeBack(trainer, facts.id);

    const learner = await stage.visitor(phone);
    await signInWithIdNumber(learner);
    await appeal(learner);

    const officer = await stage.visitor(desktop);
    await officer.comeBack('/supervision/', 'officer-city');
    await giveBack(officer, facts.id);

    await learner.go('/hours');
    await olderUntil(learner, '申诉通过');
    await learner.checkPage('hours that were given back');
    const after = await caseOf(trainer, stage, facts.id);
    expectThat(after.creditedSeconds === facts.creditedSeconds, 'not all that was taken was given back');
  },
};

type CaseFacts = ReviewCasesFacts['items'][number];

async function listCases(visitor: Visitor, stage: Stage, state: string): Promise<readonly CaseFacts[]> {
  return (await ask<ReviewCasesFacts>(visitor, stage.product, `/api/review-cases?state=${state}`)).items;
}

async function caseWithHours(trainer: Visitor, stage: Stage): Promise<CaseFacts> {
  const items = await listCases(trainer, stage, 'open');
  const found = items.find((one) => one.creditedSeconds > 0 && one.idNumberMasked.endsWith('1166'));
  if (!found) throw new Error('no suspicious hours of the traveller on the desk');
  return found;
}

async function caseOf(trainer: Visitor, stage: Stage, caseId: string): Promise<CaseFacts> {
  const found = (await listCases(trainer, stage, 'decided')).find((one) => one.id === caseId);
  if (!found) throw new Error('the case is not among those decided');
  return found;
}

async function takeBack({ page, go, checkPage }: Visitor, caseId: string): Promise<void> {
  await go(`/enterprise/cases/${caseId}`);
  await page.getByRole('radio', { name: /全部作废/ }).check();
  await page.getByLabel('理由（学员会看到）').fill(REASON);
  await checkPage('decision about suspicious hours');
  const form = page.getByRole('region', { name: '决定' });
  await form.getByRole('button', { name: /^作废/ }).click();
  await form.getByRole('group').getByRole('button', { name: /^作废/ }).click();
  await page.getByText('已作出决定。').waitFor();
}

async function signInWithIdNumber({ page, go }: Visitor): Promise<void> {
  await go('/sign-in');
  await page.locator('input[autocomplete=username]').fill(TRAVELLER.idNumber);
  await page.locator('input[autocomplete=current-password]').fill(TRAVELLER.password);
  await page.locator('form button[type=submit]').click();
  await page.locator('.standing h1').waitFor();
}

async function appeal(learner: Visitor): Promise<void> {
  const { page, go } = learner;
  await go('/hours');
  await olderUntil(learner, REASON);
  const session = page.locator('section.session', { hasText: REASON });
  await session.getByRole('button', { name: /^申诉/ }).first().click();
  await page.getByLabel('发生了什么').fill(PLEA);
  await page.getByRole('button', { name: '提交申诉' }).click();
  await session.getByText('申诉处理中').waitFor();
  await learner.checkPage('hours with an appeal');
}

/** Hours are listed by days, the latest first; older ones by touch. */
async function olderUntil({ page }: Visitor, words: string): Promise<void> {
  const wanted = page.getByText(words).first();
  const older = page.getByRole('button', { name: '看更早的' });
  for (let tries = 0; tries < 12 && !(await wanted.isVisible()); tries += 1) {
    await wanted.or(older).first().waitFor();
    if (await wanted.isVisible()) return;
    await older.click();
    await page.waitForTimeout(300);
  }
  await wanted.waitFor();
}

async function giveBack({ page, go, checkPage }: Visitor, caseId: string): Promise<void> {
  await go('/supervision/cases?cases.state=appealed');
  await page.locator(`a[href$="/cases/${caseId}"]`).first().click();
  await page.getByRole('blockquote').filter({ hasText: PLEA }).waitFor();
  await page.getByRole('radio', { name: /^同意/ }).check();
  await page.getByLabel('答复（学员会看到）').fill(ANSWER);
  await checkPage('answer to an appeal');
  await page.getByRole('button', { name: '答复申诉' }).click();
  await page.getByText('同意申诉').first().waitFor();
}
