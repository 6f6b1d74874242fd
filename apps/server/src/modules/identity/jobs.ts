import { z } from 'zod';
import { transaction } from '../../platform/database/pool.ts';
import { defineJob } from '../../platform/jobs.ts';
import type { Platform } from '../../platform/module.ts';
import { systemAuditContext } from '../audit/index.ts';
import { lockChallenge } from './checks/challenge-rows.ts';
import { endChallenge } from './checks/end-challenge.ts';
import { deleteSteps } from './files/frame-files.ts';
import { checkCapturePrefix } from './files/sealed-files.ts';
import { lockPerson } from './person-lock.ts';

const BATCH = 500;
/** Challenges are kept for a day, for those who look into a problem. */
const KEPT_MS = 86_400_000;
/** One whose pictures came at the last moment is still being judged. */
const JUDGED_WITHIN_MS = 120_000;

/** Repeats a batch until it finds less than it could take. @returns how many in all */
async function inBatches(batch: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let taken = BATCH; taken === BATCH; all += taken) taken = await batch();
  return all;
}

/** Deletes pictures whose time is over. The rows stay and keep their hash. */
export const purgePictures = defineJob({
  name: 'identity.purge-pictures',
  payload: z.object({}),
  handler: async (_payload, { platform, log }) => {
    const { pool, storage, clock } = platform;
    const captures = await inBatches(() =>
      transaction(pool, async (tx) => {
        const { rows } = await tx.query<{ bucket: number; id: string; storage_key: string }>(
          `select bucket, id, storage_key from identity_capture where storage_key is not null and keep_until < $1
           order by keep_until limit ${BATCH} for update skip locked`,
          [clock.now()],
        );
        // First the files: after a crash in between, the rows lead here again.
        for (const { storage_key } of rows) await storage.delete(storage_key);
        await tx.query(
          `update identity_capture c set storage_key = null
           from unnest($1::smallint[], $2::uuid[]) as d (bucket, id) where c.bucket = d.bucket and c.id = d.id`,
          [rows.map(({ bucket }) => bucket), rows.map(({ id }) => id)],
        );
        return rows.length;
      }),
    );
    const enrolments = await inBatches(() =>
      transaction(pool, async (tx) => {
        const { rows } = await tx.query<{ bucket: number; person_id: string; picture_key: string }>(
          `select bucket, person_id, picture_key from face_enrolment where picture_key is not null and picture_until < $1
           order by picture_until limit ${BATCH} for update skip locked`,
          [clock.now()],
        );
        for (const { picture_key } of rows) await storage.delete(picture_key);
        await tx.query(
          `update face_enrolment e set picture_key = null
           from unnest($1::smallint[], $2::uuid[]) as d (bucket, id) where e.bucket = d.bucket and e.person_id = d.id`,
          [rows.map(({ bucket }) => bucket), rows.map(({ person_id }) => person_id)],
        );
        return rows.length;
      }),
    );
    if (captures + enrolments > 0) log.info({ captures, enrolments }, 'pictures whose time was over were deleted');
  },
});

/** Ends checks that nobody finished, throws their pictures away, and forgets them a day later. */
export const purgeChallenges = defineJob({
  name: 'identity.purge-challenges',
  payload: z.object({}),
  handler: async (_payload, { platform }) => {
    const { pool, clock } = platform;
    await inBatches(async () => {
      const { rows } = await pool.query<Left>(
        `select id, person_id from identity_challenge where state <> 'done' and expires_at < $1
         order by expires_at limit ${BATCH}`,
        [new Date(clock.nowMs() - JUDGED_WITHIN_MS)],
      );
      for (const left of rows) await endLeft(platform, left);
      return rows.length;
    });
    await inBatches(async () => {
      const { rows } = await pool.query<Left & { bucket: number }>(
        `select bucket, id, person_id from identity_challenge where state = 'done' and expires_at < $1
         order by expires_at limit ${BATCH}`,
        [new Date(clock.nowMs() - KEPT_MS)],
      );
      // What a process left that died between the verdict and the files.
      for (const { id, person_id } of rows) await deleteSteps(platform, { personId: person_id, challengeId: id });
      await pool.query(
        `delete from identity_challenge h using unnest($1::smallint[], $2::uuid[]) as d (bucket, id)
         where h.bucket = d.bucket and h.id = d.id`,
        [rows.map(({ bucket }) => bucket), rows.map(({ id }) => id)],
      );
      return rows.length;
    });
  },
});

type Left = { id: string; person_id: string };

async function endLeft(platform: Platform, { id, person_id: personId }: Left): Promise<void> {
  const ctx = systemAuditContext(() => platform.clock.now(), `challenge/${id}`);
  await transaction(platform.pool, async (tx) => {
    await lockPerson(tx, personId);
    const challenge = await lockChallenge(tx, personId, id);
    if (!challenge || challenge.state === 'done') return;
    // Left by a process that died between writing the pictures and the verdict.
    await platform.storage.deletePrefix(checkCapturePrefix(personId, id));
    await endChallenge(tx, platform, ctx, challenge);
  });
}
