import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { CheckPurpose } from './checks/challenge-rows.ts';
import { type CheckRow, findCheck, selectChecks } from './checks/check-rows.ts';
import { leastIdAt } from './checks/least-id.ts';

/** A verdict as other modules need it. */
export type Verdict = {
  /** Also the id of the challenge. */
  id: string;
  outcome: 'passed' | 'failed' | 'pending';
  purpose: CheckPurpose;
  sessionId: string | null;
  checkId: string | null;
  method: 'face' | 'on-site' | 'review';
  hashHex: string;
  decidedAtMs: number;
};

/** The verdict of a challenge of this person, or undefined while there is none. What people decide later is not in it. */
export async function findVerdict(db: Queryable, personId: string, challengeId: string): Promise<Verdict | undefined> {
  const check = await findCheck(db, personId, challengeId);
  return check && toVerdict(check);
}

/** Every verdict of one check of a session, oldest first: also those of challenges that were left after a prompt was shown. */
export async function listCheckVerdicts(db: Queryable, personId: string, checkId: string): Promise<Verdict[]> {
  const rows = await selectChecks(db, 'where c.bucket = $1 and c.person_id = $2 and c.check_id = $3 order by c.id', [
    bucketOf(personId),
    personId,
    checkId,
  ]);
  return rows.map(toVerdict);
}

/** Which check is wanted; older ones than `notBeforeMs` (epoch ms of the decision) do not count. */
type Wanted = {
  purposes: readonly CheckPurpose[];
  loginSessionId: string;
  notBeforeMs: number;
  /** Of this study session or sitting only. */
  sessionId?: string;
};

/** The newest check that confirms this sign-in, by `findFreshCheck`. @param notBeforeMs older ones do not count */
export const findFreshSignInCheck = (
  db: Queryable,
  personId: string,
  loginSessionId: string,
  notBeforeMs: number,
): Promise<Verdict | undefined> => findFreshCheck(db, personId, { purposes: ['sign-in'], loginSessionId, notBeforeMs });

/**
 * The newest check of its kind in this sign-in, passed ones before those that people still have to look at. A pending one that was
 * approved meanwhile is passed, one that was rejected is none.
 */
export async function findFreshCheck(
  db: Queryable,
  personId: string,
  { purposes, loginSessionId, notBeforeMs, sessionId }: Wanted,
): Promise<Verdict | undefined> {
  const { rows } = await db.query<{ id: string; outcome: 'passed' | 'pending' }>(
    `select c.id, case when r.state = 'approved' then 'passed' else c.outcome end as outcome
     from identity_check c left join identity_review r on r.bucket = c.bucket and r.id = c.id
     where c.bucket = $1 and c.person_id = $2 and c.id >= $3 and c.purpose = any($6) and c.login_session_id = $4
       and c.decided_at >= $5 and ($7::uuid is null or c.session_id = $7)
       and c.outcome <> 'failed' and r.state is distinct from 'rejected'
     order by (c.outcome = 'passed' or r.state = 'approved') desc nulls last, c.id desc limit 1`,
    // A check began before it was decided, at most a day.
    [
      bucketOf(personId),
      personId,
      leastIdAt(Math.max(0, notBeforeMs - 86_400_000)),
      loginSessionId,
      new Date(notBeforeMs),
      purposes,
      sessionId ?? null,
    ],
  );
  const [best] = rows;
  const check = best && (await findCheck(db, personId, best.id));
  return check && { ...toVerdict(check), outcome: best.outcome };
}

function toVerdict({ id, outcome, purpose, sessionId, checkId, method, hashHex, decidedAtMs }: CheckRow): Verdict {
  return { id, outcome, purpose, sessionId, checkId, method, hashHex, decidedAtMs };
}
