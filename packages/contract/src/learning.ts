import { activities } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';
import { challengeSchema, pictureSchema } from './identity.ts';

const id = z.uuid();
const plainDate = z.string();
const seconds = z.int();

// ---- The learner's own view -------------------------------------------------------------------------------------

export const lessonStateSchema = z.enum(['not-started', 'learning', 'awaiting-quiz', 'finished', 'superseded']);
export const lessonProgressSchema = z.object({
  lessonVersionId: id,
  position: z.int(),
  kind: z.enum(['video', 'document']),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  topicTitleZh: z.string().nullable(),
  topicTitleEn: z.string().nullable(),
  /** `awaiting-quiz`: viewed to its end, and counted once its quiz is passed. */
  state: lessonStateSchema,
  creditedSeconds: seconds,
  /** Viewed besides, and counted once the quiz of the lesson is passed; null: there is none to pass. */
  quizSeconds: seconds.nullable(),
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
  next: z
    .object({
      lessonVersionId: id,
      titleZh: z.string(),
      titleEn: z.string().nullable(),
      resumeAtMs: z.int(),
      /** The lesson is viewed; only its quiz is left. */
      awaitsQuiz: z.boolean(),
    })
    .nullable(),
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
  state: z.enum(['counting', 'standing', 'held', 'prompt', 'check', 'ended']),
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
  /** The learner must show who they are before anything counts again. */
  check: z
    .object({
      id,
      kind: z.enum(['start', 'random']),
      answerWithinMs: z.int(),
      triesLeft: z.int(),
    })
    .nullable(),
  /** A picture is wanted now, silently; good until the next answer names another one. */
  snapshot: z.object({ id: z.int() }).nullable(),
  /** Credited of this session but waiting for two people to confirm who the learner was. */
  awaitingSeconds: seconds,
  /** Of `creditedSeconds`, those that count once the quiz of the lesson is passed; null: none, or it was passed. */
  quizSeconds: seconds.nullable(),
  nextBeatMs: z.int(),
  lastSeq: z.int(),
});
export type StudyStatus = z.infer<typeof studyStatusSchema>;

export const openStudySession = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions',
  body: z.object({
    lessonVersionId: id,
    device: z.object({
      kind: z.enum(['phone', 'tablet', 'computer']),
      name: z.string().max(80),
      /** Random, kept by the browser: tells devices apart, evidence only. */
      id: id.nullable().default(null),
    }),
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
      /** Longest viewing between two identity checks; null: this training asks for none. */
      identityGapSeconds: seconds.nullable(),
      identityAnswerSeconds: seconds,
      identityTries: z.int(),
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
/** Begins a check that the session asks for; a new one may be begun while tries are left. */
export const beginStudyCheck = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions/:sessionId/checks/:checkId/challenges',
  params: sessionParams.extend({ checkId: id }),
  answer: challengeSchema,
});
/** Tells the session that a challenge has its verdict; the server knows the verdict, the client only points at it. */
export const settleStudyCheck = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions/:sessionId/checks/:checkId/verdict',
  params: sessionParams.extend({ checkId: id }),
  body: z.object({ challengeId: id }),
  answer: studyStatusSchema,
});
/** The picture that `snapshot` asked for. Judged later; nothing the learner has to wait for. */
export const sendSnapshot = defineEndpoint({
  method: 'POST',
  path: '/api/study-sessions/:sessionId/snapshots/:snapshotId',
  params: sessionParams.extend({ snapshotId: z.coerce.number().int().min(0).max(1000) }),
  body: z.object({ picture: pictureSchema.nullable(), failure: z.string().max(40).nullable() }),
  answer: z.object({ taken: z.boolean() }),
});
