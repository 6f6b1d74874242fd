import type { listQuestions, QuestionDetail, QuestionSummary } from '@antu/contract';
import type { Question, QuestionFacts } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { findCandidates, loadVersions } from './find-candidates.ts';
import {
  addQuestions,
  type BankFixture,
  codeOf,
  factsFor,
  judgement,
  makeBankFixture,
  type Person,
  singleChoice,
} from './testing/bank-fixture.ts';

let fixture: BankFixture;
beforeAll(async () => {
  fixture = await makeBankFixture();
});
afterAll(() => fixture.close());

const bank = () => `/api/question-banks/${fixture.bankId}`;
const bodyOf = (question: Question, changes: Partial<QuestionFacts> = {}) => {
  const { scheme: _, ...facts } = factsFor(fixture, changes);
  return { question, facts };
};
const write = async (question: Question, changes: Partial<QuestionFacts> = {}, by: Person = fixture.teacher) =>
  (await by.client.post<QuestionDetail>(`${bank()}/questions`, bodyOf(question, changes))).body;
const newestOf = (detail: QuestionDetail) => detail.versions[0] as QuestionDetail['versions'][number];
const seenOf = (detail: QuestionDetail) => ({
  versions: [{ versionId: newestOf(detail).id, revision: newestOf(detail).revision }],
});
const reload = async ({ id }: QuestionDetail) =>
  (await fixture.teacher.client.get<QuestionDetail>(`/api/questions/${id}`)).body;
/** Time goes on between two steps, as it does between people. */
const later = () => fixture.test.clock.advance(1000);
const save = (detail: QuestionDetail, question: Question, by: Person = fixture.teacher) => {
  later();
  return by.client.put<QuestionDetail>(`/api/questions/${detail.id}`, {
    ...bodyOf(question),
    ...seenOf(detail).versions[0],
  });
};
const submit = (detail: QuestionDetail) => {
  later();
  return fixture.teacher.client.post(`${bank()}/submissions`, seenOf(detail));
};
const review = (detail: QuestionDetail, by: Person, decision = 'approved', comment = '') => {
  later();
  return by.client.post(`${bank()}/reviews`, { ...seenOf(detail), decision, comment });
};
const retire = (which: Record<string, unknown>) =>
  fixture.teacher.client.post<{ changed: number }>(`${bank()}/retirements`, { which, reason: '法规已修订' });
const approved = async (stem: string): Promise<QuestionDetail> => {
  const made = await write(judgement(stem));
  await submit(made);
  await review(made, fixture.manager);
  return reload(made);
};
const drawn = async () => {
  const found = await findCandidates(fixture.database.pool, {
    scheme: 'road-transport',
    organisationId: fixture.bodyId,
    day: '2026-11-26',
  });
  return found.map(({ versionId }) => versionId);
};
type Page = z.output<(typeof listQuestions)['answer']>;
const list = async (query: string): Promise<Page> =>
  (await fixture.teacher.client.get<Page>(`${bank()}/questions?${query}`)).body;
const actions = async (): Promise<string[]> => {
  const { rows } = await fixture.database.owner.query<{ action: string }>(
    `select action from audit_entry where action like 'questions.%' order by at, bucket, seq`,
  );
  return rows.map(({ action }) => action);
};

describe('the way of a question', () => {
  it('from the draft over a refusal to the paper, each step by the right person and in the audit log', async () => {
    const before = (await actions()).length;
    const made = await write(singleChoice);
    expect([newestOf(made).state, made.ownWork, made.versions[0]?.number]).toEqual(['draft', true, 1]);
    await submit(made);
    expect(codeOf(await save(made, judgement('送审后不能改')))).toBe('questions.not_editable');
    expect(codeOf(await review(made, fixture.manager, 'refused'))).toBe('questions.comment_missing');
    await review(made, fixture.manager, 'refused', '选项 C 太明显');
    const refused = await reload(made);
    expect(newestOf(refused)).toMatchObject({
      state: 'refused',
      reviews: [{ decision: 'refused', comment: '选项 C 太明显' }],
    });
    const edited = (await save(refused, { ...singleChoice, stem: '夜间会车时如何使用灯光？' } as Question)).body;
    expect(newestOf(edited)).toMatchObject({ state: 'draft', number: 1, revision: 2 });
    await submit(edited);
    expect(await drawn()).not.toContain(newestOf(edited).id);
    await review(edited, fixture.reviewer);
    const done = await reload(edited);
    expect(newestOf(done)).toMatchObject({
      state: 'approved',
      reviews: [{ decision: 'refused' }, { decision: 'approved' }],
    });
    expect(await drawn()).toContain(newestOf(done).id);
    expect((await actions()).slice(before)).toEqual([
      'questions.create',
      'questions.submit',
      'questions.refuse',
      'questions.edit',
      'questions.submit',
      'questions.approve',
    ]);
  });

  it('nobody reviews what they wrote in, not even the colleague who mended a comma', async () => {
    const made = await write(judgement('轮胎花纹深度应当每天检查'), {}, fixture.manager);
    const mended = (await save(made, judgement('轮胎花纹深度应当每天检查。'), fixture.teacher)).body;
    await submit(mended);
    expect(codeOf(await review(mended, fixture.manager))).toBe('questions.own_work');
    expect(codeOf(await review(mended, fixture.teacher))).toBe('platform.not_allowed');
    expect((await review(mended, fixture.reviewer)).status).toBe(200);
  });

  it('an approved version is changed only by a new one, and drawn until that is approved', async () => {
    const first = await approved('大型客车每年检验一次');
    const next = (await save(first, judgement('大型客车每半年检验一次'))).body;
    expect(next.versions.map(({ number, state }) => [number, state])).toEqual([
      [2, 'draft'],
      [1, 'approved'],
    ]);
    expect(await drawn()).toContain(newestOf(first).id);
    await submit(next);
    await review(next, fixture.manager);
    const done = await reload(next);
    expect(done.versions.map(({ state }) => state)).toEqual(['approved', 'superseded']);
    const ids = await drawn();
    expect([ids.includes(newestOf(first).id), ids.includes(newestOf(done).id)]).toEqual([false, true]);
    const loaded = await loadVersions(fixture.database.pool, [newestOf(first).id]);
    expect(loaded.get(newestOf(first).id)?.question.stem).toBe('大型客车每年检验一次');
  });

  it('of two who edit at once the second is told, and a reviewer decides only on what was seen', async () => {
    const made = await write(judgement('两个人同时修改'));
    expect((await save(made, judgement('第一个人改了'))).status).toBe(200);
    expect(codeOf(await save(made, judgement('第二个人也改'), fixture.colleague))).toBe('questions.changed_meanwhile');
    expect(codeOf(await submit(made))).toBe('questions.changed_meanwhile');
    const now = await reload(made);
    await submit(now);
    await fixture.teacher.client.post(`${bank()}/take-backs`, seenOf(now));
    expect(codeOf(await review(now, fixture.manager))).toBe('questions.action_not_possible');
  });

  it('two reviewers at once: one decision', async () => {
    const made = await write(judgement('两个人同时审核'));
    await submit(made);
    const answers = await Promise.all([review(made, fixture.manager), review(made, fixture.reviewer)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(newestOf(await reload(made)).reviews).toHaveLength(1);
  });

  it('a draft may lack its clause, a review asks for it and nothing of the batch moves', async () => {
    const good = await write(judgement('依据齐全'));
    const bare = await write(judgement('缺少依据'), { clause: '' });
    const versions = [good, bare].flatMap((one) => seenOf(one).versions);
    const answer = await fixture.teacher.client.post(`${bank()}/submissions`, { versions });
    expect(codeOf(answer)).toBe('questions.not_ready');
    expect(answer.text).toContain('没有写明依据');
    expect(newestOf(await reload(good)).state).toBe('draft');
  });

  it('keeps nothing that is wrong, and says where', async () => {
    const wrong = {
      ...singleChoice,
      options: singleChoice.kind === 'single' ? singleChoice.options.slice(0, 2) : [],
      answer: 'C',
    };
    const answer = await fixture.teacher.client.post<{
      error: { details: { problems: { field: string; zh: string }[] } };
    }>(`${bank()}/questions`, bodyOf(wrong as Question));
    expect(answer.status).toBe(422);
    expect(answer.body.error.details.problems).toEqual([
      expect.objectContaining({ field: 'answer', zh: '正确答案 C 不在选项中。' }),
    ]);
  });
});

describe('questions out of use', () => {
  it('are never drawn, lose their drafts, keep what was asked, and cannot be changed', async () => {
    const first = await approved('旧规定下的题目');
    const next = (await save(first, judgement('旧规定下的题目，改了一半'))).body;
    expect((await retire({ questionIds: [first.id] })).body).toEqual({ changed: 1 });
    const done = await reload(next);
    expect(done.versions.map(({ number, state }) => [number, state])).toEqual([
      [1, 'retired'],
      [2, 'dropped'],
    ]);
    expect(done.retiredBecause).toBe('法规已修订');
    expect(await drawn()).not.toContain(newestOf(first).id);
    expect((await loadVersions(fixture.database.pool, [newestOf(first).id])).size).toBe(1);
    expect(codeOf(await save(done, judgement('再改')))).toBe('questions.retired');
    expect(codeOf(await retire({ questionIds: [first.id] }))).toBe('questions.action_not_possible');
  });

  it('by the law they rest on: exactly as many as were seen, or none', async () => {
    const clause = '道路运输条例第 100%_条';
    const facts = [clause, `${clause}第二款`, '道路运输条例第 100 条'].map((text) =>
      factsFor(fixture, { clause: text }),
    );
    const made = await addQuestions(
      fixture,
      facts.map((one, index) => ({ question: judgement(`依据 ${index}`), facts: one })),
      fixture.manager.accountId,
    );
    const seen = await list(`clause=${encodeURIComponent('100%_条')}`);
    expect(seen.total).toBe(2);
    expect(codeOf(await retire({ clause: '100%_条', expected: 3 }))).toBe('questions.count_changed');
    expect((await retire({ clause: '100%_条', expected: 2 })).body).toEqual({ changed: 2 });
    const ids = await drawn();
    expect(made.map(({ versionId }) => ids.includes(versionId))).toEqual([false, false, true]);
  });
});

describe('finding questions', () => {
  it('by topic, kind, difficulty, state and words, with the exact total, page by page', async () => {
    const items = Array.from({ length: 7 }, (_, index) => ({
      question: judgement(`隧道内行车第${index}条，不得（ ）停车`),
      facts: factsFor(fixture, { difficulty: 3, explanation: `解析之${index}` }),
    }));
    await addQuestions(fixture, items, fixture.manager.accountId);
    const filter = `topicId=${fixture.topicId}&kind=judgement&difficulty=3&state=drawn`;
    const query = `${filter}&q=${encodeURIComponent('隧道内 行车')}&limit=3`;
    const pages: QuestionSummary[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await list(cursor === '' ? query : `${query}&cursor=${cursor}`);
      expect(page.total).toBe(7);
      pages.push(page.items);
      cursor = page.nextCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(pages.flat().map(({ stem }) => stem)).toEqual(items.map(({ question }) => question.stem).toReversed());
    expect((await list(`q=${encodeURIComponent('解析之5')}`)).total).toBe(1);
    expect((await list(`topicId=${fixture.topicId}&kind=fill`)).items).toEqual([]);
    expect((await fixture.teacher.client.get(`${bank()}/questions?cursor=x`)).status).toBe(400);
  });

  it('near-identical ones are told at once, listed as pairs, and forgotten when one is out of use', async () => {
    const one = await write(judgement('危险货物运输车辆应当悬挂标志灯和标志牌'));
    const other = await write(judgement('危险货物运输车辆应当悬挂标志灯、标志牌'));
    expect(other.similar).toEqual([
      {
        id: one.id,
        similarity: expect.any(Number),
        kind: 'judgement',
        stem: '危险货物运输车辆应当悬挂标志灯和标志牌',
        state: 'draft',
      },
    ]);
    const pairsWith = async () => {
      const { body } = await fixture.teacher.client.get<{ pairs: { a: { id: string }; b: { id: string } }[] }>(
        `${bank()}/duplicates`,
      );
      return body.pairs.filter(({ a, b }) => [a.id, b.id].includes(one.id)).length;
    };
    expect(await pairsWith()).toBe(1);
    await retire({ questionIds: [other.id] });
    expect(await pairsWith()).toBe(0);
  });
});

describe('who may', () => {
  it('nobody of another body sees or changes anything, learners see nothing', async () => {
    const made = await write(judgement('保密的题目'));
    for (const who of ['otherTeacher', 'learner'] as const) {
      const { client } = fixture[who];
      const answers = await Promise.all([
        client.get(`/api/questions/${made.id}`),
        client.get(`${bank()}/questions`),
        client.get(`${bank()}/duplicates`),
        client.post(`${bank()}/questions`, bodyOf(judgement('别人的'))),
        client.post(`${bank()}/retirements`, { which: { questionIds: [made.id] }, reason: '捣乱一下' }),
      ]);
      expect([who, ...answers.map(({ status }) => status)]).toEqual([who, 403, 403, 403, 403, 403]);
    }
    const banks = await fixture.otherTeacher.client.get<{ items: unknown[] }>('/api/question-banks');
    expect(banks.body.items).toEqual([]);
  });
});
