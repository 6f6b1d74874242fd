import type { CourseVersionView, QuizChoice, VersionQuizzes } from '@antu/contract';
import { findQuizMissing, quizLimitsOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import {
  changeBesideLesson,
  type CourseContext,
  type CourseRow,
  findCourse,
  type LessonKey,
  listLessonRows,
  presentMissing,
  requireCourseOrganisation,
} from '../../courses/index.ts';
import { regionOfOrganisation } from '../plans/index.ts';
import { inspectLessons } from './inspect-quizzes.ts';
import { countDrawable, findBankQuestions, quizRulesAt } from './lesson-quiz.ts';

type VersionKey = Pick<LessonKey, 'courseId' | 'versionId'>;

/** The quizzes of a version of a course, what the rules want of them, and the banks that may serve. */
export async function readVersionQuizzes(ctx: CourseContext, key: VersionKey): Promise<VersionQuizzes> {
  const { pool } = ctx;
  const now = ctx.now();
  const course = await findCourse(pool, key.courseId);
  if (!course) throw new AppError('courses.not_found', { courseId: key.courseId });
  const { organisation_id: organisationId, scheme } = course;
  requireCourseOrganisation(ctx.actor, 'courses.write', organisationId);
  const rows = (await listLessonRows(pool, [key.versionId])).filter((row) => row.course_id === key.courseId);
  const lessons = rows.map((row) => {
    return { id: row.id, position: row.position, titleZh: row.title_zh, durationMs: row.duration_ms };
  });
  const inspected = await inspectLessons(pool, { organisationId, scheme }, lessons, now);
  const regionCode = await regionOfOrganisation(pool, organisationId);
  const limits = quizLimitsOf(quizRulesAt({ scheme, regionCode }, now.getTime()));
  const { required, minutesPerQuestion, secondsPerQuestion, attempts, passPercent } = limits;
  return {
    rules: { required, minutesPerQuestion, secondsPerQuestion, attempts, passPercent },
    lessons: inspected.map(({ lesson, quiz, facts, fewest }) => ({
      lessonVersionId: lesson.id,
      position: lesson.position,
      fewest,
      quiz: quiz ? { bankId: quiz.bankId, topicIds: [...quiz.topicIds], questions: quiz.asked } : null,
      available: facts.available,
    })),
    missing: presentMissing(findQuizMissing(inspected.map(({ facts }) => facts))),
    banks: await readBanks(pool, course, now.getTime()),
  };
}

interface BankRow {
  readonly id: string;
  readonly titleZh: string;
  readonly openForPractice: boolean;
}

async function readBanks(db: Queryable, course: CourseRow, nowMs: number): Promise<VersionQuizzes['banks']> {
  const { organisation_id: organisationId, scheme } = course;
  const { rows } = await db.query<BankRow>(
    `select id, title_zh as "titleZh", open_for_practice as "openForPractice" from question_bank
     where organisation_id = $1 and scheme = $2 order by open_for_practice desc, title_zh`,
    [organisationId, scheme],
  );
  const banks: VersionQuizzes['banks'] = [];
  for (const bank of rows) {
    const questions = await findBankQuestions(db, { organisationId, scheme, bankId: bank.id }, nowMs);
    const topics = [...Map.groupBy(questions, ({ topicId }) => topicId)].map(([topicId, own]) => {
      return { topicId, questions: countDrawable(own) };
    });
    banks.push({ ...bank, topics });
  }
  return banks;
}

/** Gives a lesson of a draft its quiz, or takes it away. */
export const setQuiz = (ctx: CourseContext, key: LessonKey, quiz: QuizChoice | null): Promise<CourseVersionView> =>
  changeBesideLesson(ctx, key, async (tx, course, lessonVersionId) => {
    const action = 'courses.set-quiz';
    if (!quiz) {
      await tx.query('delete from lesson_quiz where lesson_version_id = $1', [lessonVersionId]);
      return { action, detail: { lessonVersionId, bankId: null } };
    }
    await requireOfCourse(tx, course, quiz);
    const { bankId, topicIds, questions } = quiz;
    await tx.query(
      `insert into lesson_quiz (lesson_version_id, bank_id, topic_ids, asked_count, set_by, since) values ($1, $2, $3, $4, $5, $6)
       on conflict (lesson_version_id) do update set bank_id = excluded.bank_id, topic_ids = excluded.topic_ids,
         asked_count = excluded.asked_count, set_by = excluded.set_by`,
      [lessonVersionId, bankId, topicIds, questions, ctx.actor.accountId, ctx.now()],
    );
    return { action, detail: { lessonVersionId, bankId, topicIds, questions } };
  });

/** Refuses a bank of another organisation or kind of training, and topics that the course is not about. */
async function requireOfCourse(db: Queryable, course: CourseRow, { bankId, topicIds }: QuizChoice): Promise<void> {
  const banks = await db.query('select from question_bank where id = $1 and organisation_id = $2 and scheme = $3', [
    bankId,
    course.organisation_id,
    course.scheme,
  ]);
  if (banks.rowCount !== 1) throw new AppError('quizzes.bank_not_yours', { bankId });
  const topics = await db.query('select from syllabus_topic where syllabus_id = $1 and id = any($2::uuid[])', [
    course.syllabus_id,
    topicIds,
  ]);
  if (topics.rowCount !== new Set(topicIds).size) throw new AppError('quizzes.topic_foreign');
}
