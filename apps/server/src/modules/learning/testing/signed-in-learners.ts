import { createHash } from 'node:crypto';
import type { Role } from '@antu/contract';
import { bucketOf, placeInBucket } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { csrfTokenOf, makeSessionToken } from '../../people/index.ts';
import { makePeople, type StudyWorld } from './study-world.ts';

/** A learner who is signed in, for load against a running server. */
export type SignedInLearner = {
  personId: string;
  cookie: string;
  csrf: string;
  /** The sign-in, as identity checks name it. */
  loginSessionId: string;
};

/** Writes learners with accounts and open logins, as the owner of the tables. With another role: people of the organisation who hold it. */
export async function makeSignedInLearners(
  owner: Queryable,
  world: Pick<StudyWorld, 'organisationId'>,
  count: number,
  role: Role = 'learner',
): Promise<SignedInLearner[]> {
  const learners: SignedInLearner[] = [];
  while (learners.length < count) {
    const personIds = await makePeople(owner, Math.min(5_000, count - learners.length));
    const rows = personIds.map((personId) => {
      const accountId = placeInBucket(uuidv7(), bucketOf(personId));
      const token = makeSessionToken(accountId);
      const hash = createHash('sha256').update(token).digest('hex');
      return { personId, accountId, token, hash, bucket: bucketOf(personId) };
    });
    await owner.query(
      `with made as (
         select * from json_to_recordset($1) as m (bucket smallint, "personId" uuid, "accountId" uuid, hash text)
       ), accounts as (
         insert into account (bucket, id, person_id, password_hash, password_changed_at, must_change_password, created_at)
         select bucket, "accountId", "personId", '-', now(), false, now() from made
       )
       insert into login_session (bucket, token_hash, account_id, stage, idle_seconds, created_at, last_seen_at, expires_at,
         address, user_agent)
       select bucket, decode(hash, 'hex'), "accountId", 'open', 7200, now(), now(), now() + interval '12 hours', '127.0.0.1', 'load'
       from made`,
      [JSON.stringify(rows)],
    );
    await owner.query(
      `insert into membership (bucket, account_id, role, organisation_id, granted_at)
       select bucket, "accountId", $3, $2, now()
       from json_to_recordset($1) as m (bucket smallint, "accountId" uuid)`,
      [JSON.stringify(rows), world.organisationId, role],
    );
    learners.push(
      ...rows.map(({ personId, token, hash }) => ({
        personId,
        cookie: `antu_session=${token}`,
        csrf: csrfTokenOf(token),
        // As the people module names sessions to others.
        loginSessionId: hash.slice(0, 32),
      })),
    );
  }
  return learners;
}
