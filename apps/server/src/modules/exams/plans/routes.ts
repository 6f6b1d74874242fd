import {
  checkExamPlan as checkEndpoint,
  createExamPlan as createEndpoint,
  drawSamplePaper as sampleEndpoint,
  listExamPlans as listEndpoint,
  retireExamPlan as retireEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { checkPlan, createPlan, listPlans, retirePlan, samplePaper } from './manage-plans.ts';

const policy = 'exam-plans.write';

export function registerPlanRoutes(app: FastifyInstance): void {
  serve(app, listEndpoint, { policy, summary: 'Paper plans', handler: (ctx) => listPlans(ctx) });
  serve(app, createEndpoint, {
    policy,
    status: 201,
    summary: 'Make a paper plan',
    handler: (ctx, { body }) => createPlan(ctx, body),
  });
  serve(app, checkEndpoint, {
    policy,
    summary: 'What the bank has for a blueprint, and what is missing',
    handler: (ctx, { body }) => checkPlan(ctx, body),
  });
  serve(app, sampleEndpoint, {
    policy,
    summary: 'A paper of a plan, for looking at',
    handler: (ctx, { params, query }) => samplePaper(ctx, params.planId, query.seed),
  });
  serve(app, retireEndpoint, {
    policy,
    summary: 'Take a paper plan out of use',
    handler: (ctx, { params }) => retirePlan(ctx, params.planId),
  });
}
