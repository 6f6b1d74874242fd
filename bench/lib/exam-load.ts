import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedInCandidate } from '../../apps/server/src/modules/exams/testing/exam-office.ts';
import type { Acknowledged } from '../../apps/server/src/modules/exams/testing/find-lost-answers.ts';
import { ExamCandidate } from './exam-candidate.ts';
import { type Latencies, summarise } from './latencies.ts';

/** An exam as people sit it, each on a connection of their own. */
export type ExamOrder = {
  port: number;
  candidates: readonly SignedInCandidate[];
  /** Everybody begins within this time after the bell. */
  startSpreadMs: number;
  /** Mean time between two answers. */
  thinkMs: number;
  submitSpreadMs: number;
};
export type ExamResult = {
  start: Latencies;
  save: Latencies;
  submit: Latencies;
  failures: number;
  firstFailure: string | null;
  acknowledged: Acknowledged[];
};

/** Requests of the pages that wait for the bell, at once. */
const LOOKS_AT_ONCE = 50;

async function sit({ port, candidates, startSpreadMs, thinkMs, submitSpreadMs }: ExamOrder): Promise<ExamResult> {
  const people = candidates.map((one) => new ExamCandidate(port, one));
  const failures: string[] = [];
  /** Does something when it is due and notes how long after that its answer was there. */
  const timed = async (into: number[], dueMs: number, work: () => Promise<void>) => {
    await sleep(Math.max(0, dueMs - performance.now()));
    try {
      await work();
      into.push(performance.now() - dueMs);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };

  const waiting = people.values();
  const look = async () => {
    for (const one of waiting) await one.look();
  };
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, look));

  const [starts, saves, submits]: [number[], number[], number[]] = [[], [], []];
  const bellMs = performance.now() + 1_000;
  await Promise.all(
    people.map(async (one, at) => {
      await timed(starts, bellMs + (startSpreadMs * at) / people.length, () => one.start());
      for (let item = 0; item < one.questions; item += 1) {
        await timed(saves, performance.now() + thinkMs * (0.5 + Math.random()), () => one.save([item]));
      }
    }),
  );
  const endMs = performance.now() + 1_000;
  await Promise.all(people.map((one) => timed(submits, endMs + submitSpreadMs * Math.random(), () => one.submit())));
  return {
    start: summarise(starts),
    save: summarise(saves),
    submit: summarise(submits),
    failures: failures.length,
    firstFailure: failures[0] ?? null,
    acknowledged: people.map(({ acknowledged }) => acknowledged),
  };
}

process.once('message', (order: ExamOrder) => {
  void sit(order).then((result) => process.send?.(result, () => process.exit(0)));
});
