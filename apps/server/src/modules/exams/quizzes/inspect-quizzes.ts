import { type Candidate, fewestQuizQuestions, type LessonQuizFacts, quizLimitsOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { QuizCourse, QuizLesson } from '../../courses/index.ts';
import { regionOfOrganisation } from '../plans/index.ts';
import {
  countDrawable,
  findBankQuestions,
  findQuizzes,
  ofTopics,
  type QuizOfLesson,
  quizRulesAt,
} from './lesson-quiz.ts';

/** A lesson with its quiz, and what is asked of it. */
export interface InspectedLesson {
  readonly lesson: QuizLesson;
  readonly quiz: QuizOfLesson | undefined;
  readonly facts: LessonQuizFacts;
  /** Fewest questions that a quiz of the lesson has, whether it needs one or not. */
  readonly fewest: number;
}

/** What the rules want of the quizzes of lessons, and what there is. */
export async function inspectLessons(
  db: Queryable,
  { organisationId, scheme }: QuizCourse,
  lessons: readonly QuizLesson[],
  now: Date,
): Promise<InspectedLesson[]> {
  const regionCode = await regionOfOrganisation(db, organisationId);
  const limits = quizLimitsOf(quizRulesAt({ scheme, regionCode }, now.getTime()));
  const quizzes = await findQuizzes(
    db,
    lessons.map(({ id }) => id),
  );
  const banks = new Map<string, readonly Candidate[]>();
  for (const bankId of new Set(quizzes.map((one) => one.bankId))) {
    banks.set(bankId, await findBankQuestions(db, { organisationId, scheme, bankId }, now.getTime()));
  }
  return lessons.map((lesson) => {
    const quiz = quizzes.find(({ lessonVersionId }) => lessonVersionId === lesson.id);
    const fewest = fewestQuizQuestions(lesson.durationMs ?? 0, limits);
    const facts: LessonQuizFacts = {
      position: lesson.position,
      titleZh: lesson.titleZh,
      wanted: limits.required || quiz ? fewest : 0,
      asked: quiz?.asked ?? null,
      available: quiz ? countDrawable(ofTopics(banks.get(quiz.bankId) ?? [], quiz.topicIds)) : 0,
      isBankOpen: quiz?.isBankOpen ?? true,
    };
    return { lesson, quiz, facts, fewest };
  });
}
