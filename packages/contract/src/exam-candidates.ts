import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { examConditionSchema } from './exams.ts';

const params = z.object({ examId: z.uuid() });

/** Somebody on the roster of the exam's organisation. */
export const examCandidateSchema = z.object({
  personId: z.uuid(),
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  isBooked: z.boolean(),
  /** What keeps them from sitting now; empty: they can be registered. */
  unmet: z.array(examConditionSchema),
});
export type ExamCandidate = z.infer<typeof examCandidateSchema>;

/** Who could sit: a page of the roster, each with everything that is missing. */
export const listExamCandidates = defineEndpoint({
  method: 'GET',
  path: '/api/exams/:examId/candidates',
  params,
  query: z.object({
    /** A whole name or a whole ID number: encrypted columns are found by a keyed index, so parts of one cannot be. */
    q: z.string().trim().max(60).optional(),
    cursor: z.uuid().optional(),
  }),
  answer: z.object({ items: z.array(examCandidateSchema), nextCursor: z.uuid().nullable(), total: z.int() }),
});

/**
 * Registers people by the organiser, until the exam begins: also when booking by the learners themselves has ended. Who lacks
 * something is left out, with everything that is missing; who is booked already counts as registered.
 */
export const registerCandidates = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/candidates',
  params,
  body: z.object({ personIds: z.array(z.uuid()).min(1).max(100) }),
  answer: z.object({
    registered: z.int(),
    refused: z.array(examCandidateSchema.pick({ personId: true, nameMasked: true, unmet: true })),
  }),
});
