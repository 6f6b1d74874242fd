import { z } from 'zod';
import { schemeCodeSchema } from './courses.ts';
import { defineEndpoint } from './endpoint.ts';
import { enrolmentSchema, pictureSchema } from './identity.ts';

const id = z.uuid();
const instant = z.string();

const personParams = z.object({ personId: id });
export const getPersonIdentity = defineEndpoint({
  method: 'GET',
  path: '/api/people/:personId/identity',
  params: personParams,
  answer: z.object({
    enrolment: enrolmentSchema,
    hasConsent: z.boolean(),
    recentChecks: z.array(
      z.object({
        id,
        at: instant,
        purpose: z.enum(['study', 'sign-in', 'exam']),
        method: z.enum(['face', 'on-site', 'review']),
        outcome: z.enum(['passed', 'failed', 'pending']),
        problems: z.array(z.string()),
      }),
    ),
  }),
});
/** A photo from the roster or taken on site; needs the learner's consent first. */
export const enrolPerson = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/identity/picture',
  params: personParams,
  body: z.object({ source: z.enum(['on-site', 'roster']), picture: pictureSchema }),
  answer: z.object({ accepted: z.boolean(), problems: z.array(z.string()), enrolment: enrolmentSchema }),
});
/** The photo that the learner took is, or is not, the person of the ID card. */
export const confirmEnrolment = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/identity/confirmation',
  params: personParams,
  body: z.object({
    accept: z.boolean(),
    /** `enrolledAt` of the photo that was looked at: another one that came meanwhile is not confirmed unseen. */
    enrolledAt: instant,
    reason: z.string().max(200).default(''),
  }),
  answer: enrolmentSchema,
});
export const issueOnSiteCode = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/identity/codes',
  params: personParams,
  answer: z.object({ code: z.string(), expiresAt: instant }),
});
/** GET /api/people/:personId/identity/picture answers the enrolment picture itself (image/jpeg) and leaves an audit row. */
export const personPicturePath = '/api/people/:personId/identity/picture';
/** GET /api/identity/captures/:captureId answers a picture of a check (image/jpeg) and leaves an audit row. */
export const capturePath = '/api/identity/captures/:captureId';

const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });
const page = {
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
};
export const listWaitingEnrolments = defineEndpoint({
  method: 'GET',
  path: '/api/organisations/:organisationId/identity/waiting',
  params: z.object({ organisationId: id }),
  query: z.object(page),
  answer: list(
    z.object({
      personId: id,
      nameMasked: z.string(),
      idNumberMasked: z.string(),
      /** The `enrolledAt` that a confirmation names. */
      takenAt: instant,
    }),
  ),
});
export const identityReviewSchema = z.object({
  id,
  personId: id,
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  organisationName: z.string(),
  purpose: z.enum(['study', 'sign-in', 'exam']),
  sessionId: id.nullable(),
  askedAt: instant,
  faceCaptureId: id,
  /** Null: the provider was away; the face is compared with the enrolment picture. */
  idCardCaptureId: id.nullable(),
  hasEnrolmentPicture: z.boolean(),
  state: z.enum(['open', 'approved', 'rejected']),
  votes: z.array(z.object({ by: z.string(), approve: z.boolean(), reason: z.string(), at: instant })),
  /** False for who has voted already or is not allowed to. */
  mayVote: z.boolean(),
});
export type IdentityReview = z.infer<typeof identityReviewSchema>;
export const listIdentityReviews = defineEndpoint({
  method: 'GET',
  path: '/api/identity/reviews',
  query: z.object({ ...page, organisationId: id.optional(), state: z.enum(['open', 'decided']).default('open') }),
  answer: list(identityReviewSchema),
});
export const voteOnIdentityReview = defineEndpoint({
  method: 'POST',
  path: '/api/identity/reviews/:reviewId/votes',
  params: z.object({ reviewId: id }),
  body: z.object({ approve: z.boolean(), reason: z.string().max(200).default('') }),
  answer: identityReviewSchema,
});
/** Stored faces against the number from which they must be filed with the authority for cyberspace. */
export const getFaceGauge = defineEndpoint({
  method: 'GET',
  path: '/api/identity/gauge',
  answer: z.object({
    storedFaces: z.int(),
    fileFrom: z.int(),
    /** `near`: from 80 % on. */
    state: z.enum(['below', 'near', 'reached']),
    source: z.string(),
    provider: z.array(z.object({ scheme: schemeCodeSchema, name: z.string(), ruleSetId: z.string() })),
  }),
});
