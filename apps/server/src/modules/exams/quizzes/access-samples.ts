import { randomUUID } from 'node:crypto';
import { bucketOf, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../platform/ids.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { writeApprovedQuestion } from '../bank/access-samples.ts';

/** A lesson with a quiz that the place's learner owes. */
async function owedLesson(
  world: AccessWorld,
  place: AccessPlace,
): Promise<{ lessonVersionId: string; courseId: string }> {
  const { pool } = world.platform;
  const { topicId } = await writeApprovedQuestion(world, place);
  const [courseId, versionId, lessonVersionId] = [uuidv7(), uuidv7(), uuidv7()];
  await pool.query(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     select $1, $2, syllabus_id, 'road-transport', $3, $2, now(), now() from syllabus_topic where id = $4`,
    [courseId, place.bodyId, `小测 ${randomUUID()}`, topicId],
  );
  await pool.query(
    `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at)
     values ($1, $2, 1, 'draft', '首版', $3, now())`,
    [versionId, courseId, place.bodyId],
  );
  await pool.query(
    `insert into lesson_version (id, lesson_id, course_id, course_version_id, kind, title_zh, topic_id, document_text, duration_ms,
       created_at)
     values ($1, $1, $2, $3, 'document', '会车', $4, '近光灯', 60000, now())`,
    [lessonVersionId, courseId, versionId, topicId],
  );
  await pool.query(
    `insert into lesson_quiz (lesson_version_id, asked_count, set_by, since, bank_id, topic_ids)
     select $1, 1, $2, now(), q.bank_id, array[v.topic_id] from question_version v join question q on q.id = v.question_id
     where v.topic_id = $3 limit 1`,
    [lessonVersionId, place.bodyId, topicId],
  );
  await pool.query(
    'insert into training_assignment (bucket, id, person_id, course_id, organisation_id) values ($1, $2, $3, $4, $5)',
    [bucketOf(place.personId), randomUUID(), place.personId, courseId, place.enterpriseId],
  );
  return { lessonVersionId, courseId };
}

const lesson = async (world: AccessWorld, place: AccessPlace) => {
  const { lessonVersionId } = await owedLesson(world, place);
  return { params: { lessonVersionId } };
};

/** An attempt of the place's learner that runs, with one question. */
async function runningAttempt(world: AccessWorld, place: AccessPlace): Promise<{ attemptId: string }> {
  const { pool } = world.platform;
  const { lessonVersionId, courseId } = await owedLesson(world, place);
  const bucket = bucketOf(place.personId);
  const [roundId, attemptId] = [placeInBucket(uuidv7(), bucket), placeInBucket(uuidv7(), bucket)];
  await pool.query(
    `insert into quiz_round (bucket, id, person_id, lesson_version_id, course_id, rule_set_id, state, opened_at)
     values ($1, $2, $3, $4, $5, 'road-transport.quiz.2020-04-01', 'open', now())`,
    [bucket, roundId, place.personId, lessonVersionId, courseId],
  );
  const { rows } = await pool.query<{ questionId: string; versionId: string }>(
    `select v.question_id as "questionId", v.id as "versionId" from lesson_quiz q join question_version v on v.topic_id = any(q.topic_ids)
     where q.lesson_version_id = $1 limit 1`,
    [lessonVersionId],
  );
  const paper = rows.map((row) => ({ ...row, centipoints: 100, optionOrders: [[]] }));
  await pool.query(
    `insert into quiz_attempt (bucket, id, round_id, person_id, number, paper, seconds_per_question, started_at, ends_at)
     values ($1, $2, $3, $4, 1, $5, 60, now(), now() + interval '1 hour')`,
    [bucket, attemptId, roundId, place.personId, JSON.stringify(paper)],
  );
  return { attemptId };
}

const attempt = async (world: AccessWorld, place: AccessPlace) => ({ params: await runningAttempt(world, place) });

/** How the access walk asks the routes of one's own quizzes. */
export const quizAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/learning/lessons/:lessonVersionId/quiz',
    build: lesson,
    showsNothing: (answer) => (answer as { quiz: unknown }).quiz === null,
  },
  {
    route: 'POST /api/learning/lessons/:lessonVersionId/quiz/attempts',
    // The lesson was not viewed: the refusal as such comes after the question of access.
    alsoGiven: [409],
    build: lesson,
  },
  { route: 'GET /api/quiz-attempts/:attemptId', build: attempt },
  {
    route: 'PUT /api/quiz-attempts/:attemptId/answers/:item',
    build: async (world, place) => ({
      params: { ...(await runningAttempt(world, place)), item: '0' },
      body: { answer: null },
    }),
  },
  { route: 'POST /api/quiz-attempts/:attemptId/submit', build: attempt },
];
