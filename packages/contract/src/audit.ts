import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { roleSchema } from './roles.ts';

/** `done`: it happened. `denied`: no right to it. `failed`: tried with the right, but refused (wrong password …). */
export const AUDIT_OUTCOMES = ['done', 'denied', 'failed'] as const;
export const auditOutcomeSchema = z.enum(AUDIT_OUTCOMES);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ accountId: z.uuid().nullable(), login: z.string().nullable(), role: roleSchema.nullable() }),
  address: z.string(),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string().nullable() }),
  outcome: auditOutcomeSchema,
  detail: z.record(z.string(), z.unknown()),
  requestId: z.string(),
  /** Position in its chain and the chained SHA-256, hexadecimal. */
  chain: z.object({ bucket: z.int(), seq: z.int(), hash: z.string() }),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** User name of the one who acted. */
  login: z.string().trim().max(64).optional(),
  /** The person whose data were touched. */
  personId: z.uuid().optional(),
  /** Whole action, or its first part: `people` finds `people.read`. */
  action: z.string().trim().max(60).optional(),
  outcome: auditOutcomeSchema.optional(),
  requestId: z.string().max(60).optional(),
});
export type AuditQuery = z.input<typeof auditQuerySchema>;
export const auditAnswerSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().nullable(),
  total: z.int(),
});

export const auditCheckAnswerSchema = z.object({
  rowsChecked: z.int(),
  intact: z.boolean(),
  /** The first row of each broken chain. */
  breaks: z.array(z.object({ bucket: z.int(), seq: z.int(), why: z.string() })),
});

export const listAudit = defineEndpoint({
  method: 'GET',
  path: '/api/audit',
  query: auditQuerySchema,
  answer: auditAnswerSchema,
});
export const checkAudit = defineEndpoint({ method: 'GET', path: '/api/audit/check', answer: auditCheckAnswerSchema });
