import { addMoments, type MarkedAnswer, momentsOf, NO_MOMENTS, type QuestionMoments } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';

/** On what occasion a question was asked. */
export type UseSource = 'quiz' | 'practice' | 'mock' | 'formal';

/** One marked answer to a version. */
export interface QuestionUse extends MarkedAnswer {
  readonly versionId: string;
  readonly source: UseSource;
}

/**
 * Adds marked answers to the sums of their questions, in the transaction that marks the attempt: an attempt counts once, or not at all.
 * Call it once in a transaction and late: rows of much asked questions stay locked until the end of it.
 */
export async function recordUses(tx: Tx, uses: readonly QuestionUse[]): Promise<void> {
  const sums = new Map<string, { versionId: string; source: UseSource; moments: QuestionMoments }>();
  for (const use of uses) {
    const key = `${use.versionId} ${use.source}`;
    const moments = addMoments(sums.get(key)?.moments ?? NO_MOMENTS, momentsOf(use));
    sums.set(key, { versionId: use.versionId, source: use.source, moments });
  }
  // In one order: transactions that add to the same questions wait for one another and never in a circle.
  const rows = [...sums.keys()].sort().flatMap((key) => sums.get(key) ?? []);
  if (rows.length === 0) return;
  await tx.query(addSums, [JSON.stringify(rows.map(({ moments, ...rest }) => ({ ...rest, ...moments })))]);
}

/** Connections spread over eight rows of a question, so that a class that hands in together is not marked one after the other. */
const addSums = `
  insert into question_use as u (question_version_id, source, lane, answered, right_count, sum_score, paired, sum_x, sum_y,
    sum_xx, sum_yy, sum_xy, choices)
  select r."versionId", r.source, pg_backend_pid() % 8, r.answered, r."right", r."sumScore", r.paired, r."sumX", r."sumY",
    r."sumXX", r."sumYY", r."sumXY", r.choices
  from jsonb_to_recordset($1::jsonb) as r("versionId" uuid, source text, answered bigint, "right" bigint, "sumScore" bigint,
    paired bigint, "sumX" bigint, "sumY" bigint, "sumXX" bigint, "sumYY" bigint, "sumXY" bigint, choices bigint[])
  order by r."versionId", r.source
  on conflict (question_version_id, source, lane) do update set
    answered = u.answered + excluded.answered, right_count = u.right_count + excluded.right_count,
    sum_score = u.sum_score + excluded.sum_score, paired = u.paired + excluded.paired,
    sum_x = u.sum_x + excluded.sum_x, sum_y = u.sum_y + excluded.sum_y, sum_xx = u.sum_xx + excluded.sum_xx,
    sum_yy = u.sum_yy + excluded.sum_yy, sum_xy = u.sum_xy + excluded.sum_xy,
    choices = array(select a + b from unnest(u.choices, excluded.choices) with ordinality as c(a, b, place) order by place)`;
