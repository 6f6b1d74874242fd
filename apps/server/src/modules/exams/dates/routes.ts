import {
  bookExam as bookEndpoint,
  cancelBooking as giveBackEndpoint,
  cancelExam as cancelEndpoint,
  createExam as createEndpoint,
  extendTime as extendEndpoint,
  getExam as getEndpoint,
  getExamBoard as boardEndpoint,
  getOwnExams as ownEndpoint,
  listExamCandidates as candidatesEndpoint,
  listExams as listEndpoint,
  registerCandidates as registerEndpoint,
  listWatchedExams as watchedEndpoint,
  sendRoomMessage as messageEndpoint,
  signPledge as pledgeEndpoint,
  voidSitting as voidEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../platform/http/route.ts';
import { declareVoid, giveTime, sendWord } from '../room/act.ts';
import { readBoard } from '../room/board.ts';
import { listWatched } from '../room/watched-exams.ts';
import { bookPlace, giveBack, keepPledge } from './book-exam.ts';
import { listCandidates } from './candidates.ts';
import { cancelExamDate, getExamView, listOwnExams, makeExam } from './manage-exams.ts';
import { listOffered } from './own-exams.ts';
import { registerPeople } from './register-candidates.ts';

export function registerExamRoutes(app: FastifyInstance): void {
  registerOrganiserRoutes(app);
  registerRoomRoutes(app);
  registerLearnerRoutes(app);
}

function registerOrganiserRoutes(app: FastifyInstance): void {
  const policy = 'exams.manage';
  serve(app, listEndpoint, { policy, summary: 'Exams', handler: (ctx, { query }) => listOwnExams(ctx, query) });
  serve(app, createEndpoint, {
    policy,
    status: 201,
    summary: 'Make a date of an exam',
    handler: (ctx, { body }) => makeExam(ctx, body),
  });
  serve(app, getEndpoint, {
    policy,
    summary: 'An exam',
    handler: (ctx, { params }) => getExamView(ctx, params.examId),
  });
  serve(app, cancelEndpoint, {
    policy,
    summary: 'Call an exam off',
    handler: (ctx, { params, body }) => cancelExamDate(ctx, params.examId, body.reason),
  });
  serve(app, candidatesEndpoint, {
    policy,
    summary: 'The roster, with what keeps each person from sitting',
    handler: (ctx, { params, query }) => listCandidates(ctx, params.examId, query),
  });
  serve(app, registerEndpoint, {
    policy,
    summary: 'Register people of the roster',
    handler: (ctx, { params, body }) => registerPeople(ctx, params.examId, body.personIds),
  });
}

function registerRoomRoutes(app: FastifyInstance): void {
  const policy = 'exams.invigilate';
  serve(app, watchedEndpoint, {
    policy: 'exams.watch',
    summary: 'Exams of a region or organisation, to look at',
    handler: (ctx, { query }) => listWatched(ctx, query),
  });
  serve(app, boardEndpoint, {
    policy: 'exams.watch',
    summary: 'Everybody of an exam, live',
    handler: (ctx, { params }) => readBoard(ctx, params.examId),
  });
  serve(app, extendEndpoint, {
    policy,
    summary: 'Give more time to one person or to the room',
    handler: (ctx, { params, body }) => giveTime(ctx, params.examId, body),
  });
  serve(app, voidEndpoint, {
    policy,
    summary: 'Declare a sitting void',
    handler: (ctx, { params, body }) => declareVoid(ctx, params.examId, body),
  });
  serve(app, messageEndpoint, {
    policy,
    summary: 'A word to everybody in the room',
    handler: (ctx, { params, body }) => sendWord(ctx, params.examId, body),
  });
}

function registerLearnerRoutes(app: FastifyInstance): void {
  const policy = 'exams.own';
  serve(app, ownEndpoint, {
    policy,
    summary: 'Exams to book, booked ones and results',
    handler: (ctx) => listOffered(ctx),
  });
  serve(app, bookEndpoint, {
    policy,
    status: 201,
    summary: 'Book a place',
    handler: (ctx, { params }) => bookPlace(ctx, params.examId),
  });
  serve(app, giveBackEndpoint, {
    policy,
    summary: 'Give a place back',
    handler: (ctx, { params }) => giveBack(ctx, params.examId),
  });
  serve(app, pledgeEndpoint, {
    policy,
    summary: 'Sign the pledge of safe driving',
    bodyLimit: 200_000,
    handler: (ctx, { params, body }) => keepPledge(ctx, params.examId, body.signaturePng),
  });
}
