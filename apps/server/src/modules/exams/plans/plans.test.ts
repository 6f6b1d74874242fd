import type { ExamPlanDetail, ExamPlanView, SamplePaper } from '@antu/contract';
import type { BlueprintLine } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addQuestions, codeOf, factsFor, judgement } from '../bank/testing/bank-fixture.ts';
import { type ExamWorld, linesOf, makeExamWorld, TWO_KINDS } from '../testing/exam-world.ts';

let world: ExamWorld;
beforeAll(async () => {
  world = await makeExamWorld();
});
afterAll(() => world.bank.close());

const teacher = () => world.bank.teacher.client;
const bodyWith = (changes: Record<string, unknown> = {}) => ({
  organisationId: world.bank.bodyId,
  titleZh: '两类人考核 A 卷',
  ruleSetId: TWO_KINDS,
  lines: linesOf(world.bank),
  picked: null,
  ...changes,
});
const create = (changes: Record<string, unknown> = {}) =>
  teacher().post<ExamPlanDetail>('/api/exam-plans', bodyWith(changes));
const { organisationId: _, ...replacement } = {
  organisationId: null,
  titleZh: 'B 卷',
  ruleSetId: TWO_KINDS,
  picked: null,
};
const line = (changes: Partial<BlueprintLine>): BlueprintLine => ({
  topicId: null,
  kind: 'judgement',
  difficulty: null,
  count: 50,
  centipoints: 200,
  ...changes,
});
const detailsOf = (answer: { body: unknown }) =>
  (answer.body as { error: { details: Record<string, unknown> } }).error.details;
const approved = async (stem: string, exclusionGroup: string | null = null): Promise<string> => {
  const items = [{ question: judgement(stem), facts: factsFor(world.bank, { exclusionGroup }) }];
  const [made] = await addQuestions(world.bank, items, world.bank.manager.accountId);
  return made?.questionId ?? '';
};

describe('a plan of papers', () => {
  it('is kept, found again and listed with what it needs', async () => {
    const made = await create();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ questions: 75, totalPoints: 100, canDraw: true, problems: [], shortages: [] });
    const found = await teacher().get<ExamPlanDetail>(`/api/exam-plans/${made.body.id}`);
    expect(found.body).toEqual(made.body);
    const { body } = await teacher().get<{ items: ExamPlanView[] }>('/api/exam-plans');
    expect(body.items.find(({ id }) => id === made.body.id)).toMatchObject({ mode: 'drawn', canDraw: true });
  });

  it('whose points do not add up is refused with both numbers', async () => {
    const refused = await create({ lines: [line({ count: 49 })] });
    expect([refused.status, codeOf(refused)]).toEqual([422, 'exams.plan_not_valid']);
    expect(detailsOf(refused).problems).toEqual([
      {
        code: 'points',
        blocks: true,
        wanted: 100,
        found: 98,
        zh: '总分应为 100 分，现为 98 分。',
        en: 'The points add up to 98; the rules say 100.',
      },
    ]);
  });

  it('for which the bank has too few questions is refused line by line', async () => {
    const lines = [line({ count: 30 }), line({ kind: 'fill', count: 20 })];
    const refused = await create({ lines });
    expect([refused.status, codeOf(refused)]).toEqual([422, 'exams.plan_short']);
    expect(detailsOf(refused).shortages).toEqual([{ line: 1, wanted: 20, available: 0 }]);
  });

  it.each([
    [
      'rules of another place or time',
      { ruleSetId: 'work-safety.exam.special-operation-theory.2010-07-01' },
      'exams.rule_set_unknown',
    ],
    ['both ways at once', { picked: [] }, 'platform.bad_input'],
    ['neither way', { lines: null }, 'platform.bad_input'],
  ])('with %s is refused', async (_name, changes, code) => {
    expect(codeOf(await create(changes))).toBe(code);
  });

  it('with a topic of another training is refused', async () => {
    const lines = [line({ topicId: world.bank.foreignTopicId })];
    expect(codeOf(await create({ lines }))).toBe('exams.plan_topic_foreign');
  });

  it('is replaced by its next wording: the old one stays readable and is out of use', async () => {
    const { body: first } = await create();
    const body = { ...replacement, lines: linesOf(world.bank) };
    const next = await teacher().put<ExamPlanDetail>(`/api/exam-plans/${first.id}`, body);
    expect(next.body).toMatchObject({ titleZh: 'B 卷', retiredAt: null });
    expect(next.body.id).not.toBe(first.id);
    const { body: old } = await teacher().get<ExamPlanDetail>(`/api/exam-plans/${first.id}`);
    expect(old).toMatchObject({ titleZh: first.titleZh, replacedBy: next.body.id });
    expect(old.retiredAt).not.toBeNull();
    const again = await teacher().put(`/api/exam-plans/${first.id}`, body);
    expect([again.status, codeOf(again)]).toEqual([409, 'exams.plan_replaced']);
  });

  it('has one next wording when two people change it at once', async () => {
    const { body: first } = await create();
    const body = { ...replacement, lines: linesOf(world.bank) };
    const answers = await Promise.all(
      [world.bank.teacher, world.bank.colleague].map(({ client }) => client.put(`/api/exam-plans/${first.id}`, body)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('is taken out of use once', async () => {
    const { body: plan } = await create();
    expect((await teacher().post<ExamPlanDetail>(`/api/exam-plans/${plan.id}/retire`)).body.retiredAt).not.toBeNull();
    expect(codeOf(await teacher().post(`/api/exam-plans/${plan.id}/retire`))).toBe('exams.plan_replaced');
  });

  it('is nobody’s business outside the training body', async () => {
    const { body: plan } = await create();
    for (const { client } of [world.bank.otherTeacher, world.bank.learner]) {
      expect((await client.get(`/api/exam-plans/${plan.id}`)).status).toBe(403);
      expect((await client.get(`/api/exam-plans/${plan.id}/sample`)).status).toBe(403);
      expect((await client.get(`/api/exam-plans/${plan.id}/paper.pdf?seed=a&part=key`)).status).toBe(403);
    }
  });
});

describe('what a writer of plans is told', () => {
  it('before anything is kept: counts by cell, problems and shortages', async () => {
    const choices = await teacher().get<{ counts: { kind: string; count: number }[]; rules: { id: string }[] }>(
      `/api/exam-plans/choices?organisationId=${world.bank.bodyId}&scheme=road-transport`,
    );
    expect(choices.body.counts.find(({ kind }) => kind === 'single')?.count).toBe(40);
    expect(choices.body.rules.map(({ id }) => id)).toContain(TWO_KINDS);
    const { organisationId, ruleSetId } = bodyWith();
    const draft = { organisationId, ruleSetId, lines: [line({ kind: 'single', count: 41 })], picked: null };
    const checked = await teacher().post('/api/exam-plans/check', draft);
    expect(checked.body).toMatchObject({
      questions: 41,
      totalPoints: 82,
      problems: [{ code: 'points' }],
      shortages: [{ line: 0, wanted: 41, available: 40 }],
    });
  });
});

describe('questions picked by hand', () => {
  it('are all asked for what they are worth; one that is retired later is named', async () => {
    const ids = [await approved('手选第一题'), await approved('手选第二题')];
    const picked = ids.map((questionId) => ({ questionId, centipoints: 5_000 }));
    const { body: plan } = await create({ lines: null, picked, titleZh: '手选卷' });
    expect(plan.picked?.map(({ stem, usable }) => [stem, usable])).toEqual([
      ['手选第一题', true],
      ['手选第二题', true],
    ]);
    const { bankId } = world.bank;
    await teacher().post(`/api/question-banks/${bankId}/retirements`, {
      which: { questionIds: [ids[1]] },
      reason: '法规已修订',
    });
    const { body: later } = await teacher().get<ExamPlanDetail>(`/api/exam-plans/${plan.id}`);
    expect(later).toMatchObject({ canDraw: false, shortages: [{ line: 1, wanted: 1, available: 0 }] });
    expect(codeOf(await teacher().get(`/api/exam-plans/${plan.id}/sample`))).toBe('exams.plan_short');
  });

  it('that give one another away, or of somebody else’s bank, are refused', async () => {
    const ids = [await approved('互斥一', '互斥组'), await approved('互斥二', '互斥组')];
    const picked = ids.map((questionId) => ({ questionId, centipoints: 5_000 }));
    expect(codeOf(await create({ lines: null, picked }))).toBe('exams.plan_not_valid');
    const foreign = [{ questionId: world.bank.bankId, centipoints: 10_000 }];
    expect(codeOf(await create({ lines: null, picked: foreign }))).toBe('questions.not_found');
  });
});

describe('a sample paper', () => {
  it('is the same for the same seed, another for another, and in the audit log', async () => {
    const { body: plan } = await create();
    const sample = async (seed: string) =>
      (await teacher().get<SamplePaper>(`/api/exam-plans/${plan.id}/sample?seed=${seed}`)).body;
    const [one, same, other] = [await sample('one'), await sample('one'), await sample('two')];
    expect(one).toEqual(same);
    expect(one.items).toHaveLength(75);
    expect(other.items.map(({ questionId }) => questionId)).not.toEqual(one.items.map(({ questionId }) => questionId));
    const { rows } = await world.bank.database.owner.query(
      `select detail from audit_entry where action = 'exams.sample-paper' and object_id = $1`,
      [plan.id],
    );
    expect(rows).toHaveLength(3);
  });
});

describe('a mock exam', () => {
  it('asks nothing from a bank that is closed for practice, where a formal exam may', async () => {
    const mock = await create({ titleZh: '模拟卷', isMock: true });
    expect([mock.status, mock.body.canDraw]).toEqual([201, true]);
    const who = await world.candidate();
    const sit = () => who.client.post('/api/mock-exams', { planId: mock.body.id });
    expect((await sit()).status).toBe(201);
    const practise = (open: boolean) =>
      world.bank.manager.client.put(`/api/question-banks/${world.bank.bankId}/practice`, { open });
    await practise(false);
    expect(codeOf(await sit())).toBe('exams.plan_short');
    expect((await teacher().get<ExamPlanDetail>(`/api/exam-plans/${mock.body.id}`)).body.canDraw).toBe(false);
    const { body } = await teacher().get<{ items: ExamPlanView[] }>('/api/exam-plans');
    expect(body.items.find(({ id }) => id === mock.body.id)?.canDraw).toBe(false);
    const { titleZh: _title, ...draft } = bodyWith();
    const shortagesOf = async (isMock: boolean) =>
      (await teacher().post<{ shortages: unknown[] }>('/api/exam-plans/check', { ...draft, isMock })).body.shortages;
    expect(await shortagesOf(true)).not.toEqual([]);
    expect(await shortagesOf(false)).toEqual([]);
    const countsOf = async (forMock: string) => {
      const query = `organisationId=${world.bank.bodyId}&scheme=road-transport&mock=${forMock}`;
      return (await teacher().get<{ counts: unknown[] }>(`/api/exam-plans/choices?${query}`)).body.counts.length;
    };
    expect([await countsOf('yes'), (await countsOf('no')) > 0]).toEqual([0, true]);
    expect((await create({ titleZh: '正式卷' })).body).toMatchObject({ canDraw: true });
    await practise(true);
    expect((await sit()).status).toBe(201);
  });
});
