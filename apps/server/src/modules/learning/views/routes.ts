import {
  assignCourse,
  createExport,
  getExport,
  getLearnerRecord,
  getLearningCourse,
  getLearningHome,
  getOrganisationHome,
  getOwnHours,
  getSessionEvidence,
  getSessionProof,
  listExports,
  listLearnerProgress,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { route, serve } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/module.ts';
import { assignCourseTo } from './assign-course.ts';
import { listOwnExports, orderExport, readExport, sendExport } from './exports/export-views.ts';
import { readLearnerRecord } from './learner-record.ts';
import { readLearningCourse, readLearningHome } from './learning-home.ts';
import { listProgress } from './list-learner-progress.ts';
import { registerLiveRoutes } from './live/live-routes.ts';
import { readOrganisationHome } from './organisation-home.ts';
import { readOwnHours } from './own-hours.ts';
import { readSessionEvidence } from './proof/session-evidence.ts';
import { readSessionProof } from './proof/session-proof.ts';

/** Registers everything that people read about study. */
export function registerLearningViews(app: FastifyInstance, platform: Platform): void {
  serve(app, getLearningHome, {
    policy: 'study.own',
    summary: 'May I work, and what do I still owe',
    handler: (ctx) => readLearningHome(ctx),
  });
  serve(app, getLearningCourse, {
    policy: 'study.own',
    summary: 'A course that I owe, lesson by lesson',
    handler: (ctx, { params }) => readLearningCourse(ctx, params.courseId),
  });
  serve(app, getOwnHours, {
    policy: 'hours.own',
    summary: 'My hours by day, every stretch explained',
    handler: (ctx, { query }) => readOwnHours(ctx, query),
  });
  serve(app, listLearnerProgress, {
    policy: 'hours.read',
    summary: 'People within reach with what they owe',
    handler: (ctx, { query }) => listProgress(ctx, query),
  });
  serve(app, getLearnerRecord, {
    policy: 'hours.read',
    summary: 'One person with obligations, totals and sessions',
    handler: (ctx, { params, query }) => readLearnerRecord(ctx, params.personId, query),
  });
  serve(app, getOrganisationHome, {
    policy: 'hours.read',
    summary: 'To-do list and coverage of an organisation',
    handler: (ctx, { params }) => readOrganisationHome(ctx, params.organisationId),
  });
  serve(app, assignCourse, {
    policy: 'learning.assign',
    summary: 'Make people owe a course by a day',
    handler: (ctx, { params, body }) => assignCourseTo(ctx, params.organisationId, body),
  });
  serve(app, createExport, {
    policy: 'hours.export',
    summary: 'Order a spreadsheet of hours',
    handler: (ctx, { body }) => orderExport(ctx, body),
  });
  // Only what the account itself ordered; the file, which holds names, asks for the permission again.
  serve(app, listExports, {
    policy: 'signed-in',
    summary: 'Spreadsheets that I ordered',
    handler: (ctx) => listOwnExports(ctx),
  });
  serve(app, getExport, {
    policy: 'signed-in',
    summary: 'A spreadsheet with its progress',
    handler: (ctx, { params }) => readExport(ctx, params.exportId),
  });
  route(app, {
    method: 'GET',
    url: '/api/exports/:exportId/file',
    policy: 'hours.export',
    summary: 'The spreadsheet itself',
    schema: { params: getExport.params, answer: 'raw' },
    handler: (ctx, { params }) => sendExport(ctx, params.exportId),
  });
  serve(app, getSessionProof, {
    policy: 'evidence.read',
    summary: 'What the rules make of a session, second by second',
    handler: (ctx, { params }) => readSessionProof(ctx, params.sessionId),
  });
  serve(app, getSessionEvidence, {
    policy: 'evidence.read',
    summary: 'The evidence of a session as stored',
    handler: (ctx, { params }) => readSessionEvidence(ctx, params.sessionId),
  });
  registerLiveRoutes(app, platform);
}
