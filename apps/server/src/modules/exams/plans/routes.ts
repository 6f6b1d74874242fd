import {
  checkExamPlan,
  createExamPlan,
  drawSamplePaper,
  getExamPlan,
  getPlanChoices,
  listExamPlans,
  printedParts,
  replaceExamPlan,
  retireExamPlan,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../../platform/http/route.ts';
import { checkDraft, listPlans, readChoices } from './list-plans.ts';
import { sendPrintedPaper } from './print-paper.ts';
import { drawSample } from './sample-paper.ts';
import { createPlan, replacePlan, retirePlan, viewPlan } from './save-plan.ts';

const policy = 'exam-plans.write';

export function registerPlanRoutes(app: FastifyInstance): void {
  serve(app, listExamPlans, {
    policy,
    summary: 'Plans from which papers are drawn',
    handler: (ctx) => listPlans(ctx),
  });
  serve(app, createExamPlan, {
    policy,
    status: 201,
    summary: 'Keep a plan of papers',
    handler: (ctx, { body }) => createPlan(ctx, body),
  });
  serve(app, getExamPlan, {
    policy,
    summary: 'A plan with what the question bank lacks for it today',
    handler: (ctx, { params }) => viewPlan(ctx, params.planId),
  });
  serve(app, replaceExamPlan, {
    policy,
    summary: 'Keep the next wording of a plan, which takes its place',
    handler: (ctx, { params, body }) => replacePlan(ctx, params.planId, body),
  });
  serve(app, retireExamPlan, {
    policy,
    summary: 'Take a plan out of use',
    handler: (ctx, { params }) => retirePlan(ctx, params.planId),
  });
  serve(app, getPlanChoices, {
    policy,
    summary: 'Questions that may be drawn, counted by topic, kind and difficulty, and the rules of exams',
    handler: (ctx, { query }) => readChoices(ctx, query),
  });
  serve(app, checkExamPlan, {
    policy,
    summary: 'What is wrong with a plan and what the bank lacks for it, without keeping it',
    handler: (ctx, { body }) => checkDraft(ctx, body),
  });
  serve(app, drawSamplePaper, {
    policy,
    summary: 'Draw a paper to look at, with what is right',
    handler: (ctx, { params, query }) => drawSample(ctx, params.planId, query),
  });
  route(app, {
    method: 'GET',
    url: '/api/exam-plans/:planId/paper.pdf',
    policy,
    summary: 'A drawn paper, its answer sheet or its key, to be printed on A4',
    schema: {
      params: z.object({ planId: z.uuid() }),
      query: z.object({
        seed: z.string().trim().min(1).max(80),
        part: z.enum(printedParts).default('paper'),
      }),
      answer: 'raw',
    },
    handler: (ctx, { params, query }) => sendPrintedPaper(ctx, params.planId, query),
  });
}
