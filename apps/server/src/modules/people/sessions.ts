import { bucketOf } from '@antu/domain';
import type { Queryable, Tx } from '../../platform/database/pool.ts';
import { makeSessionToken, type SessionKey, sessionKeyOf } from './session-token.ts';

/** A step of signing in that is still missing, or `open`. */
export type SessionStage = 'totp' | 'enrol-totp' | 'change-password' | 'open';

/** Seconds within which a half-done sign-in must be finished. */
const PENDING_SECONDS = 10 * 60;

/** Tells all instances to forget what they remember of an account's sessions; sent when the transaction commits. */
export const ACCESS_CHANNEL = 'antu_access';

export interface NewSession {
  readonly accountId: string;
  readonly stage: SessionStage;
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
  readonly address: string;
  readonly userAgent: string;
  readonly nowMs: number;
}

/** Opens a session and gives its token: the only time that it is known outside the cookie. */
export async function openSession(tx: Tx, session: NewSession): Promise<string> {
  const token = makeSessionToken(session.accountId);
  const key = sessionKeyOf(token);
  const lifeSeconds = session.stage === 'open' ? session.absoluteSeconds : PENDING_SECONDS;
  await tx.query(
    `insert into login_session (bucket, token_hash, account_id, stage, idle_seconds, created_at, last_seen_at, expires_at, address, user_agent)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)`,
    [
      bucketOf(session.accountId),
      key?.tokenHash,
      session.accountId,
      session.stage,
      session.idleSeconds,
      new Date(session.nowMs),
      new Date(session.nowMs + lifeSeconds * 1000),
      session.address,
      session.userAgent,
    ],
  );
  return token;
}

export interface SessionRow {
  account_id: string;
  stage: SessionStage;
  idle_seconds: number;
  last_seen_at: Date;
  expires_at: Date;
  totp_offered_sealed: Buffer | null;
}

/** The session of a key, ended or not. */
export async function findSession(db: Queryable, key: SessionKey): Promise<SessionRow | undefined> {
  const { rows } = await db.query<SessionRow>(
    `select account_id, stage, idle_seconds, last_seen_at, expires_at, totp_offered_sealed
     from login_session where bucket = $1 and token_hash = $2`,
    [key.bucket, key.tokenHash],
  );
  return rows[0];
}

/** Ends one session. */
export async function endSession(tx: Queryable, key: SessionKey, accountId: string): Promise<void> {
  await tx.query('delete from login_session where bucket = $1 and token_hash = $2', [key.bucket, key.tokenHash]);
  await announceAccessChange(tx, accountId);
}

/** Ends every session of an account: password changed, disabled, roles changed. */
export async function endAllSessions(tx: Queryable, accountId: string): Promise<void> {
  await tx.query('delete from login_session where bucket = $1 and account_id = $2', [bucketOf(accountId), accountId]);
  await announceAccessChange(tx, accountId);
}

/** Makes every instance read the account's sessions anew. */
export async function announceAccessChange(tx: Queryable, accountId: string): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [ACCESS_CHANNEL, accountId]);
}

/** Removes sessions that ran out; they were dead already, this only keeps the table small. */
export async function removeExpiredSessions(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query(
    `delete from login_session where expires_at < $1 or last_seen_at + idle_seconds * interval '1 second' < $1 - interval '10 minutes'`,
    [now],
  );
  return rowCount ?? 0;
}
