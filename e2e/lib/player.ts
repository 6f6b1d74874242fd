import type { Page } from 'playwright-core';
import { expectThat } from './journey.ts';

/** What the status strip stands for; see StudyLine of the learner's app. */
export async function waitForLine(page: Page, line: string, limitMs = 30_000): Promise<void> {
  const strip = page.locator('.study-strip');
  await page
    .locator(`.study-strip[data-line="${line}"]`)
    .waitFor({ timeout: limitMs })
    .catch(async () => {
      const now = (await strip.count()) > 0 ? await strip.getAttribute('data-line') : 'no strip';
      throw new Error(`the strip did not become ${line} within ${limitMs} ms, it is ${now}`);
    });
}

/** Words of the status strip: state and reason. */
export async function stripWords(page: Page): Promise<string> {
  return (await page.locator('.study-strip .strip__words').innerText()).replaceAll('\n', ' ');
}

/** Reads `4:05` or `1:02:05` as seconds. */
export function secondsOfClock(text: string): number {
  return text
    .trim()
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Seconds that the status strip says are counted. */
export async function countedSeconds(page: Page): Promise<number> {
  return secondsOfClock(await page.locator('.study-strip .strip__number b').innerText());
}

/** Waits until the strip says 计时中 and the counter has grown by some seconds. */
export async function waitUntilCounting(page: Page, growSeconds: number, limitMs = 40_000): Promise<number> {
  await waitForLine(page, 'counting');
  const words = await stripWords(page);
  expectThat(words.includes('计时中'), `the strip counts and says ${words}`);
  const before = await countedSeconds(page);
  const endMs = Date.now() + limitMs;
  for (;;) {
    const now = await countedSeconds(page);
    if (now >= before + growSeconds) return now;
    if (Date.now() > endMs) throw new Error(`the counter did not grow by ${growSeconds} s from ${before} s`);
    await page.waitForTimeout(250);
  }
}

export interface Picture {
  /** Media position, seconds. */
  readonly at: number;
  readonly paused: boolean;
  readonly widthPx: number;
}

/** What the video element really does. */
export function pictureOf(page: Page): Promise<Picture> {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    if (!video) throw new Error('no video on the page');
    return { at: video.currentTime, paused: video.paused, widthPx: video.videoWidth };
  });
}
