import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** What somebody who holds a paper learns about it. `unknown`: no document has this code. */
export const verificationStates = [
  'valid',
  'replaced',
  'expired',
  'revoked',
  'suspended',
  'not-yet-valid',
  'unknown',
] as const;
export type VerificationState = (typeof verificationStates)[number];

const instant = z.iso.datetime();
const codeParams = z.object({ code: z.string().trim().min(1).max(64) });

export const verifiedFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  /** Null where only the holder may show it. */
  value: z.string().nullable(),
  shown: z.enum(['whole', 'masked', 'hidden']),
});
export type VerifiedField = z.infer<typeof verifiedFieldSchema>;

export const verifiedDocumentSchema = z.object({
  /** As stored: without dashes. */
  code: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  number: z.string(),
  issuerName: z.string(),
  issuedAt: instant,
  validFrom: instant,
  /** First instant at which it no longer holds; null: without end. */
  validUntil: instant.nullable(),
  fields: z.array(verifiedFieldSchema),
  /** The document that stands in its place. */
  replacedBy: z.object({ code: z.string(), number: z.string() }).nullable(),
  /** Whether both signatures fit what is stored. */
  signatures: z.enum(['hold', 'broken']),
  /** Place in the transparency log, counted from 1; null while it is being recorded. */
  log: z.object({ number: z.int(), recordedAt: instant }).nullable(),
});
export type VerifiedDocument = z.infer<typeof verifiedDocumentSchema>;

/** The public check of a document. Whoever has the code needs no account. */
export const verifyDocument = defineEndpoint({
  method: 'GET',
  path: '/api/verify/:code',
  params: codeParams,
  /** `t`: what the phone of the holder puts behind the address when the document is shown. */
  query: z.object({ t: z.string().max(400).optional() }),
  answer: z.object({
    state: z.enum(verificationStates),
    /** Status code of electronic certificates; null if unknown. */
    statusCode: z.enum(['10', '01', '02', '03', '04', '05', '09']).nullable(),
    since: instant.nullable(),
    /** `fresh`: shown by the holder now; `stale`: a picture of it; `bad`: not ours. */
    holder: z.enum(['none', 'fresh', 'stale', 'bad']),
    /** When the register was asked. */
    askedAt: instant,
    document: verifiedDocumentSchema.nullable(),
  }),
});
export type Verification = z.infer<(typeof verifyDocument)['answer']>;

/** Compares the name on the paper with the register, without showing the latter. */
export const compareDocumentName = defineEndpoint({
  method: 'POST',
  path: '/api/verify/:code/name',
  params: codeParams,
  body: z.object({ name: z.string().trim().min(1).max(80) }),
  answer: z.object({ matches: z.boolean() }),
});
