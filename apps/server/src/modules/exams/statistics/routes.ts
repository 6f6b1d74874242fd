import { getExamItems, getExamStatistics } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { readExamItems } from './item-analysis.ts';
import { readStatistics } from './read-statistics.ts';

export function registerStatisticsRoutes(app: FastifyInstance): void {
  serve(app, getExamStatistics, {
    policy: 'exam-statistics.read',
    summary: 'Pass rate and scores of a region or organisation',
    handler: (ctx, { query }) => readStatistics(ctx, query),
  });
  serve(app, getExamItems, {
    policy: 'questions.read',
    summary: 'How each question of an exam did',
    handler: (ctx, { params }) => readExamItems(ctx, params.examId),
  });
}
