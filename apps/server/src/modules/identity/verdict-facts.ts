import { createHash } from 'node:crypto';
import { type IdentityCheckFact, identityCheckText } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';

/** A stored verdict with the hash that stands beside it and the one that its row leads to. */
export type VerdictFact = IdentityCheckFact & { storedHash: string; computedHash: string };

type Row = Omit<IdentityCheckFact, 'askedAtMs' | 'decidedAtMs'> & {
  asked_us: number;
  decided_us: number;
  hash: Buffer;
};

/** All verdicts about these people by id, read to the microsecond: a change too small for a Date must show as well. */
export async function readVerdictFacts(
  db: Queryable,
  bucket: number,
  personIds: readonly string[],
): Promise<Map<string, VerdictFact>> {
  const { rows } = await db.query<Row>(
    `select c.id, c.person_id as "personId", c.purpose, c.session_id as "sessionId", c.check_id as "checkId",
       c.login_session_id as "loginSessionId", c.scheme, c.rule_set_id as "ruleSetId", c.method, c.provider, c.outcome, c.detail,
       c.supervisor_account_id as "supervisorAccountId", host(c.address) as address, c.hash,
       (extract(epoch from c.asked_at) * 1000000)::bigint as asked_us,
       (extract(epoch from c.decided_at) * 1000000)::bigint as decided_us
     from identity_check c where c.bucket = $1 and c.person_id = any($2::uuid[]) order by c.id`,
    [bucket, [...personIds]],
  );
  return new Map(
    rows.map(({ asked_us, decided_us, hash, ...row }) => {
      const fact: IdentityCheckFact = { ...row, askedAtMs: asked_us / 1000, decidedAtMs: decided_us / 1000 };
      const computedHash = createHash('sha256').update(identityCheckText(fact)).digest('hex');
      return [fact.id, { ...fact, storedHash: hash.toString('hex'), computedHash }];
    }),
  );
}
