import type { Stage } from './stage.ts';

export interface Journey {
  readonly name: string;
  /** Longest time it may take, ms. */
  readonly limitMs: number;
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
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(timer);
    for (const context of stage.browser.contexts()) await context.close().catch(() => undefined);
  }
}
