import {
  answerAppeal,
  appealSession,
  decideReviewCase,
  getReviewCase,
  listOwnAppeals,
  listReviewCases,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { answer, appeal, listAppeals } from './appeals.ts';
import { decideCase } from './decide-case.ts';
import { readCase } from './get-case.ts';
import { listCases } from './list-cases.ts';

/** Registers the review desk and what learners may ask of it. */
export function registerReviewDesk(app: FastifyInstance): void {
  serve(app, listReviewCases, {
    policy: 'review.read',
    summary: 'Suspicious sessions, the highest score first',
    handler: (ctx, { query }) => listCases(ctx, query),
  });
  serve(app, getReviewCase, {
    policy: 'review.read',
    summary: 'A suspicious session with reasons, decisions, appeals and pictures',
    handler: (ctx, { params }) => readCase(ctx, params.caseId),
  });
  serve(app, decideReviewCase, {
    policy: 'review.decide',
    summary: 'Accept a session or take back hours that it credited',
    handler: (ctx, { params, body }) => decideCase(ctx, params.caseId, body),
  });
  serve(app, answerAppeal, {
    policy: 'review.decide',
    summary: 'Answer an appeal; granting gives back what was voided',
    handler: (ctx, { params, body }) => answer(ctx, params.appealId, body),
  });
  serve(app, appealSession, {
    policy: 'appeals.own',
    summary: 'Ask for another look at an own session',
    handler: (ctx, { body }) => appeal(ctx, body),
  });
  serve(app, listOwnAppeals, {
    policy: 'appeals.own',
    summary: 'Own appeals with their answers',
    handler: (ctx) => listAppeals(ctx),
  });
}
