import {
  answerQuizQuestion,
  getLessonQuiz,
  getQuizAttempt,
  getVersionQuizzes,
  setLessonQuiz,
  startQuizAttempt,
  submitQuizAttempt,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { readOwnQuiz } from './own-quiz.ts';
import { startAttempt } from './start-attempt.ts';
import { readVersionQuizzes, setQuiz } from './version-quizzes.ts';
import { answerItem, readAttempt, submitAttempt } from './write-attempt.ts';

/** Registers the quizzes of lessons. The learner comes from the login session, never from the request. */
export function registerQuizRoutes(app: FastifyInstance): void {
  const policy = 'exams.own';
  serve(app, getLessonQuiz, {
    policy,
    summary: 'The quiz of a lesson and how one stands with it',
    handler: async (ctx, { params }) => ({ quiz: await readOwnQuiz(ctx, params.lessonVersionId) }),
  });
  serve(app, startQuizAttempt, {
    policy,
    summary: 'Begin an attempt at the quiz of a lesson, or go on with it',
    handler: (ctx, { params }) => startAttempt(ctx, params.lessonVersionId),
  });
  serve(app, getQuizAttempt, {
    policy,
    summary: 'An attempt of one’s own: its questions, and once it is over its result',
    handler: (ctx, { params }) => readAttempt(ctx, params.attemptId),
  });
  serve(app, answerQuizQuestion, {
    policy,
    summary: 'Answer a question of an attempt, for good',
    handler: (ctx, { params, body }) => answerItem(ctx, params.attemptId, params.item, body.answer),
  });
  serve(app, submitQuizAttempt, {
    policy,
    summary: 'End an attempt and have it marked',
    handler: (ctx, { params }) => submitAttempt(ctx, params.attemptId),
  });
  serve(app, getVersionQuizzes, {
    policy: 'courses.write',
    summary: 'Quizzes of a course version and what the rules want of them',
    handler: (ctx, { params }) => readVersionQuizzes(ctx, params),
  });
  serve(app, setLessonQuiz, {
    policy: 'courses.write',
    summary: 'Give a lesson of a draft its quiz, or take it away',
    handler: (ctx, { params, body }) => setQuiz(ctx, params, body.quiz),
  });
}
