import {
  beginExamCheck,
  confirmExamIdentity,
  examPicturePath,
  getSittingRecord,
  sendExamPicture,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../../platform/http/route.ts';
import { beginCheckOfExam } from './begin-check.ts';
import { confirmOnSite } from './confirm-on-site.ts';
import { readSittingRecord, sendPictureOfSitting } from './sitting-record.ts';
import { type PicturesUnderWay, takePicture } from './take-picture.ts';

/** Registers how it is known who sits an exam. */
export function registerExamIdentityRoutes(app: FastifyInstance): void {
  const underWay: PicturesUnderWay = new Set();
  serve(app, beginExamCheck, {
    policy: 'exams.own',
    summary: 'Begin the identity check that opens a sitting',
    handler: (ctx, { params }) => beginCheckOfExam(ctx, params.sittingId),
  });
  serve(app, sendExamPicture, {
    policy: 'exams.own',
    summary: 'Give the picture in passing that a sitting asks for',
    // A picture as base64 and little else.
    bodyLimit: 2_200_000,
    handler: (ctx, { params, body }) => takePicture(ctx, underWay, params, body),
  });
  serve(app, confirmExamIdentity, {
    policy: 'exams.invigilate',
    summary: 'Confirm a candidate whom one has compared with the ID card',
    handler: (ctx, { params, body }) => confirmOnSite(ctx, params.examId, body),
  });
  serve(app, getSittingRecord, {
    policy: 'exams.watch',
    summary: 'What is written down around a sitting',
    handler: (ctx, { params }) => readSittingRecord(ctx, params),
  });
  route(app, {
    method: 'GET',
    url: examPicturePath,
    policy: 'exams.watch',
    summary: 'A picture of a sitting (image/jpeg)',
    schema: { params: z.object({ examId: z.uuid(), sittingId: z.uuid(), captureId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params: { captureId, ...ids } }) => sendPictureOfSitting(ctx, ids, captureId),
  });
}
