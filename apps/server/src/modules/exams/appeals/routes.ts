import {
  answerExamAppeal as answerEndpoint,
  appealResult as appealEndpoint,
  getExamAppeal as getEndpoint,
  listExamAppeals as listEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { answerAppeal } from './answer-appeal.ts';
import { appealOwnResult } from './make-appeal.ts';
import { getAppeal, listAppeals } from './read-appeals.ts';

export function registerAppealRoutes(app: FastifyInstance): void {
  serve(app, appealEndpoint, {
    policy: 'exams.own',
    status: 201,
    summary: 'Doubt a result of one’s own, or a question of it',
    handler: (ctx, { params, body }) => appealOwnResult(ctx, params.sittingId, body),
  });
  const policy = 'exam-appeals.decide';
  serve(app, listEndpoint, {
    policy,
    summary: 'Appeals about exams, the oldest first',
    handler: (ctx, { query }) => listAppeals(ctx, query),
  });
  serve(app, getEndpoint, {
    policy,
    summary: 'An appeal with the question, what was given and what is right',
    handler: (ctx, { params }) => getAppeal(ctx, params.appealId),
  });
  serve(app, answerEndpoint, {
    policy,
    summary: 'Grant or reject an appeal',
    handler: (ctx, { params, body }) => answerAppeal(ctx, params.appealId, body),
  });
}
