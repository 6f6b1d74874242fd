import { examConditionCodes, schemeCodes, sittingStates } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { examAppealStates, itemReviewSchema } from './exam-sitting.ts';

const id = z.uuid();
const instant = z.string();
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

/** `planned` -> `frozen` papers are drawn -> `open` the window has begun -> `closed` everybody is marked; `cancelled`. */
export const examStates = ['planned', 'frozen', 'open', 'closed', 'cancelled'] as const;
export const examPlaceSchema = z.object({
  mode: z.enum(['online', 'place']),
  /** Address and room; null online. */
  address: z.string().trim().max(200).nullable(),
});

/** One date of an exam. */
export const examSchema = z.object({
  id,
  organisation: z.object({ id, name: z.string() }),
  titleZh: z.string(),
  scheme: z.enum(schemeCodes),
  ruleSetId: z.string(),
  ruleNameZh: z.string(),
  planId: id,
  place: examPlaceSchema,
  opensAt: instant,
  closesAt: instant,
  durationSeconds: z.int(),
  totalPoints: z.number(),
  passPoints: z.number(),
  capacity: z.int(),
  booked: z.int(),
  state: z.enum(examStates),
  /** Booking and cancelling end then. */
  bookingUntil: instant,
  /** Courses whose hours are asked for. */
  courses: z.array(z.object({ courseId: id, titleZh: z.string() })),
  identityCheck: z.boolean(),
});
export type ExamView = z.infer<typeof examSchema>;

export const listExams = defineEndpoint({
  method: 'GET',
  path: '/api/exams',
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    state: z.enum(examStates).optional(),
  }),
  answer: list(examSchema),
});
/** What those who watch ask for: exams that run now, that are to come, and that are over. */
export const examStages = ['running', 'coming', 'over'] as const;
export const watchedExamSchema = examSchema.extend({
  region: z.object({ code: z.string(), name: z.string() }),
  /** Who sits now, who has handed in or run out of time, who sits with an alert, and whose sitting is void. */
  counts: z.object({ running: z.int(), handedIn: z.int(), alerts: z.int(), voided: z.int() }),
});
export type WatchedExam = z.infer<typeof watchedExamSchema>;
/** Exams within reach: of the own organisation, and for officers of their region. Running and coming ones the earliest first, others the latest first. */
export const listWatchedExams = defineEndpoint({
  method: 'GET',
  path: '/api/watched-exams',
  query: z.object({
    stage: z.enum(examStages).default('running'),
    /** With all below it. */
    region: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  answer: list(watchedExamSchema),
});
const examBody = z.object({
  organisationId: id,
  titleZh: z.string().trim().min(2).max(80),
  planId: id,
  ruleSetId: z.string().max(80),
  place: examPlaceSchema,
  opensAt: z.iso.datetime({ offset: true }),
  closesAt: z.iso.datetime({ offset: true }),
  capacity: z.int().min(1).max(100_000),
  courseIds: z.array(id).max(20).default([]),
});
export const createExam = defineEndpoint({ method: 'POST', path: '/api/exams', body: examBody, answer: examSchema });
const examParams = z.object({ examId: id });
export const getExam = defineEndpoint({
  method: 'GET',
  path: '/api/exams/:examId',
  params: examParams,
  answer: examSchema,
});
export const cancelExam = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/cancel',
  params: examParams,
  body: z.object({ reason: z.string().trim().min(4).max(400) }),
  answer: examSchema,
});

/** One condition of sitting; every unmet one is listed, with what to do. */
export const examConditionSchema = z.object({
  code: z.enum(examConditionCodes),
  met: z.boolean(),
  zh: z.string(),
  en: z.string(),
  /** Page of the learner's app that leads on; null when there is nothing to do. */
  to: z.string().nullable(),
});
export const bookingSchema = z.object({
  id,
  examId: id,
  state: z.enum(['booked', 'cancelled', 'sat', 'missed']),
  ticketNumber: z.string(),
  /** Number and seal: what the QR of the ticket holds. */
  ticketCode: z.string(),
  /** Place in the room, given when booking has ended; null online and before. */
  seat: z.string().nullable(),
  sittingId: id.nullable(),
});
export const offeredExamSchema = examSchema.omit({ booked: true }).extend({
  placesLeft: z.int(),
  conditions: z.array(examConditionSchema),
  booking: bookingSchema.nullable(),
});
export type OfferedExam = z.infer<typeof offeredExamSchema>;
/** Exams that the learner may book or has booked, the next one first, and results of earlier ones. */
export const getOwnExams = defineEndpoint({
  method: 'GET',
  path: '/api/learning/exams',
  answer: z.object({
    now: instant,
    exams: z.array(offeredExamSchema),
    /** Resits that are not needed any more, and that are still to come: the system has given the place back. */
    spared: z.array(z.object({ examId: id, titleZh: z.string(), opensAt: instant, closesAt: instant })),
    results: z.array(
      z.object({
        sittingId: id,
        titleZh: z.string(),
        at: instant,
        state: z.enum(sittingStates),
        points: z.number().nullable(),
        totalPoints: z.number(),
        passed: z.boolean().nullable(),
      }),
    ),
  }),
});
/** Refused with every unmet condition (`exams.not_eligible`, details.conditions[]). */
export const bookExam = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/bookings',
  params: examParams,
  answer: bookingSchema,
});
export const cancelBooking = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/bookings/cancel',
  params: examParams,
  answer: bookingSchema,
});
/** The ticket (A5 PDF with QR) of the signed-in learner. */
export const TICKET_PATH = '/api/exams/:examId/ticket.pdf';
/** The same of a candidate, for those who run the exam. */
export const CANDIDATE_TICKET_PATH = '/api/exam-bookings/:bookingId/ticket.pdf';
/** The printed result (A4 PDF with QR) of a sitting of the signed-in learner. */
export const OWN_CERTIFICATE_PATH = '/api/exam-sittings/:sittingId/certificate.pdf';
/** The same of a candidate, for those who run the exam. */
export const CERTIFICATE_PATH = '/api/exam-results/:sittingId/certificate.pdf';
/** The annual exam of 两客一危 drivers begins with a pledge: who signs it draws their name. */
export const signPledge = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/pledge',
  params: examParams,
  body: z.object({
    /** PNG of the drawn signature, base64, at most 100 KiB. */
    signaturePng: z.string().max(140_000),
  }),
  answer: z.object({ signedAt: instant }),
});

/**
 * What the invigilator is told of a candidate. `identity`: two people said that it was somebody else; `awaits-review`: they have not said
 * anything yet; `unwatched`: no pictures, the candidate does not agree to face checks; `picture-…`: what a picture showed, or that none came.
 */
export const boardAlerts = [
  'identity',
  'picture-other',
  'picture-two',
  'picture-none',
  'picture-repeated',
  'picture-missing',
  'other-device',
  'awaits-review',
  'unwatched',
  'left-often',
  'silent',
  'offline',
  'copy',
  'print',
] as const;
/** A candidate as the invigilator's board shows it. */
export const boardRowSchema = z.object({
  bookingId: id,
  sittingId: id.nullable(),
  personId: id,
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  ticketNumber: z.string(),
  /** What a scanner reads from the ticket. */
  ticketCode: z.string(),
  organisationName: z.string().nullable(),
  state: z.enum(['absent', ...sittingStates]),
  answered: z.int(),
  questions: z.int(),
  leaves: z.int(),
  alerts: z.array(z.enum(boardAlerts)),
  lastSeenAt: instant.nullable(),
  endsAt: instant.nullable(),
  extraSeconds: z.int(),
  /** Kind of the device on which it runs or ran last. */
  device: z.enum(['phone', 'tablet', 'computer']).nullable(),
  seat: z.string().nullable(),
});
export type BoardRow = z.infer<typeof boardRowSchema>;
export const getExamBoard = defineEndpoint({
  method: 'GET',
  path: '/api/exams/:examId/board',
  params: examParams,
  answer: z.object({
    now: instant,
    exam: examSchema,
    counts: z.object({
      booked: z.int(),
      running: z.int(),
      submitted: z.int(),
      marked: z.int(),
      voided: z.int(),
      absent: z.int(),
    }),
    rows: z.array(boardRowSchema),
    messages: z.array(z.object({ at: instant, text: z.string() })),
  }),
});
/** More time: for one person, or for everybody of the room when `sittingId` is null. */
export const extendTime = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/extend',
  params: examParams,
  body: z.object({
    sittingId: id.nullable(),
    seconds: z.int().min(60).max(7_200),
    reason: z.string().trim().min(2).max(200),
  }),
  answer: z.object({ extended: z.int() }),
});
export const voidSitting = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/void',
  params: examParams,
  body: z.object({ sittingId: id, reason: z.string().trim().min(4).max(400) }),
  answer: z.object({ state: z.enum(sittingStates) }),
});
export const sendRoomMessage = defineEndpoint({
  method: 'POST',
  path: '/api/exams/:examId/messages',
  params: examParams,
  body: z.object({ text: z.string().trim().min(1).max(300) }),
  answer: z.object({ at: instant }),
});

export const examAppealSchema = z.object({
  id,
  sittingId: id,
  examId: id,
  examTitleZh: z.string(),
  nameMasked: z.string(),
  /** Place on the paper, from 0; null: about the whole result, or about its being declared void. */
  item: z.int().nullable(),
  reason: z.string(),
  state: z.enum(examAppealStates),
  answer: z.string().nullable(),
  at: instant,
  /** As they stand; null for a sitting that was declared void. */
  points: z.number().nullable(),
  totalPoints: z.number(),
});
export type ExamAppeal = z.infer<typeof examAppealSchema>;
/** The oldest first. */
export const listExamAppeals = defineEndpoint({
  method: 'GET',
  path: '/api/exam-appeals',
  query: z.object({ state: z.enum(examAppealStates).default('open'), cursor: z.string().optional() }),
  answer: list(examAppealSchema),
});
export const examAppealDetailSchema = examAppealSchema.extend({
  /** The question as it was asked, with what was given and what is right; null for an appeal about the whole result. */
  review: itemReviewSchema.nullable(),
  /** Others who had this version of the question and are marked again when the appeal is granted. */
  touched: z.int(),
});
export type ExamAppealDetail = z.infer<typeof examAppealDetailSchema>;
export const getExamAppeal = defineEndpoint({
  method: 'GET',
  path: '/api/exam-appeals/:appealId',
  params: z.object({ appealId: id }),
  answer: examAppealDetailSchema,
});
/**
 * Granted about a question: everybody who had its version in this exam gets its points, as a new version of each result. Granted about
 * a sitting that was declared void: it is marked as it stands. Granted about the whole: it is marked again from what was saved.
 * Whoever wrote the question or declared the sitting void does not answer (`exams.appeal_own_work`).
 */
export const answerExamAppeal = defineEndpoint({
  method: 'POST',
  path: '/api/exam-appeals/:appealId/answer',
  params: z.object({ appealId: id }),
  body: z.object({ decision: z.enum(['granted', 'rejected']), answer: z.string().trim().min(4).max(1_000) }),
  answer: examAppealSchema,
});
