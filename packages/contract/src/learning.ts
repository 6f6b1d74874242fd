import { activities, type EvidenceRow } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';

const id = z.uuid();
const instant = z.string();
const plainDate = z.string();
const seconds = z.int();
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

// ---- The learner's own view -------------------------------------------------------------------------------------

export const lessonStateSchema = z.enum(['not-started', 'learning', 'finished', 'superseded']);
export const lessonProgressSchema = z.object({
  lessonVersionId: id,
  position: z.int(),
  kind: z.enum(['video', 'document']),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  topicTitleZh: z.string().nullable(),
  state: lessonStateSchema,
  creditedSeconds: seconds,
  /** Whole seconds that can be credited. */
  creditableSeconds: seconds,
  /** Where to go on, ms. */
  resumeAtMs: z.int(),
  posterUrl: z.string().nullable(),
});
export type LessonProgress = z.infer<typeof lessonProgressSchema>;

/** One thing a person owes: a course by a date. */
export const obligationSchema = z.object({
  id,
  courseId: id,
  courseVersion: z.int(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  scheme: schemeCodeSchema,
  /** Who asks for it. */
  organisationName: z.string(),
  dueOn: plainDate.nullable(),
  state: z.enum(['open', 'done', 'overdue']),
  requiredSeconds: seconds,
  creditedSeconds: seconds,
  studyHourSeconds: seconds,
  /** Lands on the exact second where credited viewing ended; null when done. */
  next: z.object({ lessonVersionId: id, titleZh: z.string(), resumeAtMs: z.int() }).nullable(),
});
export type Obligation = z.infer<typeof obligationSchema>;

export const getLearningHome = defineEndpoint({
  method: 'GET',
  path: '/api/learning/home',
  answer: z.object({
    displayName: z.string(),
    /** The same decision that the company and the authority see. */
    standing: z.object({
      mayWork: z.boolean(),
      openCount: z.int(),
      overdueCount: z.int(),
      nextDueOn: plainDate.nullable(),
      /** Every unmet condition, in words. */
      unmet: z.array(z.object({ obligationId: id, zh: z.string(), en: z.string() })),
    }),
    obligations: z.array(obligationSchema),
    doneThisYear: z.array(obligationSchema),
    todaySeconds: seconds,
  }),
});
export const getLearningCourse = defineEndpoint({
  method: 'GET',
  path: '/api/learning/courses/:courseId',
  params: z.object({ courseId: id }),
  answer: z.object({ obligation: obligationSchema, summaryZh: z.string(), lessons: z.array(lessonProgressSchema) }),
});

// ---- The study session ------------------------------------------------------------------------------------------

export const activitySchema = z.enum(activities);

/** One report of the player. `ageMs`: how long ago by the client's own stopwatch (0 unless queued while offline). */
export const beatReportSchema = z.object({
  seq: z.int().min(1).max(2_000_000_000),
  mediaMs: z.int().min(0).max(86_400_000),
  activity: activitySchema,
  touched: z.boolean(),
  ageMs: z.int().min(0).max(86_400_000).default(0),
});
export type BeatReport = z.input<typeof beatReportSchema>;
export const beatsRequestSchema = z.object({ beats: z.array(beatReportSchema).min(1).max(60) });

/** What the player must show. `counting` is true only while the server counts. */
export const studyStatusSchema = z.object({
  sessionId: id,
  state: z.enum(['counting', 'standing', 'held', 'prompt', 'ended']),
  /** For `held` a refusal reason of the domain, for `ended` the end reason, for `standing` the activity. */
  reason: z.string().nullable(),
  /** Credited of this lesson, all sessions, whole seconds. Never goes down except when presence was not answered. */
  creditedSeconds: seconds,
  creditableSeconds: seconds,
  /** Up to which position credit reaches; the lock on the seek bar. */
  creditedToMs: z.int(),
  /** The player must go here before anything counts again; null = go on. */
  goToMs: z.int().nullable(),
  prompt: z.object({ id, answerWithinMs: z.int() }).nullable(),
  nextBeatMs: z.int(),
  lastSeq: z.int(),
});
export type StudyStatus = z.infer<typeof studyStatusSchema>;

export const openStudySession = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions',
  body: z.object({
    lessonVersionId: id,
    device: z.object({ kind: z.enum(['phone', 'tablet', 'computer']), name: z.string().max(80) }),
    /** Client's wall clock, evidence only. */
    clientNowMs: z.int().nullable().default(null),
  }),
  answer: z.object({
    status: studyStatusSchema,
    resumeAtMs: z.int(),
    /** True when this ended a session on another device. */
    tookOver: z.boolean(),
    lesson: z.object({
      lessonVersionId: id,
      courseId: id,
      courseTitleZh: z.string(),
      position: z.int(),
      kind: z.enum(['video', 'document']),
      titleZh: z.string(),
      titleEn: z.string().nullable(),
      durationMs: z.int(),
      documentText: z.string().nullable(),
      playlistUrl: z.string().nullable(),
      posterUrl: z.string().nullable(),
      subtitles: z.array(z.object({ language: z.enum(['zh', 'en']), url: z.string() })),
      renditions: z.array(
        z.object({
          name: z.enum(['liuchang', 'biaoqing', 'gaoqing']),
          heightPx: z.int(),
          bitsPerSecond: z.int(),
          bytes: z.int(),
        }),
      ),
      next: z.object({ lessonVersionId: id, titleZh: z.string() }).nullable(),
    }),
    rules: z.object({
      ruleSetId: z.string(),
      studyHourSeconds: seconds,
      beatSeconds: seconds,
      bridgeableGapSeconds: seconds,
      maxLeadSeconds: seconds,
      idlePromptSeconds: seconds,
      idleAnswerSeconds: seconds,
      dailyCapSeconds: seconds.nullable(),
    }),
  }),
});
const sessionParams = z.object({ sessionId: id });
export const sendBeats = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions/:sessionId/beats',
  params: sessionParams,
  body: beatsRequestSchema,
  answer: studyStatusSchema,
});
export const answerPresence = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions/:sessionId/presence',
  params: sessionParams,
  body: z.object({ promptId: id, beat: beatReportSchema }),
  answer: studyStatusSchema,
});
export const closeStudySession = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions/:sessionId/close',
  params: sessionParams,
  body: z.object({ beats: z.array(beatReportSchema).max(60) }),
  answer: studyStatusSchema,
});

// ---- Hours ------------------------------------------------------------------------------------------------------

/**
 * Words for every `reason` of a stretch. Beside the refusals and the player's activities of the domain:
 * `seen-before` was credited earlier, `unreported` lies between the last report and the end, `jumped` between two places
 * of which nothing was seen, `rounding` are the fractions of seconds that whole-second credit leaves over.
 */
export const STRETCH_REASON_NAMES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'seek-ahead': { zh: '拖到未看的地方', en: 'Jumped ahead' },
  'too-fast': { zh: '播放过快', en: 'Played too fast' },
  'network-gap': { zh: '断网过久', en: 'Network gone too long' },
  'no-presence': { zh: '询问后没有回应', en: 'No answer to the question' },
  'daily-cap': { zh: '超过每日上限', en: 'Over the daily limit' },
  'other-scheme-overlap': { zh: '与另一项培训同时', en: 'Counted in another training' },
  playing: { zh: '等待画面', en: 'Waiting for the picture' },
  paused: { zh: '已暂停', en: 'Paused' },
  hidden: { zh: '切到其他页面', en: 'Another page in front' },
  stalled: { zh: '画面缓冲', en: 'Buffering' },
  ended: { zh: '播放完毕', en: 'At the end' },
  prompt: { zh: '等待回应询问', en: 'Waiting for an answer' },
  'seen-before': { zh: '看过的内容不重复计', en: 'Seen before, not counted twice' },
  jumped: { zh: '跳转画面', en: 'Moved to another place' },
  unreported: { zh: '最后一次上报之后', en: 'After the last report' },
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
  lessonTitleZh: z.string(),
  scheme: schemeCodeSchema,
  deviceKind: z.enum(['phone', 'tablet', 'computer']),
  deviceName: z.string(),
  creditedSeconds: seconds,
  /** Refused, or another page in front (item 31): what a learner may ask about. Pauses of their own are not in it. */
  refusedSeconds: seconds,
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;
export const daySchema = z.object({
  day: plainDate,
  creditedSeconds: seconds,
  refusedSeconds: seconds,
  sessions: z.array(sessionSummarySchema.extend({ stretches: z.array(stretchSchema) })),
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

export const liveSnapshotSchema = z.object({
  at: instant,
  region: z.object({ code: z.string(), name: z.string(), level: z.enum(['province', 'city', 'county']) }),
  total: z.int(),
  counting: z.int(),
  todayCreditedSeconds: seconds,
  todayRefusedSeconds: seconds,
  /** Children of the region asked for, ranked. */
  regions: z.array(z.object({ code: z.string(), name: z.string(), learners: z.int(), population: z.int() })),
  organisations: z.array(z.object({ id, name: z.string(), learners: z.int() })),
  schemes: z.array(z.object({ scheme: schemeCodeSchema, learners: z.int() })),
  /** Today's refusals by reason, and the newest anomalies. */
  refusals: z.array(z.object({ reason: z.string(), sessions: z.int(), seconds })),
  anomalies: z.array(
    z.object({
      at: instant,
      code: z.string(),
      sessionId: id,
      personMasked: z.string(),
      regionName: z.string(),
      organisationName: z.string(),
    }),
  ),
  /** Learners at each 10 minutes of today (China), for the curve. */
  curve: z.array(z.object({ at: instant, learners: z.int() })),
});
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>;
export const getLive = defineEndpoint({
  method: 'GET',
  path: '/api/supervision/live',
  query: z.object({
    region: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    scheme: schemeCodeSchema.optional(),
  }),
  answer: liveSnapshotSchema,
});
/** Server-sent events with the same query at GET /api/supervision/live/stream: event `snapshot` every few seconds. */
export const listLiveSessions = defineEndpoint({
  method: 'GET',
  path: '/api/supervision/live/sessions',
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    region: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    organisationId: id.optional(),
    scheme: schemeCodeSchema.optional(),
  }),
  answer: list(
    z.object({
      sessionId: id,
      personId: id,
      nameMasked: z.string(),
      idNumberMasked: z.string(),
      organisationName: z.string(),
      regionName: z.string(),
      courseTitleZh: z.string(),
      lessonTitleZh: z.string(),
      state: z.string(),
      openedAt: instant,
      creditedSeconds: seconds,
      deviceKind: z.enum(['phone', 'tablet', 'computer']),
    }),
  ),
});

/** Everything the proof page draws. */
export const sessionProofSchema = z.object({
  session: sessionSummarySchema,
  person: z.object({ id, nameMasked: z.string(), idNumberMasked: z.string() }),
  organisation: z.object({ id, name: z.string() }).nullable(),
  regionPath: z.array(z.object({ code: z.string(), name: z.string() })),
  lesson: z.object({ titleZh: z.string(), durationMs: z.int(), position: z.int() }),
  ruleSet: z.object({ id: z.string(), studyHourSeconds: seconds }),
  address: z.string(),
  /** Wall-clock length, credited and not credited whole seconds; not credited per reason adds up to `notCreditedSeconds`. */
  totalSeconds: seconds,
  creditedSeconds: seconds,
  notCreditedSeconds: seconds,
  byReason: z.array(z.object({ reason: z.string(), seconds, clause: stretchSchema.shape.clause })),
  lessonCreditedSeconds: seconds,
  stretches: z.array(stretchSchema),
  /** Every report of the player: server time, position, what it did from then on. */
  beats: z.array(
    z.object({
      at: instant,
      mediaMs: z.int(),
      activity: activitySchema,
      touched: z.boolean(),
      answered: z.boolean(),
      late: z.boolean(),
    }),
  ),
  prompts: z.array(z.object({ askedAt: instant, answeredAt: instant.nullable() })),
  /** Other sessions of this person that overlap in time or took this one over. */
  otherSessions: z.array(
    z.object({ sessionId: id, from: instant, to: instant.nullable(), deviceKind: z.string(), deviceName: z.string() }),
  ),
  evidence: z.array(
    z.object({
      index: z.int(),
      at: instant,
      kind: z.enum(['opened', 'segment', 'anomaly', 'closed']),
      /** Facts in words, Chinese and English. */
      zh: z.string(),
      en: z.string(),
      effectZh: z.string(),
      effectEn: z.string(),
      refused: z.boolean(),
      creditedSeconds: seconds,
      hash: z.string(),
    }),
  ),
  check: z.object({
    chainOk: z.boolean(),
    recomputedOk: z.boolean(),
    recomputedSeconds: seconds,
    /** First row whose digest differs; null when none. */
    firstBadIndex: z.int().nullable(),
    tailHash: z.string(),
    checkedAt: instant,
    live: z.boolean(),
  }),
});
export type SessionProof = z.infer<typeof sessionProofSchema>;
export const getSessionProof = defineEndpoint({
  method: 'GET',
  path: '/api/study-sessions/:sessionId/proof',
  params: sessionParams,
  answer: sessionProofSchema,
});
/** The evidence as stored, so that anyone can recompute it: `evidenceText` and SHA-256 of each row (see docs). */
export const getSessionEvidence = defineEndpoint({
  method: 'GET',
  path: '/api/study-sessions/:sessionId/evidence',
  params: sessionParams,
  answer: z.object({
    format: z.literal('antu-evidence-1'),
    sessionId: id,
    rows: z.array(z.custom<EvidenceRow>((value) => typeof value === 'object' && value !== null)),
    ledger: z.array(
      z.object({
        evidenceIndex: z.int(),
        creditedSeconds: seconds,
        mediaMs: z.array(z.tuple([z.int(), z.int()])),
        hash: z.string(),
      }),
    ),
  }),
});
