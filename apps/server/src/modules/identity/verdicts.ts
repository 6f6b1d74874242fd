import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { CheckPurpose } from './checks/challenge-rows.ts';
import {
  checkColumns,
  type CheckRow,
  findCheck,
  selectChecks,
  type StoredCheck,
  toCheckRow,
} from './checks/check-rows.ts';
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

/** Which check of a person is wanted; older ones than `notBeforeMs` (epoch ms of the decision) do not count. */
export type WantedCheck = {
  personId: string;
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
  wanted: Omit<WantedCheck, 'personId'>,
): Promise<Verdict | undefined> {
  const [found] = await findFreshChecks(db, [{ personId, ...wanted }]);
  return found;
}

/** A check began before it was decided, at most a day. */
const MOST_MS = 86_400_000;

/** The same for many, by the place of what is wanted. */
export async function findFreshChecks(db: Queryable, wanted: readonly WantedCheck[]): Promise<(Verdict | undefined)[]> {
  const { rows } = await db.query<StoredCheck & { n: number; standing: 'passed' | 'pending' }>({
    name: 'identity-fresh-checks',
    text: `
      select w.n, best.* from jsonb_to_recordset($1::jsonb) as w (n integer, bucket smallint, person_id uuid, least_id uuid,
          login_session_id text, not_before timestamptz, purposes text[], session_id uuid)
        cross join lateral (
          select ${checkColumns}, case when r.state = 'approved' then 'passed' else c.outcome end as standing
          from identity_check c left join identity_review r on r.bucket = c.bucket and r.id = c.id
          where c.bucket = w.bucket and c.person_id = w.person_id and c.id >= w.least_id and c.purpose = any(w.purposes)
            and c.login_session_id = w.login_session_id and c.decided_at >= w.not_before
            and (w.session_id is null or c.session_id = w.session_id)
            and c.outcome <> 'failed' and r.state is distinct from 'rejected'
          order by (c.outcome = 'passed' or r.state = 'approved') desc nulls last, c.id desc limit 1
        ) as best`,
    values: [
      JSON.stringify(
        wanted.map(({ personId, purposes, loginSessionId, notBeforeMs, sessionId }, n) => ({
          n,
          bucket: bucketOf(personId),
          person_id: personId,
          least_id: leastIdAt(Math.max(0, notBeforeMs - MOST_MS)),
          login_session_id: loginSessionId,
          not_before: new Date(notBeforeMs),
          purposes,
          session_id: sessionId ?? null,
        })),
      ),
    ],
  });
  const byPlace = new Map(
    rows.map(({ n, standing, ...row }) => [n, { ...toVerdict(toCheckRow(row)), outcome: standing }]),
  );
  return wanted.map((_, n) => byPlace.get(n));
}

function toVerdict({ id, outcome, purpose, sessionId, checkId, method, hashHex, decidedAtMs }: CheckRow): Verdict {
  return { id, outcome, purpose, sessionId, checkId, method, hashHex, decidedAtMs };
}
