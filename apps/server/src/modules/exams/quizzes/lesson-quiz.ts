import {
  bucketOf,
  type Candidate,
  chinaDateOf,
  findQuizRuleSet,
  groupsOf,
  quizKinds,
  type QuizRuleSet,
  type SchemeCode,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { findCandidates } from '../bank/index.ts';

/** The quiz of a lesson with what its rules and its questions depend on. */
export interface QuizOfLesson {
  readonly lessonVersionId: string;
  readonly courseId: string;
  readonly titleZh: string;
  readonly titleEn: string | null;
  /** The body that teaches the course, and the county where it is registered: its rules apply. */
  readonly organisationId: string;
  readonly regionCode: string;
  readonly scheme: SchemeCode;
  readonly bankId: string;
  readonly topicIds: readonly string[];
  readonly asked: number;
  readonly isBankOpen: boolean;
}

/** Quizzes of lessons, of those that have one. */
export async function findQuizzes(db: Queryable, lessonVersionIds: readonly string[]): Promise<QuizOfLesson[]> {
  const { rows } = await db.query<QuizOfLesson>(
    `select q.lesson_version_id as "lessonVersionId", l.course_id as "courseId", l.title_zh as "titleZh", l.title_en as "titleEn",
       c.organisation_id as "organisationId", o.region_code as "regionCode", c.scheme, q.bank_id as "bankId",
       q.topic_ids as "topicIds", q.asked_count as asked, b.open_for_practice as "isBankOpen"
     from lesson_quiz q join lesson_version l on l.id = q.lesson_version_id join course c on c.id = l.course_id
       join organisation o on o.id = c.organisation_id join question_bank b on b.id = q.bank_id
     where q.lesson_version_id = any($1::uuid[])`,
    [lessonVersionIds],
  );
  return rows;
}

/** The quiz of a lesson; undefined if it has none. */
export async function findQuiz(db: Queryable, lessonVersionId: string): Promise<QuizOfLesson | undefined> {
  return (await findQuizzes(db, [lessonVersionId]))[0];
}

/** The quiz of a lesson that is the person's to take: the course is assigned to them, or they have begun the lesson. */
export async function findQuizFor(
  db: Queryable,
  personId: string,
  lessonVersionId: string,
): Promise<QuizOfLesson | undefined> {
  const quiz = await findQuiz(db, lessonVersionId);
  if (!quiz) return undefined;
  const { rows } = await db.query(
    `select from training_assignment where bucket = $1 and person_id = $2 and course_id = $3
     union all select from quiz_round where bucket = $1 and person_id = $2 and lesson_version_id = $4`,
    [bucketOf(personId), personId, quiz.courseId, lessonVersionId],
  );
  return rows.length > 0 ? quiz : undefined;
}

/** The rules of a quiz at an instant. */
export const quizRulesAt = (
  { scheme, regionCode }: Pick<QuizOfLesson, 'scheme' | 'regionCode'>,
  ms: number,
): QuizRuleSet => findQuizRuleSet(scheme, regionCode, chinaDateOf(ms));

const isQuizKind = ({ kind }: Candidate): boolean => quizKinds.some((one) => one === kind);

/** Questions of a bank that a quiz may ask on the day of an instant. */
export async function findBankQuestions(
  db: Queryable,
  { organisationId, scheme, bankId }: Pick<QuizOfLesson, 'organisationId' | 'scheme' | 'bankId'>,
  ms: number,
): Promise<Candidate[]> {
  const all = await findCandidates(db, { organisationId, scheme, bankId, day: chinaDateOf(ms) });
  return all.filter(isQuizKind);
}

/** Of these questions, those of the topics of a quiz. */
export const ofTopics = (questions: readonly Candidate[], topicIds: readonly string[]): Candidate[] =>
  questions.filter(({ topicId }) => topicIds.includes(topicId));

/** How many of these questions one attempt can ask: of each exclusion group one. */
export const countDrawable = (questions: readonly Candidate[]): number => groupsOf(questions).length;
