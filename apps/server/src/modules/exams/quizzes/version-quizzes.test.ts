import { randomUUID } from 'node:crypto';
import type { CourseVersionView, MissingItemView, VersionQuizzes } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coursesModule } from '../../courses/index.ts';
import {
  addQuestions,
  type BankFixture,
  codeOf,
  factsFor,
  judgement,
  makeBankFixture,
} from '../bank/testing/bank-fixture.ts';
import { addStatements, makeDraft, publish, setQuizOf } from './testing/quiz-world.ts';

/** The same body with a bank of three statements for work-safety, where quizzes are required. */
let work: BankFixture;
let road: BankFixture;
beforeAll(async () => {
  road = await makeBankFixture({ modules: [coursesModule] });
  const bankId = randomUUID();
  await road.database.owner.query(
    `insert into question_bank (id, organisation_id, scheme, title_zh, open_for_practice, created_by, created_at)
     values ($1, $2, 'work-safety', '安全生产题库', true, $3, now())`,
    [bankId, road.bodyId, randomUUID()],
  );
  work = { ...road, bankId, topicId: road.foreignTopicId };
  const facts = factsFor(work, { scheme: 'work-safety' });
  const items = Array.from({ length: 3 }, () => ({ question: judgement(`判断 ${randomUUID()}`), facts }));
  await addQuestions(work, items, work.manager.accountId);
}, 60_000);
afterAll(() => road?.close());

type Refusal = { error: { message: string; details: { missing: MissingItemView[] } } };

async function submit(url: string): Promise<{ status: number; missing: string[]; message: string }> {
  const { status, body } = await work.teacher.client.post<Refusal>(`${url}/submit`);
  if (status < 300) return { status, missing: [], message: '' };
  const { message, details } = body.error;
  const missing = details.missing.map((one) => `${one.position} ${one.code} ${one.present ?? ''}/${one.wanted ?? ''}`);
  return { status, missing, message };
}

describe('a course that needs quizzes', () => {
  it('is not submitted without them, and the refusal says of which lessons and how many questions', async () => {
    const { url } = await makeDraft(work, ['甲课', '乙课']);
    const refused = await submit(url);
    expect([refused.status, refused.missing]).toEqual([422, ['1 quiz-missing 0/1', '2 quiz-missing 0/1']]);
    expect(refused.message).toContain('第2节：还没有随堂小测，这节课至少要 1 题。');
  });

  it('is submitted and published with them', async () => {
    const { url, lessonIds } = await makeDraft(work, ['甲课']);
    await setQuizOf(work, url, lessonIds[0] ?? '', { questions: 3 });
    await publish(work, url);
  });

  it('needs a question for every ten minutes that are begun, and as many in the bank', async () => {
    const { url, lessonIds } = await makeDraft(work, []);
    expect(lessonIds).toEqual([]);
    const text = '检'.repeat(2_000);
    const lesson = {
      kind: 'document',
      titleZh: '长课',
      topicId: work.topicId,
      documentText: text,
      readingSeconds: 1_201,
    };
    const { body } = await work.teacher.client.post<CourseVersionView>(`${url}/lessons`, lesson);
    const id = body.lessons[0]?.id ?? '';
    await setQuizOf(work, url, id, { questions: 2 });
    expect((await submit(url)).missing).toEqual(['1 quiz-too-few 2/3']);
    await setQuizOf(work, url, id, { questions: 4 });
    expect((await submit(url)).missing).toEqual(['1 quiz-bank-short 3/4']);
    await setQuizOf(work, url, id, { questions: 3 });
    expect((await submit(url)).missing).toEqual([]);
  });

  it('takes no bank that is kept for exams, and is not published if it became one meanwhile', async () => {
    const { url, lessonIds } = await makeDraft(work, ['甲课']);
    await setQuizOf(work, url, lessonIds[0] ?? '', { questions: 1 });
    const open = (isOpen: boolean) =>
      work.manager.client.put(`/api/question-banks/${work.bankId}/practice`, { open: isOpen });
    await open(false);
    expect((await submit(url)).missing).toEqual(['1 quiz-bank-closed /']);
    await open(true);
    expect((await submit(url)).status).toBe(200);
    const approved = { decision: 'approved', comment: '' };
    await work.manager.client.post(`${url}/reviews`, approved);
    await open(false);
    expect(codeOf(await work.reviewer.client.post(`${url}/reviews`, approved))).toBe('courses.not_ready');
    await open(true);
    expect((await work.reviewer.client.post<CourseVersionView>(`${url}/reviews`, approved)).body.state).toBe(
      'published',
    );
  });
});

describe('a course that needs none', () => {
  it('is published without, but a quiz that it has must be right', async () => {
    await addStatements(road, 2);
    const plain = await makeDraft(road, ['甲课']);
    await publish(road, plain.url);
    const { url, lessonIds } = await makeDraft(road, ['甲课']);
    await setQuizOf(road, url, lessonIds[0] ?? '', { questions: 3 });
    expect((await submit(url)).missing).toEqual(['1 quiz-bank-short 2/3']);
    await setQuizOf(road, url, lessonIds[0] ?? '', { questions: 2 });
    await publish(road, url);
  });
});

describe('the quiz of a lesson', () => {
  const quizOf = async (fixture: BankFixture, url: string) =>
    (await fixture.teacher.client.get<VersionQuizzes>(`${url}/quizzes`)).body;

  it('is shown with what the rules want and the banks that may serve', async () => {
    const { url, lessonIds } = await makeDraft(work, ['甲课', '乙课']);
    await setQuizOf(work, url, lessonIds[1] ?? '', { questions: 2 });
    const shown = await quizOf(work, url);
    expect(shown.rules).toEqual({
      required: true,
      minutesPerQuestion: 10,
      secondsPerQuestion: 60,
      attempts: 5,
      passPercent: 80,
    });
    expect(shown.lessons).toEqual([
      { lessonVersionId: lessonIds[0], position: 1, fewest: 1, quiz: null, available: 0 },
      {
        lessonVersionId: lessonIds[1],
        position: 2,
        fewest: 1,
        quiz: { bankId: work.bankId, topicIds: [work.topicId], questions: 2 },
        available: 3,
      },
    ]);
    expect(shown.missing.map(({ position, code }) => `${position} ${code}`)).toEqual(['1 quiz-missing']);
    expect(shown.banks).toEqual([
      {
        id: work.bankId,
        titleZh: '安全生产题库',
        openForPractice: true,
        topics: [{ topicId: work.topicId, questions: 3 }],
      },
    ]);
    await work.teacher.client.put(`${url}/lessons/${lessonIds[1]}/quiz`, { quiz: null });
    expect((await quizOf(work, url)).lessons[1]?.quiz).toBeNull();
  });

  it('is of a bank of the body for this kind of training, and of topics of the course', async () => {
    const { url, lessonIds } = await makeDraft(work, ['甲课']);
    const set = async (change: Record<string, unknown>) =>
      codeOf(await setQuizOf(work, url, lessonIds[0] ?? '', change));
    expect(await set({ bankId: road.bankId })).toBe('quizzes.bank_not_yours');
    expect(await set({ bankId: randomUUID() })).toBe('quizzes.bank_not_yours');
    expect(await set({ topicIds: [work.topicId, road.topicId] })).toBe('quizzes.topic_foreign');
    expect(await set({ topicIds: [] })).not.toBeNull();
    const foreign = await work.otherTeacher.client.put(`${url}/lessons/${lessonIds[0]}/quiz`, { quiz: null });
    expect(foreign.status).toBe(403);
    expect((await work.otherTeacher.client.get(`${url}/quizzes`)).status).toBe(403);
  });

  it('goes along into the next version, and a change there leaves the published one alone', async () => {
    const { courseId, url, lessonIds } = await makeDraft(work, ['甲课']);
    await setQuizOf(work, url, lessonIds[0] ?? '', { questions: 1 });
    await publish(work, url);
    const next = await work.teacher.client.post<CourseVersionView>(`/api/courses/${courseId}/versions`, {
      summaryZh: '改测验',
    });
    const draft = `/api/courses/${courseId}/versions/${next.body.id}`;
    expect((await quizOf(work, draft)).lessons[0]).toMatchObject({
      lessonVersionId: lessonIds[0],
      quiz: { questions: 1 },
    });
    const changed = await setQuizOf(work, draft, lessonIds[0] ?? '', { questions: 2 });
    const ownId = changed.body.lessons[0]?.id;
    expect(ownId).not.toBe(lessonIds[0]);
    expect((await quizOf(work, draft)).lessons[0]).toMatchObject({ lessonVersionId: ownId, quiz: { questions: 2 } });
    expect((await quizOf(work, url)).lessons[0]).toMatchObject({
      lessonVersionId: lessonIds[0],
      quiz: { questions: 1 },
    });
    const lesson = {
      kind: 'document',
      titleZh: '甲课改',
      topicId: work.topicId,
      documentText: '检查。',
      readingSeconds: 60,
    };
    await work.teacher.client.put(`${draft}/lessons/${ownId}`, lesson);
    expect((await quizOf(work, draft)).lessons[0]?.quiz?.questions).toBe(2);
  });

  it('of a published version is changed by nobody, not even in the database', async () => {
    const { url, lessonIds } = await makeDraft(work, ['甲课']);
    await setQuizOf(work, url, lessonIds[0] ?? '', { questions: 1 });
    await publish(work, url);
    expect(codeOf(await setQuizOf(work, url, lessonIds[0] ?? '', { questions: 2 }))).toBe(
      'courses.version_not_editable',
    );
    const change = work.database.owner.query('update lesson_quiz set asked_count = 2 where lesson_version_id = $1', [
      lessonIds[0],
    ]);
    await expect(change).rejects.toThrow(/not open for editing/);
    const removal = work.database.owner.query('delete from lesson_quiz where lesson_version_id = $1', [lessonIds[0]]);
    await expect(removal).rejects.toThrow(/not open for editing/);
  });
});
