import type { SuspicionReason } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';
import { stretchSchema } from './learning-hours.ts';

const id = z.uuid();
const instant = z.string();
const seconds = z.int();
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

/** Why a session was put before a person. Every one has points in `suspicionRules` of the domain. */
export const caseReasonNames = {
  mismatch: { zh: '人脸不符', en: 'Face did not match' },
  'two-faces': { zh: '画面中有两个人', en: 'Two people in the picture' },
  'no-face': { zh: '画面中没有人', en: 'Nobody in the picture' },
  'check-missed': { zh: '没有完成身份验证', en: 'Identity check not done' },
  'not-live': { zh: '像照片、录像或虚拟摄像头', en: 'Looks like a photo, recording or virtual camera' },
  'same-address': { zh: '同一网络地址多人同时学习', en: 'Several people from one address' },
  'same-device': { zh: '同一台设备多人学习', en: 'Several people on one device' },
  'same-face': { zh: '同一张脸登记在两个身份下', en: 'One face under two identities' },
  'impossible-travel': { zh: '短时间内异地学习', en: 'Two places too far apart in too short a time' },
  'inhuman-hours': { zh: '学习时间不合常理', en: 'Hours that nobody keeps' },
  'snapshot-missing': { zh: '抓拍没有传回', en: 'Snapshot not delivered' },
} as const satisfies Record<SuspicionReason, { zh: string; en: string }>;
export const caseReasons = Object.keys(caseReasonNames) as (keyof typeof caseReasonNames)[];
export type CaseReason = keyof typeof caseReasonNames;

export const caseReasonSchema = z.object({
  reason: z.enum(caseReasons as [CaseReason, ...CaseReason[]]),
  points: z.int(),
  /** What was seen, in words with numbers. */
  zh: z.string(),
  en: z.string(),
  /** Other sessions that the sign is about, so that they can be opened. */
  sessions: z.array(z.object({ sessionId: id, nameMasked: z.string(), openedAt: instant })).default([]),
});
export type CaseReasonView = z.infer<typeof caseReasonSchema>;
export const caseStates = ['open', 'accepted', 'voided-part', 'voided-all'] as const;
/** `seconds` is the length of `mediaSeconds`; an `accept` has neither. `by` is a name in office, 系统 where the server carried out. */
export const hourDecisionSchema = z.object({
  id,
  kind: z.enum(['accept', 'void', 'restore', 'award', 'refuse']),
  seconds,
  mediaSeconds: z.array(z.tuple([z.int(), z.int()])),
  reasonZh: z.string(),
  by: z.string(),
  at: instant,
  hash: z.string(),
});
export type HourDecision = z.infer<typeof hourDecisionSchema>;
export const appealSchema = z.object({
  id,
  sessionId: id,
  text: z.string(),
  at: instant,
  state: z.enum(['open', 'granted', 'rejected']),
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
});
export type Appeal = z.infer<typeof appealSchema>;
export const reviewCaseSchema = z.object({
  id,
  sessionId: id,
  personId: id,
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  organisationName: z.string().nullable(),
  regionName: z.string().nullable(),
  courseTitleZh: z.string(),
  lessonTitleZh: z.string(),
  scheme: schemeCodeSchema,
  openedAt: instant,
  /** What counts of the session now. */
  creditedSeconds: seconds,
  /** Sum of the points of its reasons; the list is sorted by it. */
  score: z.int(),
  reasons: z.array(caseReasonSchema),
  state: z.enum(caseStates),
  hasOpenAppeal: z.boolean(),
});
export type ReviewCase = z.infer<typeof reviewCaseSchema>;

/** Cases within reach, the highest score first. A region or organisation (employer or body) only narrows. */
export const listReviewCases = defineEndpoint({
  method: 'GET',
  path: '/api/review-cases',
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    state: z.enum(['open', 'decided', 'appealed']).default('open'),
    reason: z.enum(caseReasons as [CaseReason, ...CaseReason[]]).optional(),
    region: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    organisationId: id.optional(),
  }),
  answer: list(reviewCaseSchema).extend({ counts: z.object({ open: z.int(), appealed: z.int() }) }),
});
const caseParams = z.object({ caseId: id });
export const reviewCaseDetailSchema = reviewCaseSchema.extend({
  /** Null while the session runs; it can only be decided when it is over. */
  endedAt: instant.nullable(),
  /** Length of the lesson, whole seconds: the line on which parts are chosen. */
  lessonSeconds: seconds,
  /** What the rules made of the session, for the small time line; the proof has the rest. */
  stretches: z.array(stretchSchema),
  /** False for whoever took the decision that an open appeal is about. */
  mayAnswerAppeal: z.boolean(),
  /** What granting an appeal would give back now: voided and not studied again since. */
  restorableSeconds: seconds,
  decisions: z.array(hourDecisionSchema),
  appeals: z.array(appealSchema),
  /** Stretches of the lesson that the session credited and that still count, seconds. */
  countedMediaSeconds: z.array(z.tuple([z.int(), z.int()])),
  captures: z.array(
    z.object({ id, at: instant, kind: z.enum(['check', 'random']), outcome: z.string().nullable(), gone: z.boolean() }),
  ),
});
export type ReviewCaseDetail = z.infer<typeof reviewCaseDetailSchema>;
export const getReviewCase = defineEndpoint({
  method: 'GET',
  path: '/api/review-cases/:caseId',
  params: caseParams,
  answer: reviewCaseDetailSchema,
});
/**
 * A new decision over the same facts; nothing that was stored changes. Void takes back what the session credited and what still
 * counts. Decided again only after an appeal that was not rejected, and by somebody else.
 */
export const decideReviewCase = defineEndpoint({
  method: 'POST',
  path: '/api/review-cases/:caseId/decisions',
  params: caseParams,
  body: z.object({
    decision: z.enum(['accept', 'void-part', 'void-all']),
    /** For `void-part`: stretches of the lesson, seconds. */
    mediaSeconds: z
      .array(z.tuple([z.int().min(0), z.int().min(1)]))
      .max(50)
      .default([]),
    reason: z.string().trim().min(2).max(300),
  }),
  answer: reviewCaseDetailSchema,
});
/** Granting gives back everything voided of the session that was not studied again since. */
export const answerAppeal = defineEndpoint({
  method: 'POST',
  path: '/api/appeals/:appealId/answer',
  params: z.object({ appealId: id }),
  body: z.object({ grant: z.boolean(), answer: z.string().trim().min(2).max(500) }),
  answer: appealSchema,
});

/** The learner asks for another look at a session. */
export const appealSession = defineEndpoint({
  method: 'POST',
  path: '/api/learning/appeals',
  body: z.object({ sessionId: id, text: z.string().trim().min(5).max(500) }),
  answer: appealSchema,
});
export const listOwnAppeals = defineEndpoint({
  method: 'GET',
  path: '/api/learning/appeals',
  answer: z.object({ items: z.array(appealSchema) }),
});
