import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { boardAlerts } from './exams.ts';
import { challengeSchema, pictureSchema } from './identity.ts';

const id = z.uuid();
const instant = z.string();

// ---- By the candidate ---------------------------------------------------------------------------------------------

/**
 * Begins the check that opens this sitting, on this device and for the minutes that the rules give. Answered like every other check;
 * one that waits for two people opens the sitting as well, which then is marked once they have agreed.
 */
export const beginExamCheck = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/identity',
  params: z.object({ sittingId: id }),
  answer: challengeSchema,
});
/** Gives the picture that `SittingView.picture` asks for, or says why there is none. */
export const sendExamPicture = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/pictures/:pictureId',
  params: z.object({ sittingId: id, pictureId: z.coerce.number().int().min(0).max(10_000) }),
  body: z.object({
    deviceToken: z.string().max(200),
    picture: pictureSchema.nullable(),
    failure: z.string().max(40).nullable(),
  }),
  answer: z.object({ taken: z.boolean() }),
});

// ---- By those who run the exam ------------------------------------------------------------------------------------

/** The invigilator has compared person and ID card: opens the sitting, and settles what waits for two people. */
export const confirmExamIdentity = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/identity',
  params: z.object({ examId: id }),
  body: z.object({ sittingId: id, reason: z.string().trim().min(2).max(200) }),
  answer: z.object({ confirmedAt: instant }),
});

/** What is written down of a sitting. `detail` is for people: the reason of a person, or a short fact. */
export const sittingEventSchema = z.object({ at: instant, kind: z.string(), detail: z.string().nullable() });
export const sittingPictureSchema = z.object({
  captureId: id,
  at: instant,
  /** `check`: of the check before the start; `random`: in passing; the others: what two people compare. */
  kind: z.enum(['check', 'random', 'id-card', 'review-face']),
  /** What one in passing shows; null until it was looked at, and for all others. */
  finding: z.enum(['match', 'other-person', 'no-face', 'two-faces', 'unjudged']).nullable(),
  /** Its time is over, or consent ended. */
  gone: z.boolean(),
});
export const sittingCheckSchema = z.object({
  id,
  at: instant,
  method: z.enum(['face', 'on-site', 'review']),
  outcome: z.enum(['passed', 'failed', 'pending']),
  reviewState: z.enum(['open', 'approved', 'rejected']).nullable(),
  problems: z.array(z.string()),
});
export const sittingRecordSchema = z.object({
  sittingId: id,
  alerts: z.array(z.enum(boardAlerts)),
  identityAwaits: z.boolean(),
  events: z.array(sittingEventSchema),
  checks: z.array(sittingCheckSchema),
  pictures: z.array(sittingPictureSchema),
});
export type SittingRecord = z.infer<typeof sittingRecordSchema>;
/** Everything that is known around a sitting, in order of time; leaves an audit row. */
export const getSittingRecord = defineEndpoint({
  method: 'GET',
  path: '/api/exams/:examId/sittings/:sittingId',
  params: z.object({ examId: id, sittingId: id }),
  answer: sittingRecordSchema,
});
/** GET answers a picture of a sitting of the exam itself (image/jpeg) and leaves an audit row. */
export const examPicturePath = '/api/exams/:examId/sittings/:sittingId/pictures/:captureId';
