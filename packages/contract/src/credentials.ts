import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** A document of one's own as W3C Verifiable Credential 2.0 with a Data Integrity proof, to be kept in a wallet. */
export const getOwnCredential = defineEndpoint({
  method: 'GET',
  path: '/api/documents/own/:code/credential',
  params: z.object({ code: z.string().trim().min(1).max(64) }),
  /** JSON-LD: its members are those of the contexts it names. */
  answer: z.record(z.string(), z.unknown()),
});
