import { questionKinds } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';
import { askedQuestionSchema, examAnswerSchema } from './exam-question.ts';
import { questionBankSchema } from './question-bank.ts';

const id = z.uuid();
const instant = z.string();
const topicName = z.object({ id, titleZh: z.string(), titleEn: z.string() });

export const practiceTopicSchema = topicName.extend({
  scheme: schemeCodeSchema,
  syllabusZh: z.string(),
  syllabusEn: z.string(),
  /** Questions of the topic that may be practised, and how many of them the learner has answered once or oftener. */
  questions: z.int(),
  seen: z.int(),
  inBook: z.int(),
  /** Share of right answers among the latest ones; null while too few were given. */
  rightPercent: z.int().nullable(),
  isWeak: z.boolean(),
});
export type PracticeTopic = z.infer<typeof practiceTopicSchema>;
/** Where the learner stands: topics of the courses that they owe. Nothing official follows from practice. */
export const getPractice = defineEndpoint({
  method: 'GET',
  path: '/api/practice',
  answer: z.object({
    topics: z.array(practiceTopicSchema),
    inBook: z.int(),
    /** Topic of the last answer, to go on with; null before the first. */
    lastTopicId: id.nullable(),
    /** The numbers behind it, to be told in words. */
    rules: z.object({ rightsToLeaveBook: z.int(), latestAnswers: z.int(), weakBelowPercent: z.int() }),
  }),
});
export type PracticeOverview = z.infer<(typeof getPractice)['answer']>;

export const practiceQuestionSchema = z.object({
  questionId: id,
  versionId: id,
  /** Answers that the learner has given to this question: an answer names it, so that one sent twice counts once. */
  turn: z.int(),
  topic: topicName,
  inBook: z.boolean(),
  /** Right answers since the last wrong one. */
  rightsInARow: z.int(),
  /** Options come in another order at every turn. */
  question: askedQuestionSchema,
});
export type PracticeQuestion = z.infer<typeof practiceQuestionSchema>;
/** What to practise: everything, new questions first and then those answered longest ago, or the wrong-answer book. */
export const practiceSources = ['all', 'book'] as const;
export const getPracticeQuestion = defineEndpoint({
  method: 'GET',
  path: '/api/practice/question',
  query: z.object({ source: z.enum(practiceSources).default('all'), topicId: id.optional() }),
  answer: z.object({
    /** Null: there is none, or the book is empty. */
    question: practiceQuestionSchema.nullable(),
    /** Of what was asked for. */
    questions: z.int(),
    seen: z.int(),
    inBook: z.int(),
  }),
});

/**
 * Answers a question and learns at once what is right. Refused when the question is not open to the learner (any more)
 * (`practice.question_gone`), was answered elsewhere meanwhile (`practice.answered_elsewhere`), or does not take such an answer
 * (`practice.answer_does_not_fit`). Null: the learner does not know; counts as wrong.
 */
export const answerPracticeQuestion = defineEndpoint({
  method: 'POST',
  path: '/api/practice/answers',
  body: z.object({ versionId: id, turn: z.int().min(0), answer: examAnswerSchema }),
  answer: z.object({
    isRight: z.boolean(),
    /** Keyed as shown. */
    right: examAnswerSchema,
    explanation: z.string(),
    clause: z.string(),
    inBook: z.boolean(),
    leftBook: z.boolean(),
    /** Right answers in a row that are still needed to leave the book; 0 outside it. */
    rightsNeeded: z.int(),
  }),
});
export type PracticeVerdict = z.infer<(typeof answerPracticeQuestion)['answer']>;

/** The wrong-answer book: what went wrong last comes first. */
export const getWrongAnswerBook = defineEndpoint({
  method: 'GET',
  path: '/api/practice/book',
  answer: z.object({
    total: z.int(),
    /** At most 200 of them. */
    items: z.array(
      z.object({
        questionId: id,
        kind: z.enum(questionKinds),
        stem: z.string(),
        topic: topicName,
        since: instant,
        answered: z.int(),
        wrong: z.int(),
        rightsNeeded: z.int(),
      }),
    ),
  }),
});
export type WrongAnswerBook = z.infer<(typeof getWrongAnswerBook)['answer']>;

/** Opens a bank for practice or closes it: practice shows what is right, so questions for formal exams stay in closed ones. */
export const setBankPractice = defineEndpoint({
  method: 'PUT',
  path: '/api/question-banks/:bankId/practice',
  params: z.object({ bankId: id }),
  body: z.object({ open: z.boolean() }),
  answer: questionBankSchema,
});
