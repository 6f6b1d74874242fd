import { createHash } from 'node:crypto';
import {
  bucketOf,
  canonicalJson,
  type IdentityCheckFact,
  identityCheckText,
  type IdentityProblem,
  type LivenessPrompt,
  type SuspicionSign,
} from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';

/** What stands in `identity_check.detail`; whole numbers only, so that the text is the same in every language. */
export type CheckDetail = {
  /** Limits of the procedure; the row itself names the face rules. */
  checkRuleSetId: string;
  problems: readonly IdentityProblem[];
  signs: readonly SuspicionSign[];
  prompts?: readonly LivenessPrompt[];
  /** Pictures that were judged: step, client's stopwatch in ms, the first 16 digits of their SHA-256. Short, for there are many. */
  frames?: readonly (readonly [step: number, atMs: number, sha: string])[];
  /** When each step arrived, ms of the server's clock since the beginning. */
  arrivedMs?: readonly number[];
  enrolmentId?: string;
  /** Distance to the template times 1000. */
  distanceMilli?: number;
  bestFrame?: number;
  /** Numbers of the provider times 1000. */
  numbersMilli?: Readonly<Record<string, number>>;
  /** The code on site. */
  codeId?: string;
  organisationId?: string;
  /** SHA-256 of the pictures of a review. */
  faceSha?: string;
  idCardSha?: string;
  /** The pending check that was asked about again. */
  againOf?: string;
};

export const shortSha = (sha256Hex: string): string => sha256Hex.slice(0, 16);

export type NewCheck = Omit<IdentityCheckFact, 'detail'>;

/** SHA-256 of the canonical text of a verdict, hexadecimal. */
export function hashOfCheck(fact: NewCheck, detail: CheckDetail): string {
  const whole: IdentityCheckFact = { ...fact, detail: canonicalJson(detail) };
  return createHash('sha256').update(identityCheckText(whole)).digest('hex');
}

/** Adds a verdict. The key refuses a second one of the same id. @returns its hash */
export async function insertCheck(tx: Tx, fact: NewCheck, detail: CheckDetail): Promise<string> {
  const whole: IdentityCheckFact = { ...fact, detail: canonicalJson(detail) };
  const hashHex = hashOfCheck(fact, detail);
  await tx.query(
    `insert into identity_check (bucket, id, person_id, purpose, session_id, check_id, login_session_id, scheme, rule_set_id,
       method, provider, outcome, detail, supervisor_account_id, address, asked_at, decided_at, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      bucketOf(whole.personId),
      whole.id,
      whole.personId,
      whole.purpose,
      whole.sessionId,
      whole.checkId,
      whole.loginSessionId,
      whole.scheme,
      whole.ruleSetId,
      whole.method,
      whole.provider,
      whole.outcome,
      whole.detail,
      whole.supervisorAccountId,
      whole.address,
      new Date(whole.askedAtMs),
      new Date(whole.decidedAtMs),
      Buffer.from(hashHex, 'hex'),
    ],
  );
  return hashHex;
}

/** A verdict with what its hash is made of. */
export type CheckRow = IdentityCheckFact & { hashHex: string };

/** A row as `checkColumns` gives it. */
export type StoredCheck = Omit<CheckRow, 'askedAtMs' | 'decidedAtMs' | 'hashHex'> & {
  askedAt: Date;
  decidedAt: Date;
  hash: Buffer;
};

/** Columns of a `StoredCheck` of the table `c`. */
export const checkColumns = `c.id, c.person_id as "personId", c.purpose, c.session_id as "sessionId", c.check_id as "checkId",
  c.login_session_id as "loginSessionId", c.scheme, c.rule_set_id as "ruleSetId", c.method, c.provider, c.outcome, c.detail,
  c.supervisor_account_id as "supervisorAccountId", host(c.address) as address, c.asked_at as "askedAt",
  c.decided_at as "decidedAt", c.hash`;

/**
 * Verdicts that a condition picks out, as `c`.
 * @param tail everything from `where` on
 */
export async function selectChecks(db: Queryable, tail: string, values: readonly unknown[]): Promise<CheckRow[]> {
  const { rows } = await db.query<StoredCheck>(`select ${checkColumns} from identity_check c ${tail}`, [...values]);
  return rows.map(toCheckRow);
}

export const toCheckRow = ({ askedAt, decidedAt, hash, ...row }: StoredCheck): CheckRow => ({
  ...row,
  askedAtMs: askedAt.getTime(),
  decidedAtMs: decidedAt.getTime(),
  hashHex: hash.toString('hex'),
});

/** One verdict of a person. */
export async function findCheck(db: Queryable, personId: string, id: string): Promise<CheckRow | undefined> {
  const rows = await selectChecks(db, 'where c.bucket = $1 and c.id = $2 and c.person_id = $3', [
    bucketOf(personId),
    id,
    personId,
  ]);
  return rows[0];
}

export const readDetail = ({ detail }: Pick<CheckRow, 'detail'>): CheckDetail => JSON.parse(detail) as CheckDetail;
