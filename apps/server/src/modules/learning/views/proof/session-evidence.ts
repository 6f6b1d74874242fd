import type { getSessionEvidence } from '@antu/contract';
import { bucketOf, type EvidenceRow } from '@antu/domain';
import type { z } from 'zod';
import type { Queryable } from '../../../../platform/database/pool.ts';
import { AppError } from '../../../../platform/errors.ts';
import type { RouteContext } from '../../../../platform/http/route.ts';
import { recordAudit } from '../../../audit/index.ts';
import { hashLedger } from '../../evidence-rows.ts';
import { viewedOf } from '../lessons.ts';
import { readDecisionFacts } from '../../review/decision-facts.ts';
import { requireSessionInReach } from '../session-scope.ts';
import { readEvidence } from './stored-evidence.ts';

/** A ledger entry as it is handed out, with whether its own hash is right. */
export interface LedgerRow {
  readonly evidenceIndex: number;
  readonly creditedSeconds: number;
  readonly mediaMs: [number, number][];
  readonly hash: string;
  readonly hashOk: boolean;
  /** The decision on which it rests instead of a row of evidence. */
  readonly decisionId: string | null;
}

interface StoredLedger {
  id: string;
  person_id: string;
  evidence_index: number;
  /** Of the row of evidence or the decision. */
  rests_on: string | null;
  decision_id: string | null;
  scheme: string;
  lesson_version_id: string;
  topic_id: string | null;
  media: string;
  credited_seconds: number;
  started_at: Date;
  ended_at: Date;
  day: string;
  rule_set_id: string;
  hash: string;
}

/** Ledger entries of a session in the order of its evidence, then those of later decisions. */
export async function readLedger(
  db: Queryable,
  session: { bucket: number; id: string; person_id: string; opened_at: Date },
): Promise<LedgerRow[]> {
  const { rows } = await db.query<StoredLedger>(
    `select l.id, l.person_id, l.evidence_index, encode(coalesce(d.hash, e.hash), 'hex') as rests_on, l.decision_id, l.scheme,
       l.lesson_version_id, l.topic_id, l.media::text as media, l.credited_seconds, l.started_at, l.ended_at, l.day, l.rule_set_id,
       encode(l.hash, 'hex') as hash
     from hour_ledger_entry l
       left join study_evidence e on e.bucket = l.bucket and e.session_id = l.session_id and e.index = l.evidence_index
       left join hour_decision d on d.bucket = l.bucket and d.id = l.decision_id
     where l.bucket = $1 and l.person_id = $2 and l.session_id = $3 and l.day >= ($4::timestamptz at time zone 'Asia/Shanghai')::date
     order by l.decision_id is not null, l.evidence_index, l.id`,
    [session.bucket, session.person_id, session.id, session.opened_at],
  );
  return rows.map((row) => {
    const media = viewedOf(row.media);
    const expected = hashLedger({
      id: row.id,
      personId: row.person_id,
      sessionId: session.id,
      evidenceIndex: row.evidence_index,
      evidenceHash: row.rests_on ?? '',
      scheme: row.scheme,
      lessonVersionId: row.lesson_version_id,
      topicId: row.topic_id,
      mediaSeconds: media.map(({ from, to }) => [from / 1000, to / 1000]),
      creditedSeconds: row.credited_seconds,
      startedAtMs: row.started_at.getTime(),
      endedAtMs: row.ended_at.getTime(),
      day: row.day,
      ruleSetId: row.rule_set_id,
      ...(row.decision_id === null ? {} : { decisionId: row.decision_id }),
    });
    return {
      evidenceIndex: row.evidence_index,
      creditedSeconds: row.credited_seconds,
      mediaMs: media.map(({ from, to }) => [from, to]),
      hash: row.hash,
      hashOk: expected === row.hash,
      decisionId: row.decision_id,
    };
  });
}

/** The evidence exactly as stored, so that anyone can recompute it. */
export async function readSessionEvidence(
  ctx: RouteContext<'evidence.read'>,
  sessionId: string,
): Promise<z.input<(typeof getSessionEvidence)['answer']>> {
  const session = { bucket: bucketOf(sessionId), id: sessionId };
  await requireSessionInReach(ctx.pool, ctx.actor, 'evidence.read', session);
  const found = await ctx.pool.query<{ person_id: string; opened_at: Date }>(
    'select person_id, opened_at from study_session where bucket = $1 and id = $2',
    [session.bucket, session.id],
  );
  const row = found.rows[0];
  if (!row) throw new AppError('study.session_not_found', { sessionId });
  const rows: EvidenceRow[] = (await readEvidence(ctx.pool, [session])).get(sessionId) ?? [];
  const ledger = await readLedger(ctx.pool, { ...session, ...row });
  await recordAudit(ctx.pool, ctx, {
    action: 'learning.evidence-download',
    object: { kind: 'person', id: row.person_id },
    detail: { sessionId, rows: rows.length },
  });
  return {
    format: 'antu-evidence-1',
    sessionId,
    rows,
    ledger: ledger.map(({ evidenceIndex, creditedSeconds, mediaMs, hash, decisionId }) => {
      return { evidenceIndex, creditedSeconds, mediaMs, hash, decisionId };
    }),
    decisions: await readDecisionFacts(ctx.pool, session),
  };
}
