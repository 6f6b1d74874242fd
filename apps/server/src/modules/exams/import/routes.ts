import {
  applyQuestionImport as applyEndpoint,
  dropQuestionImport as dropEndpoint,
  getQuestionImport as getEndpoint,
  listImportRows as rowsEndpoint,
  listQuestionImports as listEndpoint,
  mendImportRow as mendEndpoint,
  questionExportQuery,
  questionImportQuery,
  questionImportSchema,
  undoQuestionImport as undoEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../../platform/http/route.ts';
import { applyImport, dropImport, undoImport } from './decide-import.ts';
import { exportQuestions, sendBadRows, sendTemplate } from './export-questions.ts';
import { viewImport } from './import-rows.ts';
import { mendRow } from './mend-row.ts';
import { listImports, listRows } from './read-imports.ts';
import { MOST_IMPORT_BYTES, uploadImport } from './upload-import.ts';

const bankParams = z.object({ bankId: z.uuid() });

export function registerImportRoutes(app: FastifyInstance): void {
  route(app, {
    method: 'POST',
    url: '/api/question-banks/:bankId/imports',
    policy: 'questions.write',
    status: 201,
    summary: 'Upload a file of questions to be checked (application/octet-stream)',
    bodyLimit: MOST_IMPORT_BYTES,
    schema: { params: bankParams, query: questionImportQuery, answer: questionImportSchema },
    handler: (ctx, { params, query, body }) => uploadImport(ctx, params.bankId, query, body),
  });
  serve(app, listEndpoint, {
    policy: 'questions.write',
    summary: 'Imports of a bank',
    handler: (ctx, { params }) => listImports(ctx, params.bankId),
  });
  serve(app, getEndpoint, {
    policy: 'questions.write',
    summary: 'An import with what was found',
    handler: (ctx, { params }) => viewImport(ctx, params.importId),
  });
  serve(app, rowsEndpoint, {
    policy: 'questions.write',
    summary: 'Questions of an import with their problems',
    handler: (ctx, { params, query }) => listRows(ctx, params.importId, query),
  });
  serve(app, mendEndpoint, {
    policy: 'questions.write',
    summary: 'Write another text in a cell of an import',
    handler: (ctx, { params, body }) => mendRow(ctx, params.importId, params.position, body),
  });
  registerDecisions(app);
  registerDownloads(app);
}

function registerDecisions(app: FastifyInstance): void {
  serve(app, applyEndpoint, {
    policy: 'questions.write',
    summary: 'Import the good questions',
    handler: (ctx, { params, body }) => applyImport(ctx, params.importId, body.expected),
  });
  serve(app, dropEndpoint, {
    policy: 'questions.write',
    summary: 'Throw an import away',
    handler: (ctx, { params }) => dropImport(ctx, params.importId),
  });
  serve(app, undoEndpoint, {
    policy: 'questions.write',
    summary: 'Take back what an import wrote',
    handler: (ctx, { params }) => undoImport(ctx, params.importId),
  });
}

function registerDownloads(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: '/api/question-imports/:importId/bad-rows',
    policy: 'questions.write',
    summary: 'Questions that cannot be imported, with the reasons, as a sheet',
    schema: { params: z.object({ importId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendBadRows(ctx, params.importId),
  });
  route(app, {
    method: 'GET',
    url: '/api/question-banks/:bankId/import-template',
    policy: 'questions.write',
    summary: 'Template for imports as a sheet',
    schema: { params: bankParams, answer: 'raw' },
    handler: (ctx, { params }) => sendTemplate(ctx, params.bankId),
  });
  route(app, {
    method: 'GET',
    url: '/api/question-banks/:bankId/export',
    policy: 'questions.write',
    summary: 'Questions of a bank as a sheet, a text or a QTI 3.0 package',
    schema: { params: bankParams, query: questionExportQuery, answer: 'raw' },
    handler: (ctx, { params, query }) => exportQuestions(ctx, params.bankId, query),
  });
}
