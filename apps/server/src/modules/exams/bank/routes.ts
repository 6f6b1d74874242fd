import {
  createQuestion as createQuestionEndpoint,
  createQuestionBank as createBankEndpoint,
  findSimilarQuestions as similarEndpoint,
  getQuestion as getQuestionEndpoint,
  listDuplicateQuestions as duplicatesEndpoint,
  listQuestionBanks as listBanksEndpoint,
  listQuestions as listQuestionsEndpoint,
  questionFileUploadSchema,
  retireQuestions as retireEndpoint,
  reviewQuestions as reviewEndpoint,
  saveQuestion as saveEndpoint,
  setBankPractice as practiceEndpoint,
  submitQuestions as submitEndpoint,
  takeBackQuestions as takeBackEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../../platform/http/route.ts';
import { serveQuestionFile, serveShownFile } from './files/serve-file.ts';
import { MOST_FILE_BYTES, receiveQuestionFile } from './files/store-file.ts';
import { getQuestionDetail } from './get-question.ts';
import { listQuestions } from './list-questions.ts';
import { createBank, listBanks, setBankPractice } from './manage-banks.ts';
import { submitQuestions, takeBackQuestions } from './move-versions.ts';
import { retireQuestions } from './retire-questions.ts';
import { reviewQuestions } from './review-questions.ts';
import { createQuestion, saveQuestion } from './save-question.ts';
import { checkSimilar, listDuplicates } from './similar-questions.ts';

export function registerBankRoutes(app: FastifyInstance): void {
  registerReadingRoutes(app);
  registerWritingRoutes(app);
  registerDecidingRoutes(app);
  registerFileRoutes(app);
}

function registerReadingRoutes(app: FastifyInstance): void {
  serve(app, listBanksEndpoint, {
    policy: 'questions.read',
    summary: 'Question banks the caller may read',
    handler: (ctx) => listBanks(ctx),
  });
  serve(app, listQuestionsEndpoint, {
    policy: 'questions.read',
    summary: 'Questions of a bank',
    handler: (ctx, { params, query }) => listQuestions(ctx, params.bankId, query),
  });
  serve(app, getQuestionEndpoint, {
    policy: 'questions.read',
    summary: 'A question with its versions, reviews and statistics',
    handler: (ctx, { params }) => getQuestionDetail(ctx, params.questionId),
  });
  serve(app, similarEndpoint, {
    policy: 'questions.read',
    summary: 'Questions with a stem near-identical to this one',
    handler: (ctx, { params, body }) => checkSimilar(ctx, params.bankId, body),
  });
  serve(app, duplicatesEndpoint, {
    policy: 'questions.read',
    summary: 'Pairs of questions with near-identical stems',
    handler: (ctx, { params }) => listDuplicates(ctx, params.bankId),
  });
}

function registerWritingRoutes(app: FastifyInstance): void {
  serve(app, createBankEndpoint, {
    policy: 'questions.write',
    status: 201,
    summary: 'Make an empty question bank',
    handler: (ctx, { body }) => createBank(ctx, body),
  });
  serve(app, createQuestionEndpoint, {
    policy: 'questions.write',
    status: 201,
    summary: 'Write a question as a draft',
    handler: (ctx, { params, body }) => createQuestion(ctx, params.bankId, body),
  });
  serve(app, saveEndpoint, {
    policy: 'questions.write',
    summary: 'Change the draft of a question, or begin a new version of an approved one',
    handler: (ctx, { params, body }) => saveQuestion(ctx, params.questionId, body),
  });
}

function registerDecidingRoutes(app: FastifyInstance): void {
  serve(app, submitEndpoint, {
    policy: 'questions.write',
    summary: 'Send drafts to review',
    handler: (ctx, { params, body }) => submitQuestions(ctx, params.bankId, body.versions),
  });
  serve(app, takeBackEndpoint, {
    policy: 'questions.write',
    summary: 'Take versions back that wait for review',
    handler: (ctx, { params, body }) => takeBackQuestions(ctx, params.bankId, body.versions),
  });
  serve(app, reviewEndpoint, {
    policy: 'questions.review',
    summary: 'Approve or refuse versions that wait',
    handler: (ctx, { params, body }) => reviewQuestions(ctx, params.bankId, body),
  });
  serve(app, retireEndpoint, {
    policy: 'questions.write',
    summary: 'Take questions out of use',
    handler: (ctx, { params, body }) => retireQuestions(ctx, params.bankId, body),
  });
  serve(app, practiceEndpoint, {
    policy: 'questions.review',
    summary: 'Open a question bank for practice, or close it',
    handler: (ctx, { params, body }) => setBankPractice(ctx, params.bankId, body.open),
  });
}

const fileParams = z.object({ fileId: z.uuid() });

function registerFileRoutes(app: FastifyInstance): void {
  route(app, {
    method: 'POST',
    url: '/api/question-files',
    policy: 'questions.write',
    status: 201,
    summary: 'Keep a picture or short video for questions (application/octet-stream)',
    bodyLimit: MOST_FILE_BYTES,
    schema: { query: z.object({ organisationId: z.uuid() }), answer: questionFileUploadSchema },
    handler: (ctx, { query, body }) => receiveQuestionFile(ctx, query.organisationId, body),
  });
  route(app, {
    method: 'GET',
    url: '/api/question-files/:fileId',
    policy: 'questions.read',
    summary: 'A picture or video, for those who read questions',
    schema: { params: fileParams, answer: 'raw' },
    handler: (ctx, { params }) => serveQuestionFile(ctx, params.fileId),
  });
  route(app, {
    method: 'GET',
    url: '/api/question-files/:fileId/shown',
    policy: 'signed-in',
    summary: 'A picture or video of a paper, for the candidate to whom this address was given',
    schema: {
      params: fileParams,
      query: z.object({ until: z.coerce.number().int(), mac: z.string().max(64) }),
      answer: 'raw',
    },
    handler: (ctx, { params, query }) => serveShownFile(ctx, params.fileId, query),
  });
}
