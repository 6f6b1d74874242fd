import type { IdentityStanding } from '@antu/contract';
import { currentFaceNotice } from '@antu/domain';
import type { RouteContext } from '../../platform/http/route.ts';
import { findConsent } from './consent.ts';
import { findEnrolment, presentEnrolment } from './enrolment/enrolment-rows.ts';
import { findLearnerSchemes } from './learner-schemes.ts';
import { findFreshSignInCheck } from './verdicts.ts';

/** What the signed-in learner has to know about checks: which training asks for them, consent, photo, and this sign-in. */
export async function readStanding(ctx: RouteContext<'identity.own'>, personId: string): Promise<IdentityStanding> {
  const { pool, actor } = ctx;
  const [schemes, consent, enrolment, signIn] = await Promise.all([
    findLearnerSchemes(pool, personId, ctx.nowMs()),
    findConsent(pool, personId),
    findEnrolment(pool, personId),
    findFreshSignInCheck(pool, personId, actor.sessionId, 0),
  ]);
  const { version, zh, en } = currentFaceNotice();
  return {
    schemes: [...new Set(schemes.filter((one) => one.asksForChecks).map(({ scheme }) => scheme))],
    notice: { version, zh, en },
    consent: consent ? { noticeVersion: consent.noticeVersion, givenAt: consent.givenAt.toISOString() } : null,
    enrolment: presentEnrolment(enrolment),
    signIn: {
      required: schemes.some((one) => one.asksAtSignIn),
      passedAt: signIn ? new Date(signIn.decidedAtMs).toISOString() : null,
    },
  };
}
