import type { EvidenceRow, HourDecisionFact } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';
import { activitySchema } from './learning.ts';
import { stretchSchema, sessionSummarySchema } from './learning-hours.ts';
import { hourDecisionSchema } from './review-desk.ts';

const id = z.uuid();
const instant = z.string();
const seconds = z.int();
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

const sessionParams = z.object({ sessionId: id });

// ---- The authority: who studies now, and the proof of a session --------------------------------------------------

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
      /** Employer's region when the session opened; null when there was none. */
      regionCode: z.string().nullable(),
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
      courseTitleEn: z.string().nullable(),
      lessonTitleZh: z.string(),
      lessonTitleEn: z.string().nullable(),
      state: z.string(),
      openedAt: instant,
      creditedSeconds: seconds,
      deviceKind: z.enum(['phone', 'tablet', 'computer']),
    }),
  ),
});

/** Who sat in front of the camera, over one session. */
export const sessionIdentitySchema = z.object({
  /** Longest viewing between two checks by the session's rule set; null: it asks for none. */
  gapSeconds: seconds.nullable(),
  /** In the order in which they were asked. */
  checks: z.array(
    z.object({
      /** Of the verdict that decided it; null while no try has ended. */
      id: id.nullable(),
      askedAt: instant,
      /** When the session learned how it ended; null while it is open. */
      decidedAt: instant.nullable(),
      /** `sign-in`: passed so shortly before the session opened that it counted as the check at the start. */
      kind: z.enum(['start', 'random', 'sign-in']),
      /** Null while it is open. `missed`: not answered in time. `pending`: two people have not decided yet. */
      outcome: z.enum(['passed', 'failed', 'pending', 'missed']).nullable(),
      /** How the last try was answered; null when there was none. */
      method: z.enum(['face', 'on-site', 'review']).nullable(),
      /** Between the face and the enrolled one, smaller is more alike; null where none was measured. */
      distance: z.number().nullable(),
      /** Keys of `identityFactNames` from all tries, each once, the newest first. */
      problems: z.array(z.string()),
      triesUsed: z.int(),
      /** Viewed between the last check that let the session go on and this one being asked (item 10 counts viewing). */
      viewedSeconds: seconds,
      /** Pictures of the last try first, each try in the order in which they were taken; `gone`: deleted when their time was over. */
      captures: z.array(z.object({ id, gone: z.boolean() })),
    }),
  ),
  /** Viewed after the last check that let the session go on. */
  viewedAfterSeconds: seconds,
  /** Pictures taken silently between the checks. */
  snapshots: z.array(
    z.object({
      /** Null when no picture arrived. */
      captureId: id.nullable(),
      at: instant,
      finding: z.enum(['match', 'other-person', 'no-face', 'two-faces', 'unjudged', 'missing']),
      gone: z.boolean(),
    }),
  ),
});
export type SessionIdentity = z.infer<typeof sessionIdentitySchema>;

/** Everything the proof page draws. */
export const sessionProofSchema = z.object({
  session: sessionSummarySchema,
  person: z.object({ id, nameMasked: z.string(), idNumberMasked: z.string() }),
  organisation: z.object({ id, name: z.string() }).nullable(),
  regionPath: z.array(z.object({ code: z.string(), name: z.string() })),
  lesson: z.object({ titleZh: z.string(), durationMs: z.int(), position: z.int() }),
  ruleSet: z.object({ id: z.string(), studyHourSeconds: seconds }),
  address: z.string(),
  /**
   * Wall-clock length, credited and not credited whole seconds, as they count now; not credited per reason adds up to
   * `notCreditedSeconds`. What later decisions took back is the reason `voided`.
   */
  totalSeconds: seconds,
  creditedSeconds: seconds,
  notCreditedSeconds: seconds,
  byReason: z.array(z.object({ reason: z.string(), seconds, clause: stretchSchema.shape.clause })),
  lessonCreditedSeconds: seconds,
  /** What the rules make of the evidence, whatever was decided later. */
  stretches: z.array(stretchSchema),
  /** Later decisions over the same facts, the oldest first: they name the stretches of the lesson that they are about. */
  decisions: z.array(hourDecisionSchema),
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
  identity: sessionIdentitySchema,
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
        /** The decision below on which the entry rests instead of a row; `evidenceIndex` is then -1. */
        decisionId: id.nullable(),
      }),
    ),
    /** Later decisions as stored: `hourDecisionText` and SHA-256 of each, like the rows. */
    decisions: z.array(
      z.custom<HourDecisionFact & { readonly hash: string }>((value) => typeof value === 'object' && value !== null),
    ),
  }),
});
