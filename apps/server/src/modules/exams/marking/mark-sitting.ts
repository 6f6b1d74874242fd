import { createHash } from 'node:crypto';
import {
  answerFits,
  askQuestion,
  bucketOf,
  canonicalJson,
  examLimitsOf,
  getExamRuleSet,
  markAnswer,
  type PaperItem,
  toOriginalAnswer,
} from '@antu/domain';
import { type Pool, transaction, type Tx } from '../../../platform/database/pool.ts';
import { type LoadedVersion, type QuestionUse, recordUses } from '../bank/index.ts';
import { versionsOf } from '../sittings/freeze-paper.ts';
import { readAnswers } from '../sittings/read-answers.ts';

/** A decision over a paper and its saves. */
export interface ExamResult {
  readonly sittingId: string;
  readonly version: number;
  readonly personId: string;
  readonly ruleSetId: string;
  readonly centipoints: number;
  readonly totalCentipoints: number;
  readonly passCentipoints: number;
  readonly passed: boolean;
  /** Hundredths earned by item. */
  readonly earned: readonly number[];
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAtMs: number;
}

/** SHA-256 of the canonical text of a result, hexadecimal. */
export const hashOfResult = (result: ExamResult): string =>
  createHash('sha256')
    .update(canonicalJson({ ...result }))
    .digest('hex');

interface Marked {
  readonly items: readonly PaperItem[];
  readonly earned: readonly number[];
  readonly uses: readonly Omit<QuestionUse, 'source'>[];
}

/** Marks what was saved. Reads only. */
export async function markPaperOf(db: Tx, sittingId: string, ruleSetId: string): Promise<Marked> {
  const { rows } = await db.query<{ items: string }>(
    'select items from exam_paper where bucket = $1 and sitting_id = $2',
    [bucketOf(sittingId), sittingId],
  );
  // Written by this module when the paper was frozen.
  const items = JSON.parse(rows[0]?.items ?? '[]') as PaperItem[];
  const versions = await versionsOf(db, items);
  const answers = await readAnswers(db, sittingId);
  const { multipleScoring } = examLimitsOf(getExamRuleSet(ruleSetId));
  const marked = items.map(({ versionId, centipoints, optionOrders }, item) => {
    const { question } = versions.get(versionId) as LoadedVersion;
    const given = answers.get(item)?.answer ?? null;
    // Saves are taken whatever they hold: what does not fit its question is no answer.
    const isAnswer = answerFits(askQuestion(question, optionOrders), given);
    const answer = isAnswer ? toOriginalAnswer(question, optionOrders, given) : null;
    return {
      versionId,
      question,
      answer,
      centipoints,
      earned: markAnswer(question, answer, centipoints, multipleScoring),
    };
  });
  const total = marked.reduce((sum, one) => sum + one.centipoints, 0);
  const earnedInAll = marked.reduce((sum, one) => sum + one.earned, 0);
  return {
    items,
    earned: marked.map(({ earned }) => earned),
    uses: marked.map(({ versionId, question, answer, centipoints, earned }) => ({
      versionId,
      question,
      answer,
      score: earned / centipoints,
      restScore: total > centipoints ? (earnedInAll - earned) / (total - centipoints) : null,
    })),
  };
}

/**
 * Marks a sitting that is over and was not marked yet; twice does no harm. One that waits for people to say who sat there waits.
 * @returns the result, or undefined if there was nothing to mark
 */
export function markSitting(pool: Pool, sittingId: string, nowMs: number): Promise<ExamResult | undefined> {
  return transaction(pool, (tx) => markOnce(tx, sittingId, nowMs), { retries: 3 });
}

async function markOnce(tx: Tx, sittingId: string, nowMs: number): Promise<ExamResult | undefined> {
  const bucket = bucketOf(sittingId);
  // Waits for saves that are being committed, and lets nobody mark besides.
  const { rows } = await tx.query<{ person_id: string; rule_set_id: string; kind: 'formal' | 'mock' }>(
    `update exam_sitting set state = 'marked' where bucket = $1 and id = $2 and state in ('submitted', 'timed-out') and identity_awaits = '{}'
     returning person_id, rule_set_id, kind`,
    [bucket, sittingId],
  );
  const [sitting] = rows;
  if (!sitting) return undefined;
  const { earned, items, uses } = await markPaperOf(tx, sittingId, sitting.rule_set_id);
  const limits = examLimitsOf(getExamRuleSet(sitting.rule_set_id));
  const centipoints = earned.reduce((sum, one) => sum + one, 0);
  const passCentipoints = limits.passPoints * 100;
  const result: ExamResult = {
    sittingId,
    version: 1,
    personId: sitting.person_id,
    ruleSetId: sitting.rule_set_id,
    centipoints,
    totalCentipoints: items.reduce((sum, one) => sum + one.centipoints, 0),
    passCentipoints,
    passed: centipoints >= passCentipoints,
    earned,
    reason: 'marked',
    decidedBy: 'system',
    decidedAtMs: nowMs,
  };
  await insertResult(tx, result);
  await recordUses(
    tx,
    uses.map((use) => ({ ...use, source: sitting.kind })),
  );
  return result;
}

/** Adds a version of a result. */
export async function insertResult(tx: Tx, result: ExamResult): Promise<void> {
  await tx.query(
    `insert into exam_result (bucket, sitting_id, version, person_id, rule_set_id, centipoints, total_centipoints, pass_centipoints,
       passed, earned, reason, decided_by, decided_at, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, decode($14, 'hex'))`,
    [
      bucketOf(result.sittingId),
      result.sittingId,
      result.version,
      result.personId,
      result.ruleSetId,
      result.centipoints,
      result.totalCentipoints,
      result.passCentipoints,
      result.passed,
      JSON.stringify(result.earned),
      result.reason,
      result.decidedBy,
      new Date(result.decidedAtMs),
      hashOfResult(result),
    ],
  );
}
