import { type BeatWriter, createBeatWriter } from '../../apps/server/src/modules/learning/beat-writer.ts';
import type { Pool } from '../../apps/server/src/platform/database/pool.ts';
import { openFor } from './credited-hours.ts';

const MINUTE_MS = 60_000;
/** Half an hour is the longest segment: openings spread over it, so that every round seals a thirtieth of the segments. */
const SEGMENT_MINUTES = 30;

type Reporter = { personId: string; sessionId: string };

/** Learners who report once a minute to the writer, in rounds that can be timed one by one. */
export class BeatRounds {
  readonly #writer: BeatWriter;
  readonly #sessions: readonly Reporter[];
  readonly #startMs: number;
  #round = 0;

  private constructor(writer: BeatWriter, sessions: readonly Reporter[], startMs: number) {
    this.#writer = writer;
    this.#sessions = sessions;
    this.#startMs = startMs;
  }

  /** Opens a session for everybody. The lesson must be as long as all rounds. */
  static async open(pool: Pool, people: readonly string[], lessonVersionId: string): Promise<BeatRounds> {
    const startMs = Date.now();
    const sessions: Reporter[] = [];
    for (const [index, personId] of people.entries()) {
      const openedMs = startMs - (index % SEGMENT_MINUTES) * MINUTE_MS;
      const { sessionId } = await openFor(pool, personId, lessonVersionId, openedMs);
      sessions.push({ personId, sessionId });
    }
    return new BeatRounds(createBeatWriter({ pool, groups: 4, windowMs: 0 }), sessions, startMs);
  }

  /** One report of everybody, until all are committed. @returns microseconds per report */
  async run(): Promise<number> {
    const at = this.#round;
    this.#round += 1;
    const nowMs = this.#startMs + at * MINUTE_MS;
    const claim = { seq: at + 1, mediaMs: at * MINUTE_MS, activity: 'playing', touched: true, ageMs: 0 } as const;
    const startedMs = performance.now();
    const answers = await Promise.all(
      this.#sessions.map(({ personId, sessionId }) =>
        this.#writer.submit({ personId, sessionId, wish: { type: 'beats', claims: [claim], nowMs } }),
      ),
    );
    const microseconds = ((performance.now() - startedMs) * 1000) / this.#sessions.length;
    const lost = answers.filter((one) => one?.state.lastSeq !== claim.seq).length;
    if (lost > 0) throw new Error(`${lost} reports of round ${at} were not taken`);
    return microseconds;
  }
}

/** The middle of some numbers. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Runs rounds on an empty and on a full database in turn, so that whatever else the machine does meets both, and compares
 * neighbours only: the median of the ratios does not move with a checkpoint or a noisy minute.
 */
export async function compareRounds(
  empty: BeatRounds,
  full: BeatRounds,
  pairs: number,
  roundsPerBlock: number,
  say: (line: string) => void,
): Promise<{ growth: number; emptyMicroseconds: number; fullMicroseconds: number; ratios: number[] }> {
  const block = async (rounds: BeatRounds): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < roundsPerBlock; round += 1) times.push(await rounds.run());
    return medianOf(times);
  };
  // The first blocks compile code and fill caches.
  await block(empty);
  await block(full);
  const emptyTimes: number[] = [];
  const fullTimes: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const emptyFirst = pair % 2 === 0;
    const first = await block(emptyFirst ? empty : full);
    const second = await block(emptyFirst ? full : empty);
    const [one, other] = emptyFirst ? [first, second] : [second, first];
    emptyTimes.push(one);
    fullTimes.push(other);
    say(`  pair ${pair + 1}: ${one.toFixed(1)} µs empty, ${other.toFixed(1)} µs full`);
  }
  const ratios = fullTimes.map((time, at) => time / (emptyTimes[at] ?? Number.NaN));
  return {
    growth: medianOf(ratios),
    emptyMicroseconds: medianOf(emptyTimes),
    fullMicroseconds: medianOf(fullTimes),
    ratios,
  };
}
