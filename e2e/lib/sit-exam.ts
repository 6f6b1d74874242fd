import type { Page } from 'playwright-core';
import { rightKeyOf } from './exam-text.ts';
import { expectThat } from './journey.ts';
import type { Visitor } from './stage.ts';

const place = (page: Page) => page.locator('.desk__place b');
const question = (page: Page) => page.locator('fieldset.ask');

/** From the room to the first question. */
export async function enterExam(learner: Visitor, examId: string): Promise<void> {
  const { page } = learner;
  await learner.go(`/exams/${examId}/room`);
  await page.getByRole('button', { name: '开始考试' }).click({ timeout: 150_000 });
  await place(page).waitFor({ timeout: 30_000 });
}

/**
 * Answers this many questions from the one that is shown, with keys as people at a desk do.
 * @param rightly otherwise with another option than the right one
 */
export async function answerQuestions({ page }: Visitor, count: number, rightly: boolean): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const at = await place(page).innerText();
    const right = rightKeyOf(await question(page).innerText());
    const key = rightly ? right : right === 'A' ? 'B' : 'A';
    if (key !== null) await page.keyboard.press(key);
    if (done === count - 1) return;
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (before) => document.querySelector('.desk__place b')?.textContent?.trim() !== before,
      at,
    );
  }
}

/** Goes on to the next question. */
export async function goOn({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: '下一题' }).click();
}

/** Hands in and waits for the result. @returns whether it was passed */
export async function handIn({ page }: Visitor): Promise<boolean> {
  await page.getByRole('button', { name: '交卷', exact: true }).first().click();
  await page.locator('dialog[data-way="ask"]').getByRole('button', { name: '交卷', exact: true }).click();
  // The page goes on by itself once the result is there, or offers to.
  const said = page.getByText(/^(合格|不合格)$/).first();
  const offer = page.getByRole('button', { name: '看成绩' });
  await said.or(offer).first().waitFor({ timeout: 60_000 });
  if (await offer.isVisible()) await offer.click();
  await said.waitFor({ timeout: 60_000 });
  return (await said.innerText()) === '合格';
}

/** The invigilator has compared person and card. */
export async function confirmOnSite({ page }: Visitor, name: string): Promise<void> {
  await page.getByRole('button', { name: `处理 ${name}` }).click();
  await page.getByLabel('怎样核对的').fill('身份证原件和本人一致');
  await page.getByRole('button', { name: '确认是本人' }).click();
  await page.getByText(/已确认 .* 的身份/).waitFor();
}

/** How many answers the server acknowledged, as the invigilator sees it. */
export async function answeredOf({ page }: Visitor, name: string): Promise<number> {
  const row = page.getByRole('row').filter({ hasText: name });
  const found = /已答 (\d+) 题/.exec(await row.innerText());
  expectThat(found !== null, `the board does not tell how far ${name} is`);
  return Number(found?.[1]);
}
