import type { Enrolment } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import type { FaceTemplate, ProviderName } from '../engine/index.ts';

/** A row of face_enrolment. */
export type EnrolmentRow = {
  id: string;
  personId: string;
  state: 'waiting' | 'active' | 'refused';
  source: 'self' | 'on-site' | 'roster';
  provider: ProviderName;
  templateSealed: Buffer | null;
  pictureKey: string | null;
  pictureUntil: Date | null;
  ruleSetId: string;
  enrolledBy: string;
  enrolledAt: Date;
  refusedBecause: string | null;
};

const COLUMNS = `id, person_id as "personId", state, source, provider, template_sealed as "templateSealed",
  picture_key as "pictureKey", picture_until as "pictureUntil", rule_set_id as "ruleSetId", enrolled_by as "enrolledBy",
  enrolled_at as "enrolledAt", refused_because as "refusedBecause"`;

export async function findEnrolment(db: Queryable, personId: string): Promise<EnrolmentRow | undefined> {
  const { rows } = await db.query<EnrolmentRow>(
    `select ${COLUMNS} from face_enrolment where bucket = $1 and person_id = $2`,
    [bucketOf(personId), personId],
  );
  return rows[0];
}

/** What there is to compare with, if it is confirmed and made by this provider. */
export function activeTemplate(
  keys: KeyRing,
  enrolment: EnrolmentRow | undefined,
  provider: ProviderName,
): FaceTemplate | undefined {
  if (enrolment?.state !== 'active' || enrolment.provider !== provider || !enrolment.templateSealed) return undefined;
  return { provider, bytes: openTemplate(keys, enrolment.templateSealed, enrolment.id) };
}

export const sealTemplate = (keys: KeyRing, bytes: Buffer, enrolmentId: string): Buffer =>
  keys.encrypt('identity.template', bytes, enrolmentId);
export const openTemplate = (keys: KeyRing, box: Buffer, enrolmentId: string): Buffer =>
  keys.decryptBytes('identity.template', box, enrolmentId);

/** Writes an enrolment in the place of an older one of the person. */
export async function replaceEnrolment(
  tx: Tx,
  row: EnrolmentRow & { decidedBy: string | null; decidedAt: Date | null },
): Promise<void> {
  await tx.query(
    `insert into face_enrolment (bucket, person_id, id, state, source, provider, template_sealed, picture_key, picture_until,
       rule_set_id, enrolled_by, enrolled_at, decided_by, decided_at, refused_because)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (bucket, person_id) do update set id = excluded.id, state = excluded.state, source = excluded.source,
       provider = excluded.provider, template_sealed = excluded.template_sealed, picture_key = excluded.picture_key,
       picture_until = excluded.picture_until, rule_set_id = excluded.rule_set_id, enrolled_by = excluded.enrolled_by,
       enrolled_at = excluded.enrolled_at, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
       refused_because = excluded.refused_because`,
    [
      bucketOf(row.personId),
      row.personId,
      row.id,
      row.state,
      row.source,
      row.provider,
      row.templateSealed,
      row.pictureKey,
      row.pictureUntil,
      row.ruleSetId,
      row.enrolledBy,
      row.enrolledAt,
      row.decidedBy,
      row.decidedAt,
      row.refusedBecause,
    ],
  );
}

export function presentEnrolment(row: EnrolmentRow | undefined): Enrolment {
  return {
    state: row?.state ?? 'none',
    source: row?.source ?? null,
    enrolledAt: row?.enrolledAt.toISOString() ?? null,
    refusedBecause: row?.refusedBecause ?? null,
    hasPicture: row?.pictureKey != null,
  };
}
