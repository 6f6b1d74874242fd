import { createHash } from 'node:crypto';
import { bucketOf, type IdentityCheckFact, identityCheckText, placeInBucket, type SchemeCode } from '@antu/domain';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Student } from './study-bench.ts';

/** What a verdict is about: a sign-in, or the check with this id of the student's session. */
export type CheckOf = { scheme: SchemeCode; checkId?: string; outcome?: IdentityCheckFact['outcome'] };

/** Writes a verdict as the identity module would, without a face. @returns its id */
export async function writeCheck(
  { bench, personId, loginSessionId, sessionId, nowMs }: Student,
  { scheme, checkId, outcome = 'passed' }: CheckOf,
): Promise<string> {
  const fact: IdentityCheckFact = {
    id: placeInBucket(uuidv7(nowMs), bucketOf(personId)),
    personId,
    purpose: checkId === undefined ? 'sign-in' : 'study',
    sessionId: checkId === undefined ? null : sessionId,
    checkId: checkId ?? null,
    loginSessionId,
    scheme,
    ruleSetId: 'test',
    method: 'face',
    provider: 'test',
    outcome,
    detail: '{"checkRuleSetId":"test","problems":[],"signs":[]}',
    supervisorAccountId: null,
    address: '203.0.113.9',
    askedAtMs: nowMs,
    decidedAtMs: nowMs,
  };
  await bench.database.pool.query(
    `insert into identity_check (bucket, id, person_id, purpose, session_id, check_id, login_session_id, scheme, rule_set_id,
       method, provider, outcome, detail, address, asked_at, decided_at, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)`,
    [
      bucketOf(personId),
      fact.id,
      personId,
      fact.purpose,
      fact.sessionId,
      fact.checkId,
      loginSessionId,
      scheme,
      fact.ruleSetId,
      fact.method,
      fact.provider,
      outcome,
      fact.detail,
      fact.address,
      new Date(nowMs),
      createHash('sha256').update(identityCheckText(fact)).digest(),
    ],
  );
  return fact.id;
}
