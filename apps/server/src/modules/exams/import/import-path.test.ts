import { randomUUID } from 'node:crypto';
import type { QuestionImportView } from '@antu/contract';
import type { Question, QuestionFacts } from '@antu/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addQuestions,
  type BankFixture,
  codeOf,
  factsFor,
  judgement,
  makeBankFixture,
  singleChoice,
} from '../bank/testing/bank-fixture.ts';
import { storeQuestionFile } from '../bank/files/store-file.ts';
import { readBytes } from './testing/read-back.ts';
import { type ImportBench, importBench } from './testing/import-bench.ts';

let fixture: BankFixture;
let bench: ImportBench;
beforeAll(async () => {
  fixture = await makeBankFixture();
  bench = importBench(fixture);
});
afterAll(() => fixture.close());

const text = (content: string): Buffer => Buffer.from(content);
const act = (importId: string, what: string, body?: Record<string, unknown>) =>
  fixture.teacher.client.post<QuestionImportView>(`/api/question-imports/${importId}/${what}`, body);
const stemsOf = async (bankId: string): Promise<string[]> => {
  const { rows } = await fixture.database.pool.query<{ content: string }>(
    `select v.content from question_version v join question q on q.id = v.question_id
     where q.bank_id = $1 and v.state <> 'dropped' order by q.id`,
    [bankId],
  );
  return rows.map(({ content }) => (JSON.parse(content) as Question).stem);
};
/** A bank of its own, so that tests do not meet one another's questions. */
async function makeBank(): Promise<string> {
  const bankId = randomUUID();
  await fixture.database.owner.query(
    `insert into question_bank (id, organisation_id, scheme, title_zh, created_by, created_at)
     values ($1, $2, 'road-transport', $3, $4, now())`,
    [bankId, fixture.bodyId, `题库 ${bankId}`, randomUUID()],
  );
  return bankId;
}

describe('a file of questions', () => {
  it('is checked row by row, imported without its bad rows and taken back', async () => {
    const bankId = await makeBank();
    const view = await bench.upload(
      text(
        '1、（判断题）雨天应当减速。答案：对\n2、下列哪项对？\nA、甲\nB、乙\n答案：D\n3、（判断题）雨天应当减速。答案：对',
      ),
      { bankId },
    );
    expect(view).toMatchObject({ state: 'checked', format: 'text', counts: { total: 3, good: 1, hinted: 1 } });
    expect(view.groups).toEqual([
      { group: 'answer', count: 1 },
      { group: 'duplicate', count: 1 },
    ]);
    const bad = await bench.rows(view.id, 'only=bad');
    expect(bad.flatMap(({ problems }) => problems.filter(({ level }) => level === 'stop'))).toMatchObject([
      { row: 2, column: 'answer', zh: '正确答案 D 不在选项中。' },
      { row: 6, column: 'stem', zh: '与第 1 行是同一道题。' },
    ]);
    expect(await stemsOf(bankId)).toEqual([]);

    expect(codeOf(await act(view.id, 'apply', { expected: 2 }))).toBe('imports.count_changed');
    expect((await act(view.id, 'apply', { expected: 1 })).body).toMatchObject({ state: 'applied', mayUndo: true });
    expect(await stemsOf(bankId)).toEqual(['雨天应当减速。']);
    expect(codeOf(await act(view.id, 'apply', { expected: 1 }))).toBe('imports.wrong_state');

    expect((await act(view.id, 'undo')).body).toMatchObject({ state: 'undone' });
    expect(await stemsOf(bankId)).toEqual([]);
    const list = await fixture.teacher.client.get<{ total: number }>(`/api/question-banks/${bankId}/questions`);
    expect(list.body.total).toBe(0);
  });

  it('is not taken back once somebody touched one of its questions', async () => {
    const bankId = await makeBank();
    const applied = await bench.bring(
      text('1、（判断题）会车时让行。答案：对\n2、（判断题）转弯时超车。答案：错'),
      bankId,
    );
    await fixture.database.owner.query(
      `update question_version set revision = 2 where id = (select id from question_version where import_id = $1 limit 1)`,
      [applied.id],
    );
    expect((await act(applied.id, 'undo')).body).toMatchObject({
      error: { code: 'imports.in_use', details: { count: 1 } },
    });
    expect(await stemsOf(bankId)).toHaveLength(2);
  });

  it('is mended cell by cell, and every row is looked at again', async () => {
    const bankId = await makeBank();
    const view = await bench.upload(
      text('1、下列哪项对？\nA、甲\nB、乙\n答案：D\n2、（判断题）停车应当拉手刹。答案：不知道'),
      { bankId },
    );
    expect(view.counts.good).toBe(0);
    const mended = await fixture.teacher.client.put<{ import: QuestionImportView; row: { isGood: boolean } }>(
      `/api/question-imports/${view.id}/rows/0`,
      { part: 0, column: 'answer', text: 'B' },
    );
    expect(mended.body).toMatchObject({ import: { counts: { good: 1 } }, row: { isGood: true } });
    await fixture.teacher.client.put(`/api/question-imports/${view.id}/rows/1`, {
      part: 0,
      column: 'answer',
      text: '对',
    });
    expect((await act(view.id, 'apply', { expected: 2 })).body).toMatchObject({ state: 'applied' });
  });

  it('gives its bad rows back as a sheet with the reasons, which imports once it is mended', async () => {
    const view = await bench.upload(text('1、（判断题）坡道停车。答案：不知道\n2、（判断题）坡道起步。答案：对'));
    const sheet = await fixture.teacher.client.get(`/api/question-imports/${view.id}/bad-rows`);
    const reading = await readBytes(sheet.raw);
    expect(reading).toMatchObject({
      format: 'xlsx',
      drafts: [{ rows: [{ cells: { stem: '坡道停车。', answer: '不知道' } }] }],
    });
    expect(JSON.stringify(reading)).not.toContain('坡道起步');
  });

  it('that cannot be read is refused with words and not kept', async () => {
    const view = await bench.upload(Buffer.from('PK\u0003\u0004 not a zip'), { fileName: '坏.xlsx' });
    expect(view).toMatchObject({ state: 'refused', refusal: { zh: '文件损坏，打不开。' }, counts: { total: 0 } });
    expect(await fixture.test.platform.storage.exists(`question-imports/${view.id}`)).toBe(false);
  });

  it('is dropped with everything that was found in it', async () => {
    const view = await bench.upload(text('1、（判断题）倒车鸣号。答案：对'));
    expect((await act(view.id, 'drop')).body).toMatchObject({ state: 'dropped' });
    expect(await bench.rows(view.id)).toEqual([]);
    expect(await fixture.test.platform.storage.exists(`question-imports/${view.id}`)).toBe(false);
  });

  it('names the topic, or takes the one that was chosen', async () => {
    const without = await bench.upload(text('1、（判断题）甲路口。答案：对'), { topicId: null });
    expect(without.groups).toEqual([{ group: 'topic', count: 1 }]);
    const named = await bench.upload(text('1、（判断题）乙路口。答案：对\n【主题】主题'), { topicId: null });
    expect(named.counts.good).toBe(1);
    const foreign = await bench.uploadRaw(
      text('甲'),
      `${fixture.bankId}/imports?fileName=a&topicId=${fixture.foreignTopicId}`,
    );
    expect(codeOf(foreign)).toBe('questions.topic_foreign');
  });

  it('is neither taken from nor shown to another body', async () => {
    const url = `${fixture.bankId}/imports?fileName=a.txt`;
    expect((await bench.uploadRaw(text('1、甲'), url, fixture.otherTeacher)).status).toBe(403);
    const view = await bench.upload(text('1、（判断题）丙路口。答案：对'));
    for (const path of ['', '/rows', '/bad-rows'])
      expect((await fixture.otherTeacher.client.get(`/api/question-imports/${view.id}${path}`)).status).toBe(403);
  });
});

describe('a bank', () => {
  it.each(['xlsx', 'text', 'qti'] as const)(
    'exported as %s and imported elsewhere is the same bank',
    async (format) => {
      const from = await makeBank();
      const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#2a7' } })
        .png()
        .toBuffer();
      const { id: fileId } = await storeQuestionFile(fixture.teacher.ctx, fixture.bodyId, picture);
      const facts: Partial<QuestionFacts> = {
        posts: ['班线客运驾驶员', '包车、旅游客运驾驶员'],
        difficulty: 3,
        validUntil: '2030-12-31',
        exclusionGroup: '灯光',
      };
      const questions: readonly Question[] = [
        judgement('=1+1 的写法<b>不是</b>公式 & 不是标记。', { files: [{ fileId, kind: 'picture', alt: '一块绿色' }] }),
        singleChoice,
        {
          kind: 'case',
          stem: '一辆客车\n在雨天爆胎。',
          files: [],
          parts: [
            { kind: 'fill', stem: '警告标志放在____米以外。', files: [], accepted: [['150', '一百五十']] },
            { kind: 'judgement', stem: '应当急刹。', files: [], answer: false },
          ],
        },
      ];
      const items = questions.map((question, index) => ({
        question,
        facts: factsFor(fixture, index === 0 ? facts : {}),
      }));
      await addQuestions({ ...fixture, bankId: from }, items);
      const file = await fixture.teacher.client.get(`/api/question-banks/${from}/export?format=${format}`);
      expect(file.status).toBe(200);
      const to = await makeBank();
      const applied = await bench.bring(file.raw, to);
      expect(applied.counts).toEqual({ total: 3, good: 3, hinted: 0 });
      const contentOf = async (bankId: string) => {
        const { rows } = await fixture.database.pool.query(
          `select v.kind, v.topic_id, v.difficulty, v.posts, v.exclusion_group, v.valid_from, v.valid_until, v.clause, v.explanation, v.content,
           v.option_counts, v.stem_key
         from question_version v join question q on q.id = v.question_id where q.bank_id = $1 order by q.id`,
          [bankId],
        );
        return rows;
      };
      expect(await contentOf(to)).toEqual(await contentOf(from));
    },
  );

  it('is not filled twice by the same file', async () => {
    const bankId = await makeBank();
    await bench.bring(text('1、（判断题）夜间变换灯光。答案：对'), bankId);
    const again = await bench.upload(text('1、（判断题）夜间，变换灯光。答案：正确'), { bankId });
    expect(again.groups).toEqual([{ group: 'duplicate', count: 1 }]);
  });
});
