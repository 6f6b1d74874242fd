import { certificateConditionCodes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

export const certificateStates = ['valid', 'replaced', 'expired', 'revoked', 'suspended', 'not-yet-valid'] as const;

/** A training certificate as lists show it; masked. */
export const certificateViewSchema = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  number: z.string(),
  /** The code of the public address. */
  code: z.string(),
  courseId: z.uuid(),
  courseTitle: z.string(),
  organisationName: z.string(),
  issuedAt: z.iso.datetime(),
  state: z.enum(certificateStates),
  /** Since when it is so. */
  since: z.iso.datetime(),
});
export type CertificateView = z.infer<typeof certificateViewSchema>;

const cursorSchema = z.object({ cursor: z.uuid().optional() });

/** Certificates of people within reach, newest first. */
export const listCertificates = defineEndpoint({
  method: 'GET',
  path: '/api/certificates',
  query: cursorSchema,
  answer: z.object({ items: z.array(certificateViewSchema), nextCursor: z.uuid().nullable() }),
});

export const getCertificate = defineEndpoint({
  method: 'GET',
  path: '/api/certificates/:certificateId',
  params: z.object({ certificateId: z.uuid() }),
  answer: certificateViewSchema.extend({
    ruleSetId: z.string(),
    replacesId: z.uuid().nullable(),
    replacedById: z.uuid().nullable(),
    /** Later decisions, the oldest first. */
    events: z.array(z.object({ status: z.string(), reason: z.string(), at: z.iso.datetime() })),
  }),
});
export type CertificateDetail = z.infer<(typeof getCertificate)['answer']>;

/** Learners of a course with everything that stands against a certificate; empty: it can be issued. */
export const listCertificateCandidates = defineEndpoint({
  method: 'GET',
  path: '/api/courses/:courseId/certificate-candidates',
  params: z.object({ courseId: z.uuid() }),
  query: cursorSchema,
  answer: z.object({
    items: z.array(
      z.object({
        personId: z.uuid(),
        nameMasked: z.string(),
        idNumberMasked: z.string(),
        unmet: z.array(z.object({ code: z.enum(certificateConditionCodes), zh: z.string(), en: z.string() })),
      }),
    ),
    nextCursor: z.uuid().nullable(),
  }),
});
export type CertificateCandidate = z.infer<(typeof listCertificateCandidates)['answer']>['items'][number];

const issuedSchema = z.object({ certificateId: z.uuid(), number: z.string(), code: z.string() });

export const issueCertificate = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/certificates',
  params: z.object({ courseId: z.uuid() }),
  body: z.object({ personId: z.uuid() }),
  answer: issuedSchema,
});

const reasonSchema = z.string().trim().min(2).max(500);

/** A new certificate in place of one that was lost or damaged or says something wrong; name and number as they are registered now. */
export const reissueCertificate = defineEndpoint({
  method: 'POST',
  path: '/api/certificates/:certificateId/replacement',
  params: z.object({ certificateId: z.uuid() }),
  body: z.object({ cause: z.enum(['lost', 'damaged', 'correction']), reason: reasonSchema }),
  answer: issuedSchema,
});

export const revokeCertificate = defineEndpoint({
  method: 'POST',
  path: '/api/certificates/:certificateId/revocation',
  params: z.object({ certificateId: z.uuid() }),
  body: z.object({ reason: reasonSchema }),
  answer: z.object({ state: z.enum(certificateStates) }),
});

/** The caller's own certificates, newest first. */
export const getOwnCertificates = defineEndpoint({
  method: 'GET',
  path: '/api/certificates/own',
  answer: z.object({ items: z.array(certificateViewSchema.extend({ verifyUrl: z.string() })) }),
});
export type OwnCertificate = z.infer<(typeof getOwnCertificates)['answer']>['items'][number];

/** The paper of a certificate of one's own. */
export const OWN_TRAINING_CERTIFICATE_PATH = '/api/certificates/own/:certificateId/certificate.pdf';
