import {
  type SittingPaper,
  getSitting as getEndpoint,
  getSittingResult as resultEndpoint,
  listMockPlans as listMockEndpoint,
  reportSittingEvents as eventsEndpoint,
  saveAnswers as saveEndpoint,
  startMockExam as mockEndpoint,
  startSitting as startEndpoint,
  submitSitting as submitEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/module.ts';
import type { OwnContext } from '../own-context.ts';
import { getOwnResult } from '../marking/get-result.ts';
import { listMockExams, openMockExam } from './mock-exams.ts';
import { getOwnSitting, noteEvents } from './report-events.ts';
import { keepAnswers } from './save-answers.ts';
import { createSittingDoor } from './sitting-door.ts';
import { beginSitting, type StartedSitting } from './start-sitting.ts';
import { submitOwnSitting } from './submit-sitting.ts';

const policy = 'exams.own';

/** Registers what candidates do; starts and saves are committed in groups, and drained when the server ends. */
export function registerSittingRoutes(app: FastifyInstance, platform: Platform): void {
  const door = createSittingDoor(platform);
  app.addHook('onClose', () => door.drain());
  serve(app, getEndpoint, {
    policy,
    summary: 'A sitting of one’s own',
    handler: (ctx, { params }) => getOwnSitting(ctx, door, params.sittingId),
  });
  serve(app, startEndpoint, {
    policy,
    summary: 'Begin a sitting, or go on with it on this device',
    isHot: true,
    handler: async (ctx, { params, body }) => hand(ctx, await beginSitting(ctx, door, params.sittingId, body)),
  });
  serve(app, saveEndpoint, {
    policy,
    summary: 'Save answers; answers when they are durable',
    isHot: true,
    handler: (ctx, { params, body }) => keepAnswers(ctx, door, params.sittingId, body),
  });
  serve(app, eventsEndpoint, {
    policy,
    summary: 'Report what the page noticed',
    handler: (ctx, { params, body }) => noteEvents(ctx, door, params.sittingId, body),
  });
  serve(app, submitEndpoint, {
    policy,
    summary: 'Hand in',
    handler: (ctx, { params, body }) => submitOwnSitting(ctx, door, params.sittingId, body.deviceToken),
  });
  serve(app, resultEndpoint, {
    policy,
    summary: 'What a sitting of one’s own earned',
    handler: (ctx, { params }) => getOwnResult(ctx, params.sittingId),
  });
  serve(app, listMockEndpoint, {
    policy,
    summary: 'Mock exams and one’s attempts',
    handler: (ctx) => listMockExams(ctx),
  });
  serve(app, mockEndpoint, {
    policy,
    status: 201,
    summary: 'Draw a mock exam',
    handler: (ctx, { body }) => openMockExam(ctx, body.planId),
  });
}

/** Puts the questions into the answer as the text that they are. */
function hand({ reply }: OwnContext, { paper, items }: StartedSitting): SittingPaper {
  reply
    .type('application/json; charset=utf-8')
    .serializer(() => `${JSON.stringify(paper).slice(0, -1)},"items":${items}}`);
  return { ...paper, items: [] };
}
