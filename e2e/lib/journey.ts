import type { Stage } from './stage.ts';

export interface Journey {
  readonly name: string;
  /** Longest time it may take, ms. */
  readonly limitMs: number;
  /** Why it cannot be walked here, in words; null or absent: it can. */
  readonly skip?: () => string | null;
  readonly walk: (stage: Stage) => Promise<void>;
}

/** Throws with the sentence when the condition does not hold. */
export function expectThat(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

/** Walks one journey; answers the failure, if any. */
export async function walkJourney(journey: Journey, stage: Stage): Promise<Error | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${journey.limitMs} ms`)), journey.limitMs);
  });
  try {
    await Promise.race([journey.walk(stage), late]);
    return null;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    failure.stack = `${failure.stack ?? failure.message}\n${await describePages(stage)}`;
    return failure;
  } finally {
    clearTimeout(timer);
    for (const context of stage.browser.contexts()) await context.close().catch(() => undefined);
  }
}

/** What was on every page when the journey failed. */
async function describePages(stage: Stage): Promise<string> {
  const pages = stage.browser.contexts().flatMap((context) => context.pages());
  const words = pages.map(async (page) => {
    const text = await page
      .locator('body')
      .innerText({ timeout: 2_000 })
      .catch(() => 'does not answer');
    return `--- ${page.url()}\n${text.replace(/\s*\n\s*/g, ' | ').slice(0, 500)}`;
  });
  return (await Promise.all(words)).join('\n');
}
