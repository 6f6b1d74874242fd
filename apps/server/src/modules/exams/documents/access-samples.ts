import type { AccessSample } from '../../../platform/testing/access-sample.ts';
import { markedSittingOf } from '../appeals/access-samples.ts';
import { bookedSittingOf } from '../dates/access-samples.ts';

/** How the access walk asks for tickets and printed results. */
export const documentAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/exams/:examId/ticket.pdf',
    build: async (world, place) => ({ params: { examId: (await bookedSittingOf(world, place)).examId } }),
  },
  {
    route: 'GET /api/exam-bookings/:bookingId/ticket.pdf',
    build: async (world, place) => ({ params: { bookingId: (await bookedSittingOf(world, place)).bookingId } }),
  },
  {
    route: 'GET /api/exam-sittings/:sittingId/certificate.pdf',
    build: async (world, place) => ({ params: { sittingId: (await markedSittingOf(world, place)).sittingId } }),
  },
  {
    route: 'GET /api/exam-results/:sittingId/certificate.pdf',
    build: async (world, place) => ({ params: { sittingId: (await markedSittingOf(world, place)).sittingId } }),
  },
];
