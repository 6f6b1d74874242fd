import type { Appeal } from '@antu/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemAuditContext } from '../../audit/index.ts';
import { findDifferences } from '../testing/study-bench.ts';
import { settleReview } from './settle-review.ts';
import { PendingStudy } from './testing/pending-study.ts';
import { ReviewBench } from './testing/review-bench.ts';

let review: ReviewBench;
beforeAll(async () => {
  review = await ReviewBench.start([1500], 'work-safety');
}, 60_000);
afterAll(() => review?.close());

const second = fc.integer({ min: 0, max: 400 });
const stepArb = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('study' as const),
      from: second,
      seconds: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('defer' as const), more: fc.integer({ min: 0, max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('void' as const),
      at: fc.nat(),
      media: fc.option(fc.array(fc.tuple(second, fc.integer({ min: 1, max: 200 })), { minLength: 1, maxLength: 3 }), {
        nil: null,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('appeal' as const), at: fc.nat(), grant: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('settle' as const), at: fc.nat(), approve: fc.boolean() }) },
);

/** One learner, any order of study, voids, appeals and reviews. */
class Run {
  readonly sessions: string[] = [];
  readonly pending: PendingStudy[] = [];
  readonly personId: string;
  readonly #decided = new Set<PendingStudy>();
  #officers = 0;

  constructor(personId: string) {
    this.personId = personId;
  }

  /** A session from somewhere in what may be watched; the next seconds are new, seen or voided. */
  async study(fromSeconds: number, seconds: number): Promise<void> {
    const study = new PendingStudy(review, this.personId);
    const furthest = Number(/(\d+)\)\}$/.exec((await review.counted(study)).viewed)?.[1] ?? 0);
    await study.open(0, fromSeconds % (furthest + 1));
    await study.watch(seconds * 15);
    await study.close();
    this.sessions.push(study.sessionId);
  }

  async defer(more: number): Promise<void> {
    const study = new PendingStudy(review, this.personId);
    await study.open(0, 0);
    await study.watchUntilDeferred();
    await study.watch(more * 15);
    await study.close();
    this.sessions.push(study.sessionId);
    this.pending.push(study);
  }

  /** Whatever the answer: a refusal must change nothing either. */
  async void(at: number, media: [number, number][] | null): Promise<void> {
    const sessionId = this.sessions[at % this.sessions.length];
    if (sessionId === undefined) return;
    const caseId = await review.putCase(sessionId);
    const stretches = media?.map(([from, length]): [number, number] => [from, from + length]) ?? [];
    await review.decide(this.#somebody(), caseId, media === null ? 'void-all' : 'void-part', stretches);
  }

  async appeal(at: number, grant: boolean): Promise<void> {
    const sessionId = this.sessions[at % this.sessions.length];
    if (sessionId === undefined) return;
    const learner = review.ownOf(this.personId);
    const { body } = await learner.post<Appeal>('/api/learning/appeals', { sessionId, text: '请再核对一次' });
    const open = (await learner.get<{ items: Appeal[] }>('/api/learning/appeals')).body.items.find(
      (one) => one.state === 'open',
    );
    await this.#somebody().post(`/api/appeals/${body.id ?? open?.id}/answer`, { grant, answer: '已核对' });
  }

  async settle(at: number, approve: boolean): Promise<void> {
    const study = this.pending[at % this.pending.length];
    if (!study) return;
    if (!this.#decided.has(study)) await study.decideReview(approve ? 'approved' : 'rejected');
    this.#decided.add(study);
    const context = systemAuditContext(() => new Date(review.bench.test.clock.nowMs()), 'random');
    await settleReview(review.pool, context, { personId: this.personId, identityCheckId: study.identityCheckId });
  }

  #somebody() {
    this.#officers += 1;
    return review.as(`officer ${this.#officers % 3}`);
  }
}

it('any order of study, voids, appeals and reviews counts no second twice and recomputes to the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArb, { minLength: 3, maxLength: 14 }), async (steps) => {
      const student = await review.student();
      const run = new Run(student.personId);
      for (const step of steps) {
        review.bench.test.clock.advance(61_000);
        if (step.type === 'study') await run.study(step.from, step.seconds);
        else if (step.type === 'defer') await run.defer(step.more);
        else if (step.type === 'void') await run.void(step.at, step.media);
        else if (step.type === 'appeal') await run.appeal(step.at, step.grant);
        else await run.settle(step.at, step.approve);
        const { viewed, seconds, ledger } = await review.counted(student);
        const length = [...viewed.matchAll(/\[(\d+),(\d+)\)/g)].reduce(
          (sum, [, from, to]) => sum + Number(to) - Number(from),
          0,
        );
        expect({ seconds, ledger }).toEqual({ seconds: length, ledger: length });
        expect(ledger).toBeGreaterThanOrEqual(0);
      }
      expect(await findDifferences(review.bench, student.personId)).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 300_000);
