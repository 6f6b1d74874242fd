import { livenessPrompts } from '@antu/domain';
import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';

const id = z.uuid();
const instant = z.string();

/** A picture as base64 of JPEG, PNG or WebP bytes; at most 1.5 MiB of bytes. */
export const pictureSchema = z
  .string()
  .min(1)
  .max(2_097_152)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);

// ---- Consent and enrolment, by the learner ------------------------------------------------------------------------

export const enrolmentSchema = z.object({
  /** `waiting`: taken by the learner, somebody of the organisation has to compare it with the ID card first. */
  state: z.enum(['none', 'waiting', 'active', 'refused']),
  source: z.enum(['self', 'on-site', 'roster']).nullable(),
  enrolledAt: instant.nullable(),
  /** Why it was refused, in the words of the person who refused it. */
  refusedBecause: z.string().nullable(),
  hasPicture: z.boolean(),
});
export type Enrolment = z.infer<typeof enrolmentSchema>;
export const identityStandingSchema = z.object({
  /** Schemes of the learner's obligations that want identity checks. */
  schemes: z.array(schemeCodeSchema),
  notice: z.object({ version: z.string(), zh: z.string(), en: z.string() }),
  consent: z.object({ noticeVersion: z.string(), givenAt: instant }).nullable(),
  enrolment: enrolmentSchema,
  /** Whether this sign-in must be confirmed before studying in those schemes, and when it was. */
  signIn: z.object({
    required: z.boolean(),
    /** Also set by a check that two people still have to review: study may go on, its hours wait. */
    passedAt: instant.nullable(),
  }),
});
export type IdentityStanding = z.infer<typeof identityStandingSchema>;

export const getIdentityStanding = defineEndpoint({
  method: 'GET',
  path: '/api/identity/standing',
  answer: identityStandingSchema,
});
export const giveFaceConsent = defineEndpoint({
  method: 'POST',
  path: '/api/identity/consent',
  body: z.object({ noticeVersion: z.string().max(40) }),
  answer: identityStandingSchema,
});
/** Deletes the template and every stored picture of the person at once. */
export const withdrawFaceConsent = defineEndpoint({
  method: 'DELETE',
  path: '/api/identity/consent',
  answer: identityStandingSchema,
});
export const enrolOwnFace = defineEndpoint({
  method: 'POST',
  path: '/api/identity/enrolment',
  body: z.object({ picture: pictureSchema }),
  answer: z.object({
    accepted: z.boolean(),
    problems: z.array(z.string()),
    standing: identityStandingSchema,
  }),
});

// ---- A check in front of the camera ------------------------------------------------------------------------------

export const promptSchema = z.enum(livenessPrompts);
export const challengeSchema = z.object({
  challengeId: id,
  /** Must come back with every picture; good for this challenge only. */
  nonce: z.string(),
  /** Steps in all, the first of which (-1) is looking straight ahead. */
  steps: z.int(),
  /** What to do now; null: look straight ahead. Later prompts are not known before. */
  prompt: promptSchema.nullable(),
  step: z.int(),
  framesPerStep: z.int(),
  /** How long the learner has for a step, ms; pictures that took longer are refused. */
  stepMs: z.int(),
  expiresInMs: z.int(),
});
export type IdentityChallenge = z.infer<typeof challengeSchema>;

/** Confirms a sign-in. Checks of a study session are begun with `beginStudyCheck`. */
export const beginSignInCheck = defineEndpoint({
  method: 'POST',
  path: '/api/identity/challenges',
  answer: challengeSchema,
});
const challengeParams = z.object({ challengeId: id });
export const verdictSchema = z.object({
  type: z.literal('verdict'),
  outcome: z.enum(['passed', 'failed', 'pending']),
  /** Keys of `identityProblemNames`, the most useful first. */
  problems: z.array(z.string()),
});
export type IdentityVerdict = z.infer<typeof verdictSchema>;
export const sendCheckFrames = defineEndpoint({
  method: 'POST',
  path: '/api/identity/challenges/:challengeId/steps/:step',
  params: challengeParams.extend({ step: z.coerce.number().int().min(-1).max(3) }),
  body: z.object({
    nonce: z.string().max(64),
    /** `framesPerStep` of them at least, 6 MiB of JSON at most; `atMs`: stopwatch since the challenge arrived, rising. */
    frames: z
      .array(z.object({ atMs: z.int().min(0).max(600_000), picture: pictureSchema }))
      .min(1)
      .max(6),
  }),
  answer: z.discriminatedUnion('type', [
    z.object({ type: z.literal('next'), challenge: challengeSchema }),
    verdictSchema,
  ]),
});
/** The other way on site: a code that a supervisor reads out. */
export const answerWithCode = defineEndpoint({
  method: 'POST',
  path: '/api/identity/challenges/:challengeId/code',
  params: challengeParams,
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  answer: verdictSchema,
});
/** The other way without anybody there: two people compare the picture with the ID card later; hours wait until then. */
export const answerForReview = defineEndpoint({
  method: 'POST',
  path: '/api/identity/challenges/:challengeId/review',
  params: challengeParams,
  body: z.object({ nonce: z.string().max(64), face: pictureSchema, idCard: pictureSchema }),
  answer: verdictSchema,
});
