import {
  answerPracticeQuestion as answerEndpoint,
  getPractice as overviewEndpoint,
  getPracticeQuestion as nextEndpoint,
  getWrongAnswerBook as bookEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { answerQuestion } from './answer-question.ts';
import { nextQuestion } from './next-question.ts';
import { readPractice } from './overview.ts';
import { readWrongAnswers } from './wrong-answers.ts';

const policy = 'exams.own';

/** Registers practice. The person comes from the login session, never from the request. */
export function registerPracticeRoutes(app: FastifyInstance): void {
  serve(app, overviewEndpoint, {
    policy,
    summary: 'What one may practise, and how well one knows it',
    handler: (ctx) => readPractice(ctx),
  });
  serve(app, nextEndpoint, {
    policy,
    summary: 'The next question to practise',
    handler: (ctx, { query }) => nextQuestion(ctx, query),
  });
  serve(app, answerEndpoint, {
    policy,
    summary: 'Answer a practice question and learn what is right',
    handler: (ctx, { body }) => answerQuestion(ctx, body),
  });
  serve(app, bookEndpoint, {
    policy,
    summary: 'One’s wrong-answer book',
    handler: (ctx) => readWrongAnswers(ctx),
  });
}
