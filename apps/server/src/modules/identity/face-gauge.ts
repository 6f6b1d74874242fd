import type { getFaceGauge } from '@antu/contract';
import { checkLimitsOf, chinaDateOf, faceGaugeState, findCheckRules, schemeCodes } from '@antu/domain';
import { Gauge, type Registry } from 'prom-client';
import type { z } from 'zod';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { faceRulesAt } from './face-rules.ts';

/** Counting reads an index entry of every stored picture: measurements are taken every few seconds, the number moves slowly. */
const COUNTED_FOR_MS = 60_000;

/** People of whom a face is stored in any form: numbers to compare with, the enrolment photo, or a picture of a check. */
export async function countStoredFaces(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from (
       select bucket, person_id from face_enrolment where template_sealed is not null or picture_key is not null
       union
       select bucket, person_id from identity_capture where storage_key is not null
     ) as person`,
  );
  return rows[0]?.count ?? 0;
}

/** Stored faces against the number from which they must be filed, and who decides about faces in each scheme. */
export async function readFaceGauge({
  pool,
  nowMs,
}: RouteContext<'system.read'>): Promise<z.input<(typeof getFaceGauge)['answer']>> {
  const rules = findCheckRules(chinaDateOf(nowMs()));
  const limits = checkLimitsOf(rules);
  const storedFaces = await countStoredFaces(pool);
  return {
    storedFaces,
    fileFrom: limits.fileFromFaces,
    state: faceGaugeState(storedFaces, limits),
    source: rules.limits.fileFromFaces.source,
    provider: schemeCodes.map((scheme) => {
      const { provider, id } = faceRulesAt(scheme, '', nowMs());
      return { scheme, name: provider, ruleSetId: id };
    }),
  };
}

/** Adds the number to the measurements of a process. */
export function measureStoredFaces(registry: Registry, { pool, clock }: Pick<Platform, 'pool' | 'clock'>): void {
  let countedAtMs = Number.NEGATIVE_INFINITY;
  registry.registerMetric(
    new Gauge({
      name: 'antu_stored_faces',
      help: 'People of whom a face is stored; 100,000 must be filed.',
      registers: [],
      async collect() {
        if (clock.nowMs() - countedAtMs < COUNTED_FOR_MS) return;
        countedAtMs = clock.nowMs();
        this.set(await countStoredFaces(pool));
      },
    }),
  );
}
