import { bucketOf } from '@antu/domain';
import { type Pool, transaction, type Tx } from '../../../platform/database/pool.ts';
import { readAccepted } from '../appeals/accept-question.ts';
import { recordUses } from '../bank/index.ts';
import { cancelResits } from './cancel-resits.ts';
import { markPaper } from './mark-paper.ts';
import { type ExamResult, findResult, insertResult, withoutHash } from './result-rows.ts';

interface Sitting {
  person_id: string;
  rule_set_id: string;
  kind: 'formal' | 'mock';
  exam_id: string | null;
}

/**
 * Marks a sitting that is over and was not marked yet; twice does no harm. One that waits for people to say who sat there waits.
 * @returns the result, or undefined if there was nothing to mark
 */
export function markSitting(pool: Pool, sittingId: string, nowMs: number): Promise<ExamResult | undefined> {
  return transaction(pool, (tx) => markOnce(tx, sittingId, nowMs), { retries: 3 });
}

async function markOnce(tx: Tx, sittingId: string, nowMs: number): Promise<ExamResult | undefined> {
  // Waits for saves that are being committed, and lets nobody mark besides.
  const { rows } = await tx.query<Sitting>(
    `update exam_sitting set state = 'marked' where bucket = $1 and id = $2 and state in ('submitted', 'timed-out')
       and identity_awaits = '{}'
     returning person_id, rule_set_id, kind, exam_id`,
    [bucketOf(sittingId), sittingId],
  );
  const [sitting] = rows;
  if (!sitting) return undefined;
  const accepted = await readAccepted(tx, sitting.exam_id);
  const { marks, uses } = await markPaper(tx, sittingId, sitting.rule_set_id, accepted);
  const result: ExamResult = {
    sittingId,
    version: 1,
    personId: sitting.person_id,
    ruleSetId: sitting.rule_set_id,
    ...marks,
    reason: 'marked',
    decidedBy: 'system',
    decidedAtMs: nowMs,
  };
  await insertResult(tx, result);
  if (result.passed && sitting.kind === 'formal') await cancelResits(tx, { ...result, nowMs });
  await recordUses(
    tx,
    uses.map((use) => ({ ...use, source: sitting.kind })),
  );
  return result;
}

/**
 * Marks a sitting again over the same paper and saves, with the questions that count for everybody by now. A result with the same
 * points stays as it is; otherwise there is a further version.
 * @returns the further version
 */
export async function remarkSitting(
  tx: Tx,
  sittingId: string,
  { decidedBy, nowMs }: { decidedBy: string; nowMs: number },
): Promise<ExamResult | undefined> {
  const { rows } = await tx.query<Sitting>(
    `select person_id, rule_set_id, kind, exam_id from exam_sitting where bucket = $1 and id = $2 and state = 'marked' for update`,
    [bucketOf(sittingId), sittingId],
  );
  const [sitting] = rows;
  const before = sitting && (await findResult(tx, sittingId));
  if (!before) return undefined;
  const accepted = await readAccepted(tx, sitting.exam_id);
  const { marks } = await markPaper(tx, sittingId, sitting.rule_set_id, accepted);
  if (marks.earned.every((earned, item) => earned === before.earned[item])) return undefined;
  const result: ExamResult = {
    ...withoutHash(before),
    ...marks,
    version: before.version + 1,
    reason: 'appeal',
    decidedBy,
    decidedAtMs: nowMs,
  };
  await insertResult(tx, result);
  if (result.passed && !before.passed && sitting.kind === 'formal') await cancelResits(tx, { ...result, nowMs });
  return result;
}
