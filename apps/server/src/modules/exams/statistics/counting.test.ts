import {
  addMoments,
  addResults,
  type CountedResult,
  momentsOf,
  NO_MOMENTS,
  NO_RESULTS,
  placesOf,
  type QuestionMoments,
  type ResultSums,
  resultSums,
} from '@antu/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExamResult } from '../marking/result-rows.ts';
import { judgement } from '../bank/testing/bank-fixture.ts';
import { countResults } from './count-results.ts';
import { type MarkedWorld, makeMarkedWorld, QUESTIONS, type Sat } from './testing/marked-world.ts';

let world: MarkedWorld;
beforeAll(async () => {
  world = await makeMarkedWorld();
}, 60_000);
afterAll(() => world.bank.close());

const NOW = new Date('2026-11-26T03:00:00Z');
const count = () => countResults(world.bank.database.pool, NOW);

/** What is true, kept beside the database. */
interface Known {
  readonly sat: Sat;
  result: ExamResult;
  voided: boolean;
}
const known: Known[] = [];

const told = ({ sat, result }: Known): CountedResult => ({
  exam: 'two-kinds',
  month: world.exams[sat.exam]?.month ?? '',
  regionCode: sat.regionCode,
  bodyId: world.exams[sat.exam]?.bodyId ?? '',
  employerId: sat.employer === null ? null : (world.employers[sat.employer] ?? null),
  centipoints: result.centipoints,
  totalCentipoints: result.totalCentipoints,
  passed: result.passed,
  topics: [],
});

function expectedCells(): Map<string, ResultSums> {
  const cells = new Map<string, ResultSums>();
  for (const one of known.filter(({ voided }) => !voided)) {
    for (const { kind, place } of placesOf(told(one))) {
      const key = `${kind} ${place} ${told(one).month}`;
      cells.set(key, addResults(cells.get(key) ?? NO_RESULTS, resultSums(told(one))));
    }
  }
  return cells;
}
async function storedCells(): Promise<Map<string, ResultSums>> {
  const { rows } = await world.bank.database.owner.query<{
    key: string;
    n: number;
    passed: number;
    share: number;
    bins: number[];
  }>(
    `select kind || ' ' || place || ' ' || to_char(month, 'YYYY-MM') as key, candidates as n, passed, sum_share::float8 as share, bins
     from exam_statistic where candidates > 0`,
  );
  return new Map(
    rows.map((row) => [row.key, { candidates: row.n, passed: row.passed, sumShare: row.share, bins: row.bins }]),
  );
}
async function storedTopic(kind: string, place: string): Promise<{ candidates: number; earned: number } | undefined> {
  const { rows } = await world.bank.database.owner.query<{ candidates: number; earned: number }>(
    `select sum(candidates)::int as candidates, sum(earned)::int as earned from exam_topic_statistic where kind = $1 and place = $2`,
    [kind, place],
  );
  return rows[0];
}
function expectedItem(exam: number, item: number): QuestionMoments {
  return known
    .filter((one) => one.sat.exam === exam && !one.voided)
    .map(({ sat }) => {
      const scores = sat.answers.map((answer) => (answer === true ? 1 : 0) as number);
      const score = scores[item] ?? 0;
      const rest = scores.reduce((sum, one) => sum + one, 0) - score;
      return momentsOf({
        question: judgement('同一道题'),
        answer: sat.answers[item] ?? null,
        score,
        restScore: rest / (QUESTIONS - 1),
      });
    })
    .reduce(addMoments, NO_MOMENTS);
}
async function storedItem(exam: number, item: number): Promise<QuestionMoments | undefined> {
  const { rows } = await world.bank.database.owner.query<{ moments: string }>(
    'select moments from exam_item_statistic where exam_id = $1 and question_version_id = $2',
    [world.exams[exam]?.id, world.versionIds[item]],
  );
  return rows[0] && (JSON.parse(rows[0].moments) as QuestionMoments);
}

const anySat = fc.record({
  exam: fc.nat(1),
  employer: fc.constantFrom(0, 1, null),
  regionCode: fc.constantFrom('440104', '440106', '441900', null),
  answers: fc.array(fc.constantFrom(true, true, true, false, null), { minLength: QUESTIONS, maxLength: QUESTIONS }),
});
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('sit' as const), sat: anySat }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('appeal' as const), who: fc.nat(), item: fc.nat(QUESTIONS - 1) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('void' as const), who: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('count' as const) }) },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

async function take(step: Step): Promise<void> {
  if (step.what === 'count') return void (await count());
  if (step.what === 'sit') {
    known.push({ sat: step.sat, result: await world.sit(step.sat), voided: false });
    return;
  }
  const standing = known.filter(({ voided }) => !voided);
  const one = standing[step.who % standing.length];
  if (!one) return;
  if (step.what === 'void') {
    one.voided = true;
    await world.void(one.result.sittingId);
  } else {
    one.result = await world.appeal(one.result, one.result.earned.with(step.item, 1_000));
  }
}

describe('sums of results', () => {
  it('are what adding up all results gives, whatever was marked, appealed and voided when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 14 }), async (steps) => {
        for (const step of steps) await take(step);
        await count();
        expect(await storedCells()).toEqual(expectedCells());
        const inGuangdong = known.filter(({ sat, voided }) => !voided && sat.regionCode !== null);
        expect(await storedTopic('region', '440000')).toEqual(
          inGuangdong.length === 0
            ? expect.anything()
            : {
                candidates: inGuangdong.length,
                earned: inGuangdong.reduce((sum, { result }) => sum + result.centipoints, 0),
              },
        );
        for (const exam of [0, 1]) {
          const expected = expectedItem(exam, 3);
          if (expected.answered > 0) expect(await storedItem(exam, 3)).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('do not change when nothing happened, and wait for nobody', async () => {
    const before = await storedCells();
    expect(await count()).toBe(0);
    expect(await storedCells()).toEqual(before);
    const { rows } = await world.bank.database.owner.query('select 1 from exam_statistic_due');
    expect(rows).toEqual([]);
  });

  it('are the same when two jobs count at once', async () => {
    for (let n = 0; n < 4; n += 1) {
      const sat: Sat = { exam: 0, employer: 0, regionCode: '440104', answers: Array(QUESTIONS).fill(true) };
      known.push({ sat, result: await world.sit(sat), voided: false });
    }
    const both = await Promise.all([count(), count()]);
    expect(both[0] + both[1]).toBe(4);
    expect(await storedCells()).toEqual(expectedCells());
  });
});
