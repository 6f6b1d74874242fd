import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { askedQuestionSchema, examAnswerSchema } from './exam-question.ts';
import { courseVersionSchema, missingItemSchema } from './courses.ts';

const id = z.uuid();
const instant = z.string();
const seconds = z.int();

// ---- The learner's own ------------------------------------------------------------------------------------------

/**
 * `study-first` the lesson is not viewed to its end; `ready` an attempt may begin; `running` one runs; `passed`; `study-again` the
 * last attempt failed and the lesson was not begun anew; `counted` everything counted before the lesson had a quiz.
 */
export const quizStateSchema = z.enum(['study-first', 'ready', 'running', 'passed', 'study-again', 'counted']);
export const lessonQuizSchema = z.object({
  lessonVersionId: id,
  courseId: id,
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  state: quizStateSchema,
  questions: z.int(),
  secondsPerQuestion: seconds,
  passPercent: z.int(),
  attempts: z.int(),
  attemptsUsed: z.int(),
  /** What follows when the last attempt fails. */
  afterLastAttempt: z.enum(['study-again']),
  /** Viewed, and counted once the quiz is passed. */
  waitingSeconds: seconds,
  /** Viewed in all, counted or waiting. */
  viewedSeconds: seconds,
  creditableSeconds: seconds,
  /** The attempt that runs, or the latest one that ended. */
  attemptId: id.nullable(),
  latest: z.object({ number: z.int(), percent: z.int(), passed: z.boolean(), endedAt: instant }).nullable(),
});
export type LessonQuiz = z.infer<typeof lessonQuizSchema>;
const lessonParams = z.object({ lessonVersionId: id });
/** Null: the lesson has no quiz. */
export const getLessonQuiz = defineEndpoint({
  method: 'GET',
  path: '/api/learning/lessons/:lessonVersionId/quiz',
  params: lessonParams,
  answer: z.object({ quiz: lessonQuizSchema.nullable() }),
});

export const quizReviewSchema = z.object({
  item: z.int(),
  question: askedQuestionSchema,
  given: examAnswerSchema,
  isRight: z.boolean(),
  /** What would have been right and why; null where the bank of the quiz is not open for practice any more. */
  right: examAnswerSchema.nullable(),
  explanation: z.string().nullable(),
  clause: z.string().nullable(),
});
export type QuizReview = z.infer<typeof quizReviewSchema>;
export const quizAttemptSchema = z.object({
  id,
  lessonVersionId: id,
  number: z.int(),
  attempts: z.int(),
  passPercent: z.int(),
  startedAt: instant,
  /** No answer counts from then on, by the clock of the server. */
  endsAt: instant,
  serverNow: instant,
  items: z.array(z.object({ item: z.int(), question: askedQuestionSchema })),
  /** Answers that the server has; none can be changed. */
  answers: z.array(z.object({ item: z.int(), answer: examAnswerSchema })),
  /** Null while the attempt runs. */
  result: z
    .object({
      right: z.int(),
      percent: z.int(),
      passed: z.boolean(),
      timedOut: z.boolean(),
      endedAt: instant,
      items: z.array(quizReviewSchema),
    })
    .nullable(),
});
export type QuizAttempt = z.infer<typeof quizAttemptSchema>;
/**
 * Begins an attempt, or goes on with the one that runs, on whatever device. Errors: `quizzes.none`, `quizzes.study_first`,
 * `quizzes.study_again`, `quizzes.passed`, `quizzes.not_needed`, `quizzes.questions_missing`,
 * `exams.quiz_identity_needed`
 */
export const startQuizAttempt = defineEndpoint({
  method: 'POST',
  path: '/api/learning/lessons/:lessonVersionId/quiz/attempts',
  params: lessonParams,
  answer: quizAttemptSchema,
});
const attemptParams = z.object({ attemptId: id });
export const getQuizAttempt = defineEndpoint({
  method: 'GET',
  path: '/api/quiz-attempts/:attemptId',
  params: attemptParams,
  answer: quizAttemptSchema,
});
/**
 * Keeps the answer to one question, for good; the same one sent again is answered alike. Null: the learner does not know. Errors:
 * `quizzes.over`, `quizzes.answered_otherwise`, `quizzes.answer_does_not_fit`, `quizzes.attempt_not_found`
 */
export const answerQuizQuestion = defineEndpoint({
  method: 'PUT',
  path: '/api/quiz-attempts/:attemptId/answers/:item',
  params: attemptParams.extend({ item: z.coerce.number().int().min(0).max(99) }),
  body: z.object({ answer: examAnswerSchema }),
  answer: z.object({ item: z.int(), answered: z.int(), serverNow: instant }),
});
/** Ends the attempt and marks it. A second time is answered as the first. */
export const submitQuizAttempt = defineEndpoint({
  method: 'POST',
  path: '/api/quiz-attempts/:attemptId/submit',
  params: attemptParams,
  answer: quizAttemptSchema,
});

// ---- Of those who write courses ---------------------------------------------------------------------------------

const quizChoiceSchema = z.object({
  bankId: id,
  /** Topics of the course's syllabus of which questions are drawn. */
  topicIds: z.array(id).min(1).max(50),
  questions: z.int().min(1).max(100),
});
export type QuizChoice = z.infer<typeof quizChoiceSchema>;
export const versionQuizzesSchema = z.object({
  /** The rules under which the version would be published today. */
  rules: z.object({
    required: z.boolean(),
    minutesPerQuestion: z.int().nullable(),
    secondsPerQuestion: seconds,
    attempts: z.int(),
    passPercent: z.int(),
  }),
  lessons: z.array(
    z.object({
      lessonVersionId: id,
      position: z.int(),
      /** Fewest questions that a quiz of the lesson has. */
      fewest: z.int(),
      quiz: quizChoiceSchema.nullable(),
      /** Questions that can be drawn for it today; 0 without a quiz. */
      available: z.int(),
    }),
  ),
  missing: z.array(missingItemSchema),
  /** Banks that may serve, with questions that can be drawn by topic. */
  banks: z.array(
    z.object({
      id,
      titleZh: z.string(),
      openForPractice: z.boolean(),
      topics: z.array(z.object({ topicId: id, questions: z.int() })),
    }),
  ),
});
export type VersionQuizzes = z.infer<typeof versionQuizzesSchema>;
const versionParams = z.object({ courseId: id, versionId: id });
/** The quizzes of a version, what the rules want of them, and from what they can be made. */
export const getVersionQuizzes = defineEndpoint({
  method: 'GET',
  path: '/api/courses/:courseId/versions/:versionId/quizzes',
  params: versionParams,
  answer: versionQuizzesSchema,
});
/** Gives a lesson of a draft its quiz, or takes it away. Errors: `quizzes.bank_not_yours`, `quizzes.topic_foreign` */
export const setLessonQuiz = defineEndpoint({
  method: 'PUT',
  path: '/api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId/quiz',
  params: versionParams.extend({ lessonVersionId: id }),
  body: z.object({ quiz: quizChoiceSchema.nullable() }),
  answer: courseVersionSchema,
});
