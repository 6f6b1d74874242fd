import { setImmediate as nextTurn } from 'node:timers/promises';
import { bucketOf, faceDistance } from '@antu/domain';
import { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { defineJob } from '../../../platform/jobs.ts';
import type { Platform } from '../../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../../audit/index.ts';
import { decodeTemplate } from '../engine/template-codec.ts';
import { findEnrolment, openTemplate } from '../enrolment/enrolment-rows.ts';
import { faceRulesAt } from '../face-rules.ts';
import { mainSchemeOf } from '../learner-schemes.ts';

/** Templates that are open in memory at once. */
const BATCH = 500;

/** Enrolments are searched one after the other: each reads every template there is. */
export const DOUBLES_QUEUE = 'identity-doubles';

/**
 * Looks whether a face that was just enrolled is enrolled for somebody else as well. What it finds is a sign for people to look
 * at: relatives look alike. Only templates of the built-in provider can be compared.
 */
export const searchDoubles = defineJob({
  name: 'identity.search-doubles',
  payload: z.object({ personId: z.uuid(), enrolmentId: z.uuid() }),
  handler: async ({ personId, enrolmentId }, { platform, signal }) => {
    const { pool, keys, clock } = platform;
    const enrolment = await findEnrolment(pool, personId);
    if (enrolment?.id !== enrolmentId || enrolment.provider !== 'builtin' || !enrolment.templateSealed) return;
    const own = decodeTemplate(openTemplate(keys, enrolment.templateSealed, enrolmentId));
    const nowMs = clock.nowMs();
    const { scheme, regionCode } = await mainSchemeOf(pool, personId, nowMs);
    const rules = faceRulesAt(scheme, regionCode, nowMs);
    for await (const other of otherTemplates(platform, personId)) {
      signal?.throwIfAborted();
      const distance = distanceOf(own, decodeTemplate(other.template));
      if (distance > rules.doubleDistance) continue;
      await noteDouble(platform, { personId, otherPersonId: other.personId, distance, ruleSetId: rules.id });
    }
  },
});

/** Of the nearest pair of descriptors; infinite if one of them has none. */
function distanceOf(some: readonly number[][], others: readonly number[][]): number {
  return Math.min(...some.flatMap((one) => others.map((other) => faceDistance(one, other))));
}

async function* otherTemplates(
  { pool, keys }: Pick<Platform, 'pool' | 'keys'>,
  personId: string,
): AsyncGenerator<{ personId: string; template: Buffer }> {
  type Row = { bucket: number; person_id: string; id: string; template_sealed: Buffer };
  let last: Pick<Row, 'bucket' | 'person_id'> = { bucket: -1, person_id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const { rows } = await pool.query<Row>(
      `select bucket, person_id, id, template_sealed from face_enrolment
       where (bucket, person_id) > ($1, $2) and template_sealed is not null and provider = 'builtin'
       order by bucket, person_id limit ${BATCH}`,
      [last.bucket, last.person_id],
    );
    for (const row of rows) {
      if (row.person_id === personId) continue;
      yield { personId: row.person_id, template: openTemplate(keys, row.template_sealed, row.id) };
    }
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return;
    last = end;
    // Lets the worker's other jobs have a turn between batches.
    await nextTurn();
  }
}

type Double = { personId: string; otherPersonId: string; distance: number; ruleSetId: string };

/** One row for each of the two, so that either's page finds it. The first finding stays. */
async function noteDouble(
  { pool, clock }: Platform,
  { personId, otherPersonId, distance, ruleSetId }: Double,
): Promise<void> {
  await transaction(pool, async (tx) => {
    for (const [one, other] of [
      [personId, otherPersonId],
      [otherPersonId, personId],
    ] as const) {
      await tx.query(
        `insert into face_double (bucket, person_id, other_person_id, distance_milli, rule_set_id, found_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [bucketOf(one), one, other, Math.round(distance * 1000), ruleSetId, clock.now()],
      );
    }
    await recordAudit(
      tx,
      systemAuditContext(() => clock.now(), `doubles/${personId}`),
      {
        action: 'identity.double-found',
        object: { kind: 'person', id: personId },
        detail: { otherPersonId, distanceMilli: Math.round(distance * 1000) },
      },
    );
  });
}
