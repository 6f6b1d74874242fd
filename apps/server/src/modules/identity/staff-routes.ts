import {
  capturePath,
  confirmEnrolment,
  enrolPerson,
  getFaceGauge,
  getPersonIdentity,
  issueOnSiteCode,
  listIdentityReviews,
  listWaitingEnrolments,
  personPicturePath,
  voteOnIdentityReview,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../platform/http/route.ts';
import { issueCode } from './codes/issue-code.ts';
import { decideEnrolment } from './enrolment/confirm-enrolment.ts';
import { enrolFace } from './enrolment/enrol-face.ts';
import { findEnrolment, presentEnrolment } from './enrolment/enrolment-rows.ts';
import { readFaceGauge } from './face-gauge.ts';
import { PICTURE_BODY_BYTES } from './own-routes.ts';
import { refuseSelf, requirePersonInReach } from './requester.ts';
import { listReviews } from './reviews/list-reviews.ts';
import { voteOnReview } from './reviews/vote-on-review.ts';
import { listWaiting } from './staff/list-waiting-enrolments.ts';
import { readPersonIdentity } from './staff/read-person-identity.ts';
import { sendCapture, sendEnrolmentPicture } from './staff/send-picture.ts';

/** Registers what managers, teachers and officers do about the identity of learners. */
export function registerStaffIdentityRoutes(app: FastifyInstance): void {
  registerEnrolments(app);
  registerReviews(app);
  registerPictures(app);
  serve(app, getFaceGauge, {
    policy: 'system.read',
    summary: 'How many faces are stored, against the number that must be filed',
    handler: (ctx) => readFaceGauge(ctx),
  });
}

function registerEnrolments(app: FastifyInstance): void {
  serve(app, getPersonIdentity, {
    policy: 'identity.read',
    summary: 'How a person stands with face checks',
    handler: (ctx, { params }) => readPersonIdentity(ctx, params.personId),
  });
  serve(app, enrolPerson, {
    policy: 'identity.confirm',
    summary: 'Enrol a photo from the roster or taken on site',
    bodyLimit: PICTURE_BODY_BYTES,
    handler: async (ctx, { params: { personId }, body }) => {
      await requirePersonInReach(ctx.pool, ctx.actor, 'identity.confirm', personId);
      refuseSelf(ctx.actor, personId);
      const enrolled = await enrolFace(ctx, { personId, ...body });
      return { ...enrolled, enrolment: presentEnrolment(await findEnrolment(ctx.pool, personId)) };
    },
  });
  serve(app, confirmEnrolment, {
    policy: 'identity.confirm',
    summary: 'Say whether the photo that a learner took is the person of the ID card',
    handler: (ctx, { params, body }) => decideEnrolment(ctx, params.personId, body),
  });
  serve(app, listWaitingEnrolments, {
    policy: 'identity.confirm',
    summary: 'Photos of an organisation that wait for confirmation',
    handler: (ctx, { params, query }) => listWaiting(ctx, params.organisationId, query),
  });
  serve(app, issueOnSiteCode, {
    policy: 'identity.confirm',
    summary: 'A one-time code to read out to a learner on site',
    handler: (ctx, { params }) => issueCode(ctx, params.personId),
  });
}

function registerReviews(app: FastifyInstance): void {
  serve(app, listIdentityReviews, {
    policy: 'identity.read',
    summary: 'Checks that two people decide',
    handler: (ctx, { query }) => listReviews(ctx, query),
  });
  serve(app, voteOnIdentityReview, {
    policy: 'identity.confirm',
    summary: 'Say whether the pictures of a review show one person',
    handler: (ctx, { params, body }) => voteOnReview(ctx, params.reviewId, body),
  });
}

function registerPictures(app: FastifyInstance): void {
  route(app, {
    method: 'GET',
    url: personPicturePath,
    policy: 'identity.read',
    summary: 'The photo that a person is compared with (image/jpeg)',
    schema: { params: z.object({ personId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendEnrolmentPicture(ctx, params.personId),
  });
  route(app, {
    method: 'GET',
    url: capturePath,
    policy: 'identity.read',
    summary: 'A picture of a check, a review or one taken in passing (image/jpeg)',
    schema: { params: z.object({ captureId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendCapture(ctx, params.captureId),
  });
}
