import {
  answerForReview,
  answerWithCode,
  beginSignInCheck,
  enrolOwnFace,
  getIdentityStanding,
  giveFaceConsent,
  sendCheckFrames,
  withdrawFaceConsent,
} from '@antu/contract';
import { checkLimitsOf, chinaDateOf, findCheckRules } from '@antu/domain';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import { serve } from '../../platform/http/route.ts';
import { requireOwnPerson } from '../people/index.ts';
import { attemptGuard } from './attempt-guard.ts';
import { openChallenge } from './checks/open-challenge.ts';
import { receiveFrames } from './checks/receive-frames.ts';
import { answerByCode } from './codes/answer-with-code.ts';
import { giveConsent } from './consent.ts';
import { enrolFace } from './enrolment/enrol-face.ts';
import { mainSchemeOf } from './learner-schemes.ts';
import { answerByReview } from './reviews/answer-for-review.ts';
import { readStanding } from './standing.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const policy = 'identity.own' as const;
const MIB = 1024 * 1024;
/** One picture of the size that the contract allows. */
export const PICTURE_BODY_BYTES = 2.25 * MIB;
const FRAMES_BODY_BYTES = 6 * MIB;

/** Registers what learners do about their own identity. The person comes from the login session, never from the request. */
export function registerOwnIdentityRoutes(app: FastifyInstance): void {
  registerOwnEnrolment(app);
  registerChecks(app);
}

function registerOwnEnrolment(app: FastifyInstance): void {
  serve(app, getIdentityStanding, {
    policy,
    summary: 'Consent, photo and checks of the signed-in learner',
    handler: (ctx) => readStanding(ctx, requireOwnPerson(ctx.actor)),
  });
  serve(app, giveFaceConsent, {
    policy,
    summary: 'Agree to face checks, by the notice in force',
    handler: async (ctx, { body }) => {
      const personId = requireOwnPerson(ctx.actor);
      await giveConsent(ctx, personId, body.noticeVersion);
      return readStanding(ctx, personId);
    },
  });
  serve(app, withdrawFaceConsent, {
    policy,
    summary: 'Withdraw consent; template and pictures are deleted at once',
    handler: async (ctx) => {
      const personId = requireOwnPerson(ctx.actor);
      await withdrawConsent(ctx, personId);
      return readStanding(ctx, personId);
    },
  });
  const { mostChecks, checksWindowSeconds } = checkLimitsOf(findCheckRules(chinaDateOf(app.platform.clock.nowMs())));
  const guard = attemptGuard({ most: mostChecks, windowMs: checksWindowSeconds * 1000 });
  serve(app, enrolOwnFace, {
    policy,
    summary: 'Enrol a photo; somebody of the organisation has to confirm it',
    bodyLimit: PICTURE_BODY_BYTES,
    handler: async (ctx, { body }) => {
      const personId = requireOwnPerson(ctx.actor);
      const waitMinutes = guard.judge(personId, ctx.nowMs());
      if (waitMinutes !== undefined) throw new AppError('identity.too_many_checks', { waitMinutes });
      const enrolled = await enrolFace(ctx, { personId, picture: body.picture, source: 'self' });
      return { ...enrolled, standing: await readStanding(ctx, personId) };
    },
  });
}

function registerChecks(app: FastifyInstance): void {
  serve(app, beginSignInCheck, {
    policy,
    summary: 'Begin the check that confirms this sign-in',
    handler: async (ctx) => {
      const personId = requireOwnPerson(ctx.actor);
      return openChallenge(ctx.platform, ctx, {
        personId,
        purpose: 'sign-in',
        sessionId: null,
        checkId: null,
        loginSessionId: ctx.actor.sessionId,
        ...(await mainSchemeOf(ctx.pool, personId, ctx.nowMs())),
      });
    },
  });
  serve(app, sendCheckFrames, {
    policy,
    summary: 'Send the pictures of a step; answers the next prompt or the verdict',
    bodyLimit: FRAMES_BODY_BYTES,
    handler: (ctx, { params, body }) => receiveFrames(ctx, requireOwnPerson(ctx.actor), params, body),
  });
  serve(app, answerWithCode, {
    policy,
    summary: 'Answer a check with the code of a supervisor on site',
    handler: (ctx, { params, body }) => answerByCode(ctx, requireOwnPerson(ctx.actor), params.challengeId, body.code),
  });
  serve(app, answerForReview, {
    policy,
    summary: 'Answer a check with pictures that two people compare later',
    bodyLimit: 2 * PICTURE_BODY_BYTES,
    handler: (ctx, { params, body }) => answerByReview(ctx, requireOwnPerson(ctx.actor), params.challengeId, body),
  });
}
