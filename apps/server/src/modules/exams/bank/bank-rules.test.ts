import type { Answer, Question } from '@antu/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../../platform/database/pool.ts';
import { expectAppendOnly } from '../../../platform/testing/index.ts';
import { findCandidates, loadVersions } from './find-candidates.ts';
import { getQuestionDetail } from './get-question.ts';
import { submitQuestions, takeBackQuestions } from './move-versions.ts';
import { readStatistics } from './read-statistics.ts';
import { type QuestionUse, recordUses } from './record-uses.ts';
import { retireQuestions } from './retire-questions.ts';
import { reviewQuestions } from './review-questions.ts';
import { saveQuestion } from './save-question.ts';
import {
  addQuestions,
  type BankFixture,
  factsFor,
  judgement,
  makeBankFixture,
  singleChoice,
} from './testing/bank-fixture.ts';

let fixture: BankFixture;
beforeAll(async () => {
  fixture = await makeBankFixture();
});
afterAll(() => fixture.close());

const steps = ['edit', 'submit', 'take-back', 'approve', 'refuse', 'retire'] as const;
const people = ['teacher', 'manager', 'reviewer'] as const;

describe('whatever people do with a question', () => {
  it('what was drawn once never changes, no writer reviews, what is retired is never drawn', async () => {
    const { database, bankId } = fixture;
    const run = async (moves: readonly (readonly [(typeof steps)[number], (typeof people)[number]])[]) => {
      const [made] = await addQuestions(fixture, [{ question: judgement('起初'), facts: factsFor(fixture) }]);
      const questionId = made?.questionId ?? '';
      const drawnTexts = new Map<string, string>();
      let edits = 0;
      for (const [step, who] of moves) {
        const { ctx } = fixture[who];
        const newest = (await getQuestionDetail(ctx, questionId)).versions[0];
        if (!newest) throw new Error('no version');
        const seen = [{ versionId: newest.id, revision: newest.revision }];
        edits += 1;
        const { scheme: _, ...facts } = { ...factsFor(fixture), posts: [] };
        const work = {
          edit: () =>
            saveQuestion(ctx, questionId, {
              question: judgement(`第 ${edits} 稿`),
              facts,
              ...(seen[0] ?? { versionId: '', revision: 0 }),
            }),
          submit: () => submitQuestions(ctx, bankId, seen),
          'take-back': () => takeBackQuestions(ctx, bankId, seen),
          approve: () => reviewQuestions(ctx, bankId, { versions: seen, decision: 'approved', comment: '' }),
          refuse: () => reviewQuestions(ctx, bankId, { versions: seen, decision: 'refused', comment: '再改' }),
          retire: () => retireQuestions(ctx, bankId, { which: { questionIds: [questionId] }, reason: '法规已修订' }),
        }[step];
        // A refusal is as good as a change: what must hold is looked at afterwards. A fault of the database is not.
        await work().catch((error: { code?: string }) => {
          if (!error.code?.startsWith('questions.') && error.code !== 'platform.not_allowed') throw error;
        });
        const candidates = await findCandidates(database.pool, {
          scheme: 'road-transport',
          organisationId: fixture.bodyId,
          day: '2026-11-26',
        });
        const mine = candidates.filter((one) => one.questionId === questionId).map(({ versionId }) => versionId);
        const { rows } = await database.owner.query<{ retired: boolean; own: number }>(
          `select q.retired_at is not null as retired,
             (select count(*)::int from question_version v join question_review r on r.question_version_id = v.id
              where v.question_id = q.id and r.reviewer_id = any(v.authors) and r.revision = v.revision) as own
           from question q where q.id = $1`,
          [questionId],
        );
        expect(rows[0]?.own).toBe(0);
        expect(mine.length).toBeLessThanOrEqual(rows[0]?.retired ? 0 : 1);
        const loaded = await loadVersions(database.pool, [...mine, ...drawnTexts.keys()]);
        for (const versionId of mine)
          drawnTexts.set(versionId, drawnTexts.get(versionId) ?? JSON.stringify(loaded.get(versionId)));
        for (const [versionId, text] of drawnTexts) expect(JSON.stringify(loaded.get(versionId))).toBe(text);
      }
    };
    const moves = fc.array(fc.tuple(fc.constantFrom(...steps), fc.constantFrom(...people)), {
      minLength: 4,
      maxLength: 14,
    });
    await fc.assert(fc.asyncProperty(moves, run), { numRuns: 40 });
  }, 120_000);

  it('the database itself refuses to change what was approved', async () => {
    const [made] = await addQuestions(
      fixture,
      [{ question: singleChoice, facts: factsFor(fixture) }],
      fixture.manager.accountId,
    );
    const change = (set: string) =>
      fixture.database.pool.query(`update question_version set ${set} where id = $1`, [made?.versionId]);
    for (const set of [
      `content = '{}'`,
      `clause = ''`,
      'difficulty = 1',
      `state = 'draft', reviewed_by = null`,
      'authors = authors || gen_random_uuid()',
    ]) {
      await expect(change(set), set).rejects.toMatchObject({
        constraint: 'question_version__never_edited_after_draft',
      });
    }
    await expect(change('question_id = question_id')).rejects.toThrow('permission denied');
    await expect(fixture.database.pool.query('delete from question_version')).rejects.toThrow('permission denied');
    await expectAppendOnly(fixture.database, ['question_review', 'question_file']);
  });
});

describe('statistics from marked answers', () => {
  const use = (versionId: string, answer: Answer, score: number, restScore: number | null): QuestionUse => ({
    versionId,
    source: 'formal',
    question: singleChoice,
    answer,
    score,
    restScore,
  });
  const makeVersion = async (question: Question): Promise<string> => {
    const [made] = await addQuestions(fixture, [{ question, facts: factsFor(fixture) }], fixture.manager.accountId);
    return made?.versionId ?? '';
  };

  it('p-value, discrimination and choices by occasion, in the list and on the page', async () => {
    const versionId = await makeVersion(singleChoice);
    const uses = [
      use(versionId, 'A', 1, 0.9),
      use(versionId, 'A', 1, 0.7),
      use(versionId, 'B', 0, 0.3),
      use(versionId, null, 0, 0.1),
    ];
    await transaction(fixture.database.pool, (tx) => recordUses(tx, uses));
    await transaction(fixture.database.pool, (tx) =>
      recordUses(tx, [{ ...use(versionId, 'A', 1, null), source: 'quiz' }]),
    );
    const found = (await readStatistics(fixture.database.pool, [versionId])).get(versionId);
    expect(found?.all).toEqual({ answered: 5, right: 3, pValue: 0.6, discrimination: expect.closeTo(0.9486832981, 9) });
    expect(found?.bySource).toMatchObject([
      { source: 'formal', answered: 4, pValue: 0.5 },
      { source: 'quiz', answered: 1, discrimination: null },
    ]);
    const { rows } = await fixture.database.owner.query<{ question_id: string }>(
      'select question_id from question_version where id = $1',
      [versionId],
    );
    const detail = await getQuestionDetail(fixture.teacher.ctx, rows[0]?.question_id ?? '');
    expect(detail.versions[0]?.statistics.choices).toEqual([
      { part: 0, choice: 'A', count: 3 },
      { part: 0, choice: 'B', count: 1 },
      { part: 0, choice: 'C', count: 0 },
      { part: 0, choice: 'none', count: 1 },
    ]);
  });

  it('a hundred attempts that are marked at once are all counted, without a deadlock', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, index) => makeVersion({ ...singleChoice, stem: `并发 ${index}` } as Question)),
    );
    await Promise.all(
      Array.from({ length: 100 }, (_, attempt) => {
        const order = attempt % 2 === 0 ? ids : ids.toReversed();
        return transaction(fixture.database.pool, (tx) =>
          recordUses(
            tx,
            order.map((id) => use(id, 'A', 1, attempt / 100)),
          ),
        );
      }),
    );
    const found = await readStatistics(fixture.database.pool, ids);
    expect(ids.map((id) => [found.get(id)?.all.answered, found.get(id)?.choices[0]])).toEqual(
      ids.map(() => [100, 100]),
    );
  });

  it('counts nothing when the marking is rolled back', async () => {
    const versionId = await makeVersion({ ...singleChoice, stem: '回滚' } as Question);
    await expect(
      transaction(fixture.database.pool, async (tx) => {
        await recordUses(tx, [use(versionId, 'A', 1, 1)]);
        throw new Error('marking failed');
      }),
    ).rejects.toThrow('marking failed');
    expect((await readStatistics(fixture.database.pool, [versionId])).size).toBe(0);
  });
});
