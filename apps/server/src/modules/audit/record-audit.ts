import type { AuditOutcome } from '@antu/contract';
import { BUCKET_COUNT, bucketOf } from '@antu/domain';
import { createHash } from 'node:crypto';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Actor } from '../../platform/http/actor.ts';

/** Who acts, from where, under which request. A route's context fits; jobs use `systemAuditContext`. */
export interface AuditContext {
  readonly actor: Actor | undefined;
  readonly address: string;
  readonly requestId: string;
  now(): Date;
}

export interface AuditFact {
  /** `<area>.<what>`, such as `people.reveal`. */
  readonly action: string;
  /** What was changed or looked at. Persons by their id, never by name or number. */
  readonly object: { readonly kind: string; readonly id: string | null };
  /** Default `done`. */
  readonly outcome?: AuditOutcome;
  /** Anything a later reader needs. No names, ID numbers, passwords or contact data of learners. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const insertEntry = `
  insert into audit_entry (bucket, at, account_id, login, role, address, action, object_kind, object_id, outcome, detail, request_id)
  values ($1, $2, $3, (select login_name from account where bucket = $1 and id = $3), $4, $5, $6, $7, $8, $9, $10, $11)`;

/**
 * Adds a row to the audit log, in the transaction of what it tells about: neither is there without the other. Rows of one
 * transaction belong to one actor, so transactions wait for the same chain at most and cannot deadlock over two.
 */
export async function recordAudit(tx: Queryable, context: AuditContext, fact: AuditFact): Promise<void> {
  const { actor } = context;
  await tx.query(insertEntry, [
    actor ? bucketOf(actor.accountId) : bucketOfText(context.requestId),
    context.now(),
    actor?.accountId ?? null,
    actor?.memberships[0]?.role ?? null,
    context.address,
    fact.action,
    fact.object.kind,
    fact.object.id,
    fact.outcome ?? 'done',
    JSON.stringify(fact.detail ?? {}),
    context.requestId,
  ]);
}

/** The context of work that no signed-in person asked for: a job, a command. */
export const systemAuditContext = (now: () => Date, requestId: string): AuditContext => ({
  actor: undefined,
  address: 'system',
  requestId,
  now,
});

/** Rows without an account are spread over the chains by their request. */
const bucketOfText = (text: string): number =>
  (createHash('sha256').update(text).digest()[0] ?? 0) & (BUCKET_COUNT - 1);
