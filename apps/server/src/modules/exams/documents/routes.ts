import { CANDIDATE_TICKET_PATH, CERTIFICATE_PATH, OWN_CERTIFICATE_PATH, TICKET_PATH } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route } from '../../../platform/http/route.ts';
import { sendCertificateOf, sendOwnCertificate } from './send-certificate.ts';
import { sendOwnTicket, sendTicketOf } from './send-ticket.ts';

export function registerDocumentRoutes(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: TICKET_PATH,
    policy: 'exams.own',
    summary: 'The ticket of a booking of one’s own, to be printed on A5',
    schema: { params: z.object({ examId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendOwnTicket(ctx, params.examId),
  });
  route(app, {
    method: 'GET',
    url: OWN_CERTIFICATE_PATH,
    policy: 'exams.own',
    summary: 'The result of a sitting of one’s own, to be printed on A4',
    schema: { params: z.object({ sittingId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendOwnCertificate(ctx, params.sittingId),
  });
  route(app, {
    method: 'GET',
    url: CANDIDATE_TICKET_PATH,
    policy: 'exams.invigilate',
    summary: 'The ticket of a candidate',
    schema: { params: z.object({ bookingId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendTicketOf(ctx, params.bookingId),
  });
  route(app, {
    method: 'GET',
    url: CERTIFICATE_PATH,
    policy: 'exams.invigilate',
    summary: 'The printed result of a candidate',
    schema: { params: z.object({ sittingId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendCertificateOf(ctx, params.sittingId),
  });
}
