import type { HourDecisionCause, HourDecisionFact, HourDecisionKind } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { pairsOf, stretchesOf } from './session-hours.ts';

interface Row {
  id: string;
  person_id: string;
  kind: HourDecisionKind;
  cause_kind: HourDecisionCause;
  cause_id: string;
  lesson_version_id: string;
  media: string;
  seconds: number;
  reason: string;
  decided_by: string;
  decided_at: Date;
  rule_set_id: string;
  hash: Buffer;
}

/** Later decisions about a session exactly as they are hashed, the oldest first, so that anyone can recompute their hashes. */
export async function readDecisionFacts(
  db: Queryable,
  session: { readonly bucket: number; readonly id: string },
): Promise<(HourDecisionFact & { hash: string })[]> {
  const { rows } = await db.query<Row>(
    `select id, person_id, kind, cause_kind, cause_id, lesson_version_id, media::text as media, seconds, reason, decided_by, decided_at,
       rule_set_id, hash
     from hour_decision where bucket = $1 and session_id = $2 order by id`,
    [session.bucket, session.id],
  );
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    sessionId: session.id,
    kind: row.kind,
    causeKind: row.cause_kind,
    causeId: row.cause_id,
    lessonVersionId: row.lesson_version_id,
    mediaSeconds: pairsOf(stretchesOf(row.media)),
    seconds: row.seconds,
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAtMs: row.decided_at.getTime(),
    ruleSetId: row.rule_set_id,
    hash: row.hash.toString('hex'),
  }));
}
