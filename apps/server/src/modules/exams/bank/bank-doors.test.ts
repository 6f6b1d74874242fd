import { randomUUID } from 'node:crypto';
import type { Question } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../../platform/database/pool.ts';
import { createQuestions } from './create-questions.ts';
import { findCandidates, loadVersions } from './find-candidates.ts';
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

const caseQuestion: Question = {
  kind: 'case',
  stem: '一辆客车在雨天的高速公路上爆胎。',
  files: [],
  parts: [
    { ...singleChoice, stem: '首先应当做什么？' } as Extract<Question, { kind: 'single' }>,
    { kind: 'fill', stem: '警告标志放在车后____米以外。', files: [], accepted: [['150', '一百五十']] },
  ],
};

const drawnIds = async (day: string, posts?: readonly string[]): Promise<string[]> => {
  const found = await findCandidates(fixture.database.pool, {
    scheme: 'road-transport',
    organisationId: fixture.bodyId,
    day,
    ...(posts ? { posts } : {}),
  });
  return found.map(({ versionId }) => versionId);
};

describe('what other parts get from the bank', () => {
  it('written questions are drafts that no paper draws, approved ones are drawn with the number of their options', async () => {
    const items = [{ question: caseQuestion, facts: factsFor(fixture, { exclusionGroup: '爆胎' }) }];
    const [draft] = await addQuestions(fixture, items);
    const [approved] = await addQuestions(fixture, items, fixture.manager.accountId);
    const found = await findCandidates(fixture.database.pool, {
      scheme: 'road-transport',
      organisationId: fixture.bodyId,
      day: '2026-11-26',
    });
    expect(found.map(({ versionId }) => versionId)).not.toContain(draft?.versionId);
    expect(found.find(({ versionId }) => versionId === approved?.versionId)).toEqual({
      questionId: approved?.questionId,
      versionId: approved?.versionId,
      topicId: fixture.topicId,
      kind: 'case',
      difficulty: 2,
      exclusionGroup: '爆胎',
      optionCounts: [3, 0],
    });
  });

  it('reads versions back as they were written, and leaves unknown ids out', async () => {
    const facts = factsFor(fixture, { posts: ['客运驾驶员'], validUntil: '2027-01-01', difficulty: 3 });
    const [created] = await addQuestions(fixture, [{ question: caseQuestion, facts }]);
    const loaded = await loadVersions(fixture.database.pool, [created?.versionId ?? '', randomUUID()]);
    expect([...loaded]).toEqual([
      [created?.versionId, { questionId: created?.questionId, question: caseQuestion, facts }],
    ]);
  });

  it.each([
    ['the day before it is valid', '2025-12-31', false],
    ['the first day', '2026-01-01', true],
    ['the last day', '2026-06-30', true],
    ['the day after', '2026-07-01', false],
  ])('draws %s: %s %s', async (_, day, drawn) => {
    const facts = factsFor(fixture, { validFrom: '2026-01-01', validUntil: '2026-06-30' });
    const [made] = await addQuestions(
      fixture,
      [{ question: judgement(`期限 ${day}`), facts }],
      fixture.manager.accountId,
    );
    expect((await drawnIds(day)).includes(made?.versionId ?? '')).toBe(drawn);
  });

  it('draws for a post what is meant for it or for everybody', async () => {
    const made = await addQuestions(
      fixture,
      [
        { question: judgement('人人适用'), facts: factsFor(fixture) },
        { question: judgement('货运适用'), facts: factsFor(fixture, { posts: ['货运驾驶员', '危货驾驶员'] }) },
      ],
      fixture.manager.accountId,
    );
    const of = async (posts?: string[]) => {
      const ids = await drawnIds('2026-11-26', posts);
      return made.map(({ versionId }) => ids.includes(versionId));
    };
    expect([await of(['客运驾驶员']), await of(['客运驾驶员', '危货驾驶员']), await of()]).toEqual([
      [true, false],
      [true, true],
      [true, true],
    ]);
  });

  it('writes all or nothing, and names every problem by its item', async () => {
    const broken = { ...singleChoice, answer: 'D' } as Question;
    const items = [judgement('第一题'), broken].map((question) => ({ question, facts: factsFor(fixture) }));
    const count = async () =>
      (await fixture.database.owner.query<{ count: number }>('select count(*) from question')).rows[0]?.count;
    const before = await count();
    await expect(addQuestions(fixture, items)).rejects.toMatchObject({
      code: 'questions.not_valid',
      details: { problems: [expect.objectContaining({ index: 1, code: 'answer-not-an-option', field: 'answer' })] },
    });
    const foreign = factsFor(fixture, { topicId: fixture.foreignTopicId });
    await expect(addQuestions(fixture, [{ question: judgement('别的大纲'), facts: foreign }])).rejects.toMatchObject({
      code: 'questions.topic_foreign',
    });
    expect(await count()).toBe(before);
  });

  it('keeps drafts without clause, and approves none without', async () => {
    const items = [{ question: judgement('没有依据'), facts: factsFor(fixture, { clause: '' }) }];
    expect(await addQuestions(fixture, items)).toHaveLength(1);
    await expect(addQuestions(fixture, items, fixture.manager.accountId)).rejects.toMatchObject({
      code: 'questions.not_ready',
    });
  });

  it('refuses writers of another body, and approval by the writer', async () => {
    const { teacher, otherTeacher, bankId } = fixture;
    const items = [{ question: judgement('别人的题库'), facts: factsFor(fixture) }];
    await expect(
      transaction(fixture.database.pool, (tx) => createQuestions(tx, otherTeacher.ctx, bankId, items, null)),
    ).rejects.toMatchObject({ code: 'platform.not_allowed' });
    await expect(addQuestions(fixture, items, teacher.accountId)).rejects.toMatchObject({
      constraint: 'question_version__own_work',
    });
  });

  it('writes a bank of 2,000 questions at once', async () => {
    const items = Array.from({ length: 2000 }, (_, index) => ({
      question: judgement(`题目 ${index}`),
      facts: factsFor(fixture),
    }));
    const created = await addQuestions(fixture, items);
    const loaded = await loadVersions(
      fixture.database.pool,
      created.map(({ versionId }) => versionId),
    );
    expect(created.map(({ versionId }) => loaded.get(versionId)?.question.stem)).toEqual(
      items.map(({ question }) => question.stem),
    );
  });
});
