import { sittingStates } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { askedQuestionSchema, examAnswerSchema } from './exam-question.ts';

const id = z.uuid();
const instant = z.string();

export const sittingKinds = ['formal', 'mock'] as const;

export const paperItemSchema = z.object({
  /** Place on this paper, from 0: answers name it. */
  item: z.int(),
  points: z.number(),
  question: askedQuestionSchema,
});
export const sittingSchema = z.object({
  id,
  kind: z.enum(sittingKinds),
  titleZh: z.string(),
  state: z.enum(sittingStates),
  /** Server time of this answer; clocks on screen count from it. */
  now: instant,
  startedAt: instant.nullable(),
  /** With extra time already added. */
  endsAt: instant.nullable(),
  durationSeconds: z.int(),
  extraSeconds: z.int(),
  totalPoints: z.number(),
  passPoints: z.number(),
  /** Times the page was left so far, and how many lead to a word of the invigilator; null = no limit. */
  leaves: z.int(),
  mostLeaves: z.int().nullable(),
  /** Latest message of the room. */
  message: z.object({ at: instant, text: z.string() }).nullable(),
  /** Pictures are asked for now and then. */
  watched: z.boolean(),
  /** The picture that is wanted now: take it and send it with `sendExamPicture`. Null most of the time. */
  picture: z.object({ id: z.int() }).nullable(),
  /** Two people still have to say who began it: it is marked once they have. */
  identityAwaits: z.boolean(),
  /** Changes with every device that begins or goes on: another mark than that of one's own paper means that it runs elsewhere. */
  deviceMark: z.string().nullable(),
  /** Grows when a replaced device brings answers of before: the paper, asked for again, has them. */
  handedOver: z.int(),
});
export type SittingView = z.infer<typeof sittingSchema>;
export const sittingPaperSchema = sittingSchema.extend({
  items: z.array(paperItemSchema),
  /** What is saved, by item, as it counts now. */
  answers: z.array(z.object({ item: z.int(), answer: examAnswerSchema, savedAt: instant })),
  /** Names this device for saves; another device that begins gets another and this one is told so. */
  deviceToken: z.string(),
});
export type SittingPaper = z.infer<typeof sittingPaperSchema>;

const sittingParams = z.object({ sittingId: id });

export const getSitting = defineEndpoint({
  method: 'GET',
  path: '/api/exam-sittings/:sittingId',
  params: sittingParams,
  answer: sittingSchema,
});
/**
 * Begins, or goes on on this device. Refused before the window opens (`exams.not_yet`), after it (`exams.window_closed`), without
 * a fresh check of this very exam (`beginExamCheck`) where the rules ask for one (`exams.identity_needed`), and when it is over. Never sends what is right.
 */
export const startSitting = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/start',
  params: sittingParams,
  body: z.object({
    /** Random, kept by the device. */
    deviceId: id,
    /** Takes over from another device on which the sitting runs. */
    takeOver: z.boolean().default(false),
  }),
  answer: sittingPaperSchema,
});
/**
 * Saves answers. The same `seq` of a device a second time is answered as the first; saves that come after the end are kept and marked
 * late, and do not count (`exams.over` once the grace of the rules is past). A device that was replaced hands over what it had before
 * (`elsewhere`); with nothing of that it is refused (`exams.other_device`).
 */
export const saveAnswers = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/answers',
  params: sittingParams,
  body: z.object({
    deviceToken: z.string().max(200),
    /** Grows with every save of this device. */
    seq: z.int().min(1),
    answers: z
      .array(
        z.object({
          item: z.int().min(0).max(999),
          answer: examAnswerSchema,
          /** How long ago it was given, by the device: more than seconds when the network was away. */
          agoMs: z.int().min(0).max(86_400_000),
        }),
      )
      .min(1)
      .max(200),
  }),
  answer: z.object({
    savedSeq: z.int(),
    /** The server counts these; false after the end. */
    counts: z.boolean(),
    now: z.string(),
    endsAt: z.string(),
    state: z.enum(sittingStates),
    leaves: z.int(),
    message: z.object({ at: z.string(), text: z.string() }).nullable(),
    /** As in the sitting. */
    handedOver: z.int(),
    /**
     * Another device has taken the sitting over: of this save only these items, given before that, were kept, and they never
     * replace what the other device saved. Null on the device on which the sitting runs.
     */
    elsewhere: z.object({ kept: z.array(z.int()) }).nullable(),
  }),
});
/** Reports what the page noticed: left, came back, a key that copies or prints, full screen ended. */
export const reportSittingEvents = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/events',
  params: sittingParams,
  body: z.object({
    deviceToken: z.string().max(200),
    events: z
      .array(
        z.object({
          kind: z.enum(['left', 'back', 'copy', 'paste', 'print', 'offline', 'online']),
          agoMs: z.int().min(0).max(86_400_000),
        }),
      )
      .min(1)
      .max(50),
  }),
  answer: sittingSchema,
});
/** Hands in. A second time is answered as the first. */
export const submitSitting = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/submit',
  params: sittingParams,
  body: z.object({ deviceToken: z.string().max(200) }),
  answer: sittingSchema,
});

export const itemReviewSchema = z.object({
  item: z.int(),
  points: z.number(),
  earned: z.number(),
  question: askedQuestionSchema,
  given: examAnswerSchema,
  /** What is right, keyed as shown; null where the rules show points only. */
  right: examAnswerSchema.nullable(),
  explanation: z.string().nullable(),
  clause: z.string().nullable(),
});
/** `granted` and `rejected` are answered. */
export const examAppealStates = ['open', 'granted', 'rejected'] as const;
/** An appeal as whoever made it sees it. */
export const ownAppealSchema = z.object({
  id,
  /** Place on the paper, from 0; null: about the whole result. */
  item: z.int().nullable(),
  reason: z.string(),
  at: instant,
  state: z.enum(examAppealStates),
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
});
export const sittingResultSchema = z.object({
  sittingId: id,
  kind: z.enum(sittingKinds),
  titleZh: z.string(),
  /** `waiting` until the job has marked it. */
  state: z.enum(['waiting', 'marked', 'voided']),
  /** It waits for people who say who began it, not for the job. */
  identityAwaits: z.boolean(),
  points: z.number().nullable(),
  totalPoints: z.number(),
  passPoints: z.number(),
  passed: z.boolean().nullable(),
  /** Grows when an appeal changes the result. */
  version: z.int(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  voidReason: z.string().nullable(),
  /** Points by topic: where to study. */
  topics: z.array(
    z.object({ topicId: id, titleZh: z.string(), titleEn: z.string(), earned: z.number(), points: z.number() }),
  ),
  items: z.array(itemReviewSchema).nullable(),
  /** Until when an appeal may be made; null when it may not. */
  appealUntil: instant.nullable(),
  /** After a failed formal exam; null otherwise. `passed`: another attempt was. */
  resit: z
    .object({
      state: z.enum(['possible', 'none-left', 'passed']),
      /** From when the next attempt may take place; null unless it is possible. */
      from: instant.nullable(),
      /** Null: as many as wanted, or no attempt is possible. */
      attemptsLeft: z.int().nullable(),
    })
    .nullable(),
  certificateUrl: z.string().nullable(),
  /** What was doubted, with the answers; the oldest first. */
  appeals: z.array(ownAppealSchema),
});
export type SittingResult = z.infer<typeof sittingResultSchema>;
export const getSittingResult = defineEndpoint({
  method: 'GET',
  path: '/api/exam-sittings/:sittingId/result',
  params: sittingParams,
  answer: sittingResultSchema,
});
/** Once about each question and once about the whole; a second time is answered as the first. */
export const appealResult = defineEndpoint({
  method: 'POST',
  path: '/api/exam-sittings/:sittingId/appeals',
  params: sittingParams,
  body: z.object({ item: z.int().min(0).nullable(), reason: z.string().trim().min(4).max(1_000) }),
  answer: z.object({ appealId: id, state: z.enum(examAppealStates) }),
});
/** A mock exam from a paper plan, under the real conditions; open as often as wanted. */
export const startMockExam = defineEndpoint({
  method: 'POST',
  path: '/api/mock-exams',
  body: z.object({ planId: id }),
  answer: sittingSchema,
});
export const listMockPlans = defineEndpoint({
  method: 'GET',
  path: '/api/mock-exams',
  answer: z.object({
    plans: z.array(
      z.object({
        planId: id,
        titleZh: z.string(),
        questions: z.int(),
        durationSeconds: z.int(),
        totalPoints: z.number(),
        passPoints: z.number(),
      }),
    ),
    attempts: z.array(
      z.object({
        sittingId: id,
        titleZh: z.string(),
        state: z.enum(sittingStates),
        points: z.number().nullable(),
        totalPoints: z.number(),
        passed: z.boolean().nullable(),
        at: instant,
      }),
    ),
  }),
});
