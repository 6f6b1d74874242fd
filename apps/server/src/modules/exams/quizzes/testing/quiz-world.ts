import { randomUUID } from 'node:crypto';
import type { CourseDetail, CourseVersionView, LessonQuiz, QuizAttempt, StudyStatus } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { type TestAnswer, type TestClient, testActor } from '../../../../platform/testing/index.ts';
import { coursesModule } from '../../../courses/index.ts';
import { learningModule } from '../../../learning/index.ts';
import { makePeople } from '../../../learning/testing/study-world.ts';
import {
  addQuestions,
  type BankFixture,
  factsFor,
  judgement,
  makeBankFixture,
} from '../../bank/testing/bank-fixture.ts';

/** Length of the lessons, and how many questions their quizzes ask. */
export const LESSON_SECONDS = 60;
export const ASKED = 5;

/** A bank of true statements, a published course of two lessons whose first has a quiz, and learners who owe it. */
export interface QuizWorld {
  readonly bank: BankFixture;
  readonly courseId: string;
  readonly lessonVersionId: string;
  readonly plainLessonId: string;
  learner(): Promise<QuizLearner>;
}

export async function makeQuizWorld(questions = 12): Promise<QuizWorld> {
  const bank = await makeBankFixture({
    modules: [coursesModule, learningModule],
    settings: { BEAT_WINDOW_MS: '0' },
  });
  bank.test.clock.set(new Date());
  await addStatements(bank, questions);
  const draft = await makeDraft(bank, ['有测验的课', '没有测验的课']);
  const [withQuiz = '', plainLessonId = ''] = draft.lessonIds;
  const set = await setQuizOf(bank, draft.url, withQuiz);
  if (set.status !== 200) throw new Error(set.text);
  await publish(bank, draft.url);
  return {
    bank,
    courseId: draft.courseId,
    lessonVersionId: withQuiz,
    plainLessonId,
    learner: async () => {
      const [personId = ''] = await makePeople(bank.database.owner, 1);
      await bank.database.owner.query(
        'insert into training_assignment (bucket, id, person_id, course_id, organisation_id) values ($1, $2, $3, $4, $5)',
        [bucketOf(personId), randomUUID(), personId, draft.courseId, bank.bodyId],
      );
      return new QuizLearner(bank, personId, withQuiz);
    },
  };
}

/** Adds approved statements, all of them true. */
export const addStatements = async (bank: BankFixture, count: number): Promise<void> => {
  const items = Array.from({ length: count }, () => ({
    question: judgement(`判断 ${randomUUID()}`),
    facts: factsFor(bank),
  }));
  await addQuestions(bank, items, bank.manager.accountId);
};

/** A course of the bank's body, still a draft. */
export async function makeDraft({ teacher, bodyId, topicId, database }: BankFixture, titles: readonly string[]) {
  const { rows } = await database.owner.query<{ id: string }>(
    'select syllabus_id as id from syllabus_topic where id = $1',
    [topicId],
  );
  const made = await teacher.client.post<CourseDetail>('/api/courses', {
    titleZh: `课程 ${randomUUID()}`,
    syllabusId: rows[0]?.id ?? '',
    organisationId: bodyId,
  });
  const url = `/api/courses/${made.body.id}/versions/${made.body.versions[0]?.id}`;
  const lessonIds: string[] = [];
  for (const titleZh of titles) {
    const lesson = {
      kind: 'document',
      titleZh,
      topicId,
      documentText: '会车改用近光灯。',
      readingSeconds: LESSON_SECONDS,
    };
    const { body } = await teacher.client.post<CourseVersionView>(`${url}/lessons`, lesson);
    lessonIds.push(body.lessons.at(-1)?.id ?? '');
  }
  return { courseId: made.body.id, versionId: made.body.versions[0]?.id ?? '', url, lessonIds };
}

/** Gives a lesson of a draft a quiz from the bank. */
export const setQuizOf = (
  { teacher, bankId, topicId }: BankFixture,
  url: string,
  lessonVersionId: string,
  change: Record<string, unknown> = {},
): Promise<TestAnswer<CourseVersionView>> =>
  teacher.client.put<CourseVersionView>(`${url}/lessons/${lessonVersionId}/quiz`, {
    quiz: { bankId, topicIds: [topicId], questions: ASKED, ...change },
  });

export async function publish({ teacher, manager, reviewer }: BankFixture, url: string): Promise<void> {
  const approved = { decision: 'approved', comment: '' };
  const answers = [
    await teacher.client.post(`${url}/submit`),
    await manager.client.post(`${url}/reviews`, approved),
    await reviewer.client.post(`${url}/reviews`, approved),
  ];
  const refused = answers.find(({ status }) => status >= 300);
  if (refused) throw new Error(refused.text);
}

/** Somebody who studies the lesson and takes its quiz. */
export class QuizLearner {
  readonly personId: string;
  readonly client: TestClient;
  readonly #bank: BankFixture;
  readonly #lessonVersionId: string;

  constructor(bank: BankFixture, personId: string, lessonVersionId: string) {
    this.#bank = bank;
    this.personId = personId;
    this.#lessonVersionId = lessonVersionId;
    this.client = this.device();
  }

  /** Another sign-in of the same person. */
  device(): TestClient {
    return this.#bank.test.as(testActor({ personId: this.personId, permissions: ['study.own', 'exams.own'] }));
  }

  /** Studies a lesson in its own time. @param seconds a multiple of 15 */
  async study(
    seconds = LESSON_SECONDS,
    lessonVersionId = this.#lessonVersionId,
    fromSeconds = 0,
  ): Promise<StudyStatus> {
    const { clock } = this.#bank.test;
    clock.advance(1_000);
    const device = { kind: 'phone', name: 'test' };
    const opened = await this.client.post<{ status: StudyStatus }>('/api/study-sessions', { lessonVersionId, device });
    if (opened.status !== 200) throw new Error(opened.text);
    const url = `/api/study-sessions/${opened.body.status.sessionId}`;
    for (let second = 0; second <= seconds; second += 15) {
      const mediaMs = (fromSeconds + second) * 1000;
      const beat = { seq: second / 15 + 1, mediaMs, activity: 'playing', touched: true, ageMs: 0 };
      const { status, text } = await this.client.post(`${url}/beats`, { beats: [beat] });
      if (status !== 200) throw new Error(text);
      if (second < seconds) clock.advance(15_000);
    }
    return (await this.client.post<StudyStatus>(`${url}/close`, { beats: [] })).body;
  }

  async quiz(lessonVersionId = this.#lessonVersionId): Promise<LessonQuiz> {
    const { body } = await this.client.get<{ quiz: LessonQuiz | null }>(this.#url(lessonVersionId));
    if (!body.quiz) throw new Error('the lesson has no quiz');
    return body.quiz;
  }

  begin(client = this.client): Promise<TestAnswer<QuizAttempt>> {
    return client.post<QuizAttempt>(`${this.#url()}/attempts`);
  }

  /** Begins an attempt that must be possible. */
  async start(): Promise<QuizAttempt> {
    const answer = await this.begin();
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  }

  read(attemptId: string): Promise<TestAnswer<QuizAttempt>> {
    return this.client.get<QuizAttempt>(`/api/quiz-attempts/${attemptId}`);
  }

  answer(attemptId: string, item: number, answer: unknown, client = this.client): Promise<TestAnswer<unknown>> {
    return client.put(`/api/quiz-attempts/${attemptId}/answers/${item}`, { answer: answer as null });
  }

  async submit(attemptId: string): Promise<QuizAttempt> {
    return (await this.client.post<QuizAttempt>(`/api/quiz-attempts/${attemptId}/submit`)).body;
  }

  /** A whole attempt with so many right answers. */
  async sit(right: number): Promise<QuizAttempt> {
    const { id, items } = await this.start();
    for (const { item } of items) await this.answer(id, item, item < right);
    return this.submit(id);
  }

  /** Seconds of the lesson in the ledger. */
  async creditedSeconds(): Promise<number> {
    const { rows } = await this.#bank.database.owner.query<{ seconds: number }>(
      `select coalesce(sum(credited_seconds), 0)::int as seconds from hour_ledger_entry
       where person_id = $1 and lesson_version_id = $2`,
      [this.personId, this.#lessonVersionId],
    );
    return rows[0]?.seconds ?? 0;
  }

  #url(lessonVersionId = this.#lessonVersionId): string {
    return `/api/learning/lessons/${lessonVersionId}/quiz`;
  }
}
