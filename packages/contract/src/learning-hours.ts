import { hourDecisionCauses } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';
import { obligationSchema } from './learning.ts';

const id = z.uuid();
const instant = z.string();
const plainDate = z.string();
const seconds = z.int();
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

// ---- Hours ------------------------------------------------------------------------------------------------------

/**
 * Words for every `reason` of a stretch. Beside the refusals and the player's activities of the domain:
 * `check-retry` is the waiting for an identity check of which a try failed, `seen-before` was credited earlier, `unreported`
 * lies between the last report and the end, `jumped` between two places of which nothing was seen, `voided` was credited and
 * taken back by a later decision, `rounding` are the fractions of seconds that whole-second credit leaves over.
 */
export const STRETCH_REASON_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'seek-ahead': { zh: '拖到未看的地方', en: 'Jumped ahead' },
  'too-fast': { zh: '播放过快', en: 'Played too fast' },
  'network-gap': { zh: '断网过久', en: 'Network gone too long' },
  'no-presence': { zh: '询问后没有回应', en: 'No answer to the question' },
  'daily-cap': { zh: '超过每日上限', en: 'Over the daily limit' },
  'other-scheme-overlap': { zh: '与另一项培训同时', en: 'Counted in another training' },
  'identity-unconfirmed': { zh: '身份没有确认', en: 'Identity not confirmed' },
  'identity-awaiting': { zh: '等待人工核对身份', en: 'Waiting for people to confirm who it was' },
  'quiz-awaiting': { zh: '等待随堂测验合格', en: 'Waiting for the quiz to be passed' },
  'media-missing': { zh: '画面没有送达', en: 'The picture was not delivered' },
  playing: { zh: '等待画面', en: 'Waiting for the picture' },
  paused: { zh: '已暂停', en: 'Paused' },
  hidden: { zh: '切到其他页面', en: 'Another page in front' },
  stalled: { zh: '画面缓冲', en: 'Buffering' },
  ended: { zh: '播放完毕', en: 'At the end' },
  prompt: { zh: '等待回应询问', en: 'Waiting for an answer' },
  check: { zh: '等待身份验证', en: 'Waiting for the identity check' },
  'check-retry': { zh: '身份验证没有一次通过', en: 'Identity check not passed at once' },
  'seen-before': { zh: '看过的内容不重复计', en: 'Seen before, not counted twice' },
  jumped: { zh: '跳转画面', en: 'Moved to another place' },
  unreported: { zh: '最后一次上报之后', en: 'After the last report' },
  voided: { zh: '后来作废', en: 'Voided later' },
  rounding: { zh: '不足一秒的零头', en: 'Fractions of seconds' },
};

/** A stretch of server time with what the rules made of it. Neighbours of one kind and reason are merged. */
export const stretchSchema = z.object({
  kind: z.enum(['credited', 'refused', 'standing', 'jumped']),
  /** A key of `STRETCH_REASON_NAMES`; null for credited ones. */
  reason: z.string().nullable(),
  from: instant,
  to: instant,
  mediaFromMs: z.int(),
  mediaToMs: z.int(),
  creditedSeconds: seconds,
  clause: z.object({ source: z.string(), item: z.string(), zh: z.string(), en: z.string() }).nullable(),
});
export type Stretch = z.infer<typeof stretchSchema>;
export const sessionSummarySchema = z.object({
  sessionId: id,
  openedAt: instant,
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
  courseTitleZh: z.string(),
  courseTitleEn: z.string().nullable(),
  lessonTitleZh: z.string(),
  lessonTitleEn: z.string().nullable(),
  scheme: schemeCodeSchema,
  deviceKind: z.enum(['phone', 'tablet', 'computer']),
  deviceName: z.string(),
  creditedSeconds: seconds,
  /** Refused, or another page in front (item 31): what a learner may ask about. Pauses of their own are not in it. */
  refusedSeconds: seconds,
  /** Taken back by a later decision and not restored; `creditedSeconds` is without them. */
  voidedSeconds: seconds.default(0),
  /** Counted only if two people confirm who the learner was; not in `creditedSeconds`. */
  awaitingSeconds: seconds.default(0),
  /** Counted once the quiz of the lesson is passed; not in `creditedSeconds`. */
  quizSeconds: seconds.default(0),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;
/** A later decision about a session, as its learner reads it. */
export const sessionDecisionSchema = z.object({
  kind: z.enum(['accept', 'void', 'restore', 'award', 'refuse']),
  /** What it answers. */
  cause: z.enum(hourDecisionCauses),
  seconds,
  reasonZh: z.string(),
  at: instant,
});
export type SessionDecision = z.infer<typeof sessionDecisionSchema>;
export const daySchema = z.object({
  day: plainDate,
  creditedSeconds: seconds,
  refusedSeconds: seconds,
  sessions: z.array(
    sessionSummarySchema.extend({
      stretches: z.array(stretchSchema),
      decisions: z.array(sessionDecisionSchema).default([]),
    }),
  ),
});
/** Own hours, day by day, newest first; every credited and refused stretch explained. */
export const getOwnHours = defineEndpoint({
  method: 'GET',
  path: '/api/learning/hours',
  query: z.object({ before: plainDate.optional(), days: z.coerce.number().int().min(1).max(31).default(14) }),
  answer: z.object({
    totals: z.array(z.object({ scheme: schemeCodeSchema, creditedSeconds: seconds, studyHourSeconds: seconds })),
    days: z.array(daySchema),
    /** Pass as `before` for older days; null at the end. */
    olderBefore: plainDate.nullable(),
  }),
});

// ---- Company, training body, authority --------------------------------------------------------------------------

export const employeeRowSchema = z.object({
  personId: id,
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  post: z.string().nullable(),
  organisation: z.object({ id, name: z.string() }),
  region: z.object({ code: z.string(), name: z.string() }),
  obligations: z.int(),
  done: z.int(),
  overdue: z.int(),
  nextDueOn: plainDate.nullable(),
  requiredSeconds: seconds,
  creditedSeconds: seconds,
  lastStudiedAt: instant.nullable(),
  studyingNow: z.boolean(),
});
export type EmployeeRow = z.infer<typeof employeeRowSchema>;
export const listLearnerProgress = defineEndpoint({
  method: 'GET',
  path: '/api/learner-progress',
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    organisationId: id.optional(),
    region: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    /** Whole name or ID number. */
    q: z.string().max(60).optional(),
    filter: z.enum(['all', 'overdue', 'due-soon', 'done', 'not-started', 'studying']).default('all'),
    sort: z.enum(['urgency', 'name', 'credited', 'last-studied']).default('urgency'),
  }),
  answer: list(employeeRowSchema).extend({
    counts: z.object({
      all: z.int(),
      overdue: z.int(),
      dueSoon: z.int(),
      done: z.int(),
      notStarted: z.int(),
      studying: z.int(),
    }),
  }),
});
export const getLearnerRecord = defineEndpoint({
  method: 'GET',
  path: '/api/people/:personId/learning-record',
  params: z.object({ personId: id }),
  query: z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  answer: z.object({
    person: z.object({
      id,
      nameMasked: z.string(),
      idNumberMasked: z.string(),
      organisations: z.array(z.object({ id, name: z.string(), post: z.string().nullable() })),
    }),
    standing: z.object({
      mayWork: z.boolean(),
      openCount: z.int(),
      overdueCount: z.int(),
      nextDueOn: plainDate.nullable(),
    }),
    obligations: z.array(obligationSchema),
    totals: z.array(z.object({ scheme: schemeCodeSchema, creditedSeconds: seconds, studyHourSeconds: seconds })),
    sessions: list(sessionSummarySchema),
  }),
});
/** To-do list and coverage picture of an enterprise or training body. */
export const getOrganisationHome = defineEndpoint({
  method: 'GET',
  path: '/api/organisations/:organisationId/learning-home',
  params: z.object({ organisationId: id }),
  answer: z.object({
    organisation: z.object({ id, name: z.string() }),
    people: z.int(),
    overdue: z.int(),
    dueSoon: z.int(),
    notStarted: z.int(),
    done: z.int(),
    studyingNow: z.int(),
    /** Last 12 China months, oldest first: people who finished what fell due, and people for whom something fell due. */
    months: z.array(z.object({ month: z.string(), due: z.int(), doneInTime: z.int(), creditedSeconds: seconds })),
    urgent: z.array(employeeRowSchema),
  }),
});
export const assignCourse = defineEndpoint({
  method: 'POST',
  path: '/api/organisations/:organisationId/assignments',
  params: z.object({ organisationId: id }),
  body: z.object({ courseId: id, personIds: z.array(id).min(1).max(500), dueOn: plainDate }),
  answer: z.object({ assigned: z.int(), alreadyAssigned: z.int() }),
});

export const exportSchema = z.object({
  id,
  kind: z.enum(['hours']),
  state: z.enum(['waiting', 'running', 'ready', 'failed']),
  rowsDone: z.int(),
  rowsTotal: z.int().nullable(),
  fileName: z.string().nullable(),
  bytes: z.int().nullable(),
  createdAt: instant,
  failure: z.string().nullable(),
});
export type ExportView = z.infer<typeof exportSchema>;
export const createExport = defineEndpoint({
  method: 'POST',
  path: '/api/exports',
  body: z.object({ kind: z.enum(['hours']), organisationId: id, from: plainDate, to: plainDate }),
  answer: exportSchema,
});
export const listExports = defineEndpoint({
  method: 'GET',
  path: '/api/exports',
  answer: z.object({ items: z.array(exportSchema) }),
});
/** The file itself: GET /api/exports/:exportId/file (.xlsx, audit row). */
export const getExport = defineEndpoint({
  method: 'GET',
  path: '/api/exports/:exportId',
  params: z.object({ exportId: id }),
  answer: exportSchema,
});
