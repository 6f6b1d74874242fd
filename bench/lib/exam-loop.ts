import type { SignedInCandidate } from '../../apps/server/src/modules/exams/testing/exam-office.ts';
import type { Acknowledged } from '../../apps/server/src/modules/exams/testing/find-lost-answers.ts';
import { ExamCandidate } from './exam-candidate.ts';
import { type Latencies, summarise } from './latencies.ts';

/** Users who ask again as soon as they have their answer. */
export type LoopOrder = {
  port: number;
  candidates: readonly SignedInCandidate[];
  warmSeconds: number;
  seconds: number;
};
export type LoopRate = Latencies & { perSecond: number };
export type LoopResult = {
  /** Saves of ten answers. */
  pages: LoopRate;
  /** One third each: a look (every tenth a reload of the whole paper), a save of one answer, a save of ten. */
  mixed: LoopRate;
  failures: number;
  firstFailure: string | null;
  acknowledged: Acknowledged[];
};

const PAGE = 10;
const RELOAD_EVERY = 10;

async function loop({ port, candidates, warmSeconds, seconds }: LoopOrder): Promise<LoopResult> {
  const people = candidates.map((one) => new ExamCandidate(port, one));
  const failures: string[] = [];
  for (const one of people) await one.start();

  /** Everybody does one thing after the other until the time is over. */
  const measure = async (step: (one: ExamCandidate, turn: number) => Promise<void>): Promise<LoopRate> => {
    const latencies: number[] = [];
    const fromMs = performance.now() + warmSeconds * 1000;
    const untilMs = fromMs + seconds * 1000;
    await Promise.all(
      people.map(async (one, place) => {
        // Each begins at another step, so that the kinds of requests are mixed at every moment.
        for (let turn = place; performance.now() < untilMs && failures.length === 0; turn += 1) {
          const startMs = performance.now();
          await step(one, turn).catch((error: Error) => failures.push(error.message));
          const doneMs = performance.now();
          if (doneMs >= fromMs && doneMs < untilMs) latencies.push(doneMs - startMs);
        }
      }),
    );
    return { ...summarise(latencies), perSecond: Math.round(latencies.length / seconds) };
  };

  const pageOf = (one: ExamCandidate, turn: number) =>
    Array.from({ length: PAGE }, (_, at) => (turn + at) % one.questions);
  const savePage = (one: ExamCandidate, turn: number) => one.save(pageOf(one, turn));
  const pages = await measure(savePage);
  const mixed = await measure((one, turn) => {
    if (turn % 3 === 1) return one.save([turn % one.questions]);
    if (turn % 3 === 2) return savePage(one, turn);
    return turn % (3 * RELOAD_EVERY) === 0 ? one.start() : one.look();
  });
  for (const one of people) await one.submit();
  return {
    pages,
    mixed,
    failures: failures.length,
    firstFailure: failures[0] ?? null,
    acknowledged: people.map(({ acknowledged }) => acknowledged),
  };
}

process.once('message', (order: LoopOrder) => {
  void loop(order).then((result) => process.send?.(result, () => process.exit(0)));
});
