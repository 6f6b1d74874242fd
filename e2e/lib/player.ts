import type { Page } from 'playwright-core';

/** Seconds that the status strip says are counted. */
export async function countedSeconds(page: Page): Promise<number> {
  const text = await page.locator('.strip__number').innerText();
  return text
    .trim()
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Waits until the strip says 计时中 and the counter has grown by some seconds. */
export async function waitUntilCounting(page: Page, growSeconds: number, limitMs = 40_000): Promise<number> {
  await page.getByText('计时中', { exact: true }).first().waitFor();
  const before = await countedSeconds(page);
  const endMs = Date.now() + limitMs;
  while ((await countedSeconds(page)) < before + growSeconds) {
    if (Date.now() > endMs) throw new Error(`the counter did not grow by ${growSeconds} s from ${before} s`);
    await page.waitForTimeout(250);
  }
  return countedSeconds(page);
}
