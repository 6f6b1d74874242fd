import { bucketOf, currentFaceNotice, isConsentInForce, placeInBucket } from '@antu/domain';
import { type Queryable, transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError, assertThat } from '../../platform/errors.ts';
import { uuidv7, uuidv7Ms } from '../../platform/ids.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { storableAddress } from './storable-address.ts';
import { lockPerson } from './person-lock.ts';

export type Consent = { noticeVersion: string; givenAt: Date };

/** What the person said last about face checks. */
export async function findLastConsent(
  db: Queryable,
  personId: string,
): Promise<(Consent & { id: string; kind: 'given' | 'withdrawn' }) | undefined> {
  const { rows } = await db.query<Consent & { id: string; kind: 'given' | 'withdrawn' }>(
    `select id, kind, notice_version as "noticeVersion", at as "givenAt"
     from face_consent where bucket = $1 and person_id = $2 order by id desc limit 1`,
    [bucketOf(personId), personId],
  );
  return rows[0];
}

/** The consent that a person has given and not withdrawn; undefined also when the notice has changed since. */
export async function findConsent(db: Queryable, personId: string): Promise<Consent | undefined> {
  const last = await findLastConsent(db, personId);
  return last?.kind === 'given' && isConsentInForce(last.noticeVersion) ? last : undefined;
}

/** Whether people have given a consent that is in force, as `findConsent`, by their places. */
export async function haveConsented(db: Queryable, personIds: readonly string[]): Promise<boolean[]> {
  const { rows } = await db.query<{ n: number; kind: 'given' | 'withdrawn'; noticeVersion: string }>({
    name: 'identity-consents',
    text: `select v.n::int as n, c.kind, c.notice_version as "noticeVersion"
      from unnest($1::smallint[], $2::uuid[]) with ordinality as v (bucket, person_id, n)
        cross join lateral (
          select kind, notice_version from face_consent where bucket = v.bucket and person_id = v.person_id order by id desc limit 1
        ) as c`,
    values: [personIds.map(bucketOf), personIds],
  });
  const given = new Set(
    rows.filter((row) => row.kind === 'given' && isConsentInForce(row.noticeVersion)).map((row) => row.n - 1),
  );
  return personIds.map((_, at) => given.has(at));
}

/** Refuses unless the person has agreed to face checks. */
export async function requireConsent(db: Queryable, personId: string): Promise<void> {
  assertThat(await findConsent(db, personId), 'identity.no_consent');
}

/** Takes down that the signed-in person agrees to the notice they have read. Agreeing again changes nothing. */
export async function giveConsent(ctx: RouteContext<'identity.own'>, personId: string, version: string): Promise<void> {
  if (version !== currentFaceNotice().version) throw new AppError('identity.old_notice');
  await transaction(ctx.pool, async (tx) => {
    await lockPerson(tx, personId);
    if ((await findConsent(tx, personId))?.noticeVersion === version) return;
    await insertConsent(tx, ctx, personId, 'given', version);
    await recordAudit(tx, ctx, {
      action: 'identity.consent-give',
      object: { kind: 'person', id: personId },
      detail: { noticeVersion: version },
    });
  });
}

/** Adds a row to the history of a person's consent. */
export async function insertConsent(
  tx: Tx,
  { actor, address, nowMs, now }: Pick<RouteContext<'identity.own'>, 'actor' | 'address' | 'nowMs' | 'now'>,
  personId: string,
  kind: 'given' | 'withdrawn',
  noticeVersion: string,
): Promise<void> {
  const bucket = bucketOf(personId);
  const last = await findLastConsent(tx, personId);
  // The newest row decides, whatever the clocks of several instances say.
  const idMs = Math.max(nowMs(), last ? uuidv7Ms(last.id) + 1 : 0);
  await tx.query(
    `insert into face_consent (bucket, id, person_id, kind, notice_version, account_id, address, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      bucket,
      placeInBucket(uuidv7(idMs), bucket),
      personId,
      kind,
      noticeVersion,
      actor.accountId,
      await storableAddress(tx, address),
      now(),
    ],
  );
}
