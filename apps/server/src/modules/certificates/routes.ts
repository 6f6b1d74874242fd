import {
  getCertificate,
  getOwnCertificates,
  issueCertificate as issueEndpoint,
  listCertificateCandidates,
  listCertificates as listEndpoint,
  OWN_TRAINING_CERTIFICATE_PATH,
  reissueCertificate as reissueEndpoint,
  revokeCertificate as revokeEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { route, serve } from '../../platform/http/route.ts';
import { reissueCertificate, revokeCertificate } from './end-certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import {
  listCandidates,
  listCertificates,
  listOwnCertificates,
  readCertificate,
  sendOwnCertificate,
} from './read-certificates.ts';

export function registerCertificateRoutes(app: FastifyInstance): void {
  serve(app, listEndpoint, {
    policy: 'certificates.read',
    summary: 'Training certificates of people within reach',
    handler: (ctx, { query }) => listCertificates(ctx, query.cursor),
  });
  serve(app, getOwnCertificates, {
    policy: 'certificates.own',
    summary: 'Training certificates of one’s own',
    handler: (ctx) => listOwnCertificates(ctx),
  });
  route(app, {
    method: 'GET',
    url: OWN_TRAINING_CERTIFICATE_PATH,
    policy: 'certificates.own',
    summary: 'The paper of a training certificate of one’s own',
    schema: { params: z.object({ certificateId: z.uuid() }), answer: 'raw' },
    handler: (ctx, { params }) => sendOwnCertificate(ctx, params.certificateId),
  });
  serve(app, getCertificate, {
    policy: 'certificates.read',
    summary: 'A training certificate with what was decided about it',
    handler: (ctx, { params }) => readCertificate(ctx, params.certificateId),
  });
  const policy = 'certificates.issue';
  serve(app, listCertificateCandidates, {
    policy,
    summary: 'Learners of a course with everything that stands against a certificate',
    handler: (ctx, { params, query }) => listCandidates(ctx, params.courseId, query.cursor),
  });
  serve(app, issueEndpoint, {
    policy,
    status: 201,
    summary: 'Issue the certificate of a course to a learner',
    handler: (ctx, { params, body }) => issueCertificate(ctx, params.courseId, body.personId),
  });
  serve(app, reissueEndpoint, {
    policy,
    status: 201,
    summary: 'Replace a certificate that was lost or damaged or says something wrong',
    handler: (ctx, { params, body }) => reissueCertificate(ctx, params.certificateId, body),
  });
  serve(app, revokeEndpoint, {
    policy,
    summary: 'Revoke a certificate; it stays verifiable as revoked',
    handler: (ctx, { params, body }) => revokeCertificate(ctx, params.certificateId, body.reason),
  });
}
