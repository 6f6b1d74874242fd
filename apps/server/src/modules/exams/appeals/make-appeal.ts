import type { appealResult } from '@antu/contract';
import { appealUntilMsOf, bucketOf, examLimitsOf, getExamRuleSet, placeInBucket } from '@antu/domain';
import type { z } from 'zod';
import { type Queryable, transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { readItems } from '../marking/mark-paper.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { findOwnSitting, type SittingRow } from '../sittings/sitting-rows.ts';

type Body = z.output<(typeof appealResult)['body']>;
type Answer = z.input<(typeof appealResult)['answer']>;

/** Until when a sitting may be appealed, epoch ms; null when there is nothing to appeal, or not any more. */
export async function findAppealUntilMs(db: Queryable, sitting: SittingRow, nowMs: number): Promise<number | null> {
  if (sitting.kind !== 'formal' || sitting.started_at === null) return null;
  const decidedAt = sitting.state === 'voided' ? sitting.ended_at : await firstDecisionOf(db, sitting);
  if (decidedAt === null) return null;
  const untilMs = appealUntilMsOf(examLimitsOf(getExamRuleSet(sitting.rule_set_id)), decidedAt.getTime());
  return nowMs < untilMs ? untilMs : null;
}

async function firstDecisionOf(db: Queryable, { id, state }: SittingRow): Promise<Date | null> {
  if (state !== 'marked') return null;
  const { rows } = await db.query<{ decided_at: Date }>(
    'select decided_at from exam_result where bucket = $1 and sitting_id = $2 and version = 1',
    [bucketOf(id), id],
  );
  return rows[0]?.decided_at ?? null;
}

/** Doubts a result of one's own, or a question of it. The same a second time is answered as the first. */
export async function appealOwnResult(ctx: OwnContext, sittingId: string, { item, reason }: Body): Promise<Answer> {
  const personId = requireOwnPerson(ctx.actor);
  const sitting = await findOwnSitting(ctx.pool, personId, sittingId);
  if (!sitting) throw new AppError('exams.sitting_not_found');
  const before = await findMade(ctx.pool, sittingId, item);
  if (before) return before;
  const untilMs = await findAppealUntilMs(ctx.pool, sitting, ctx.nowMs());
  // Of a voided sitting no question counts: only the whole can be doubted.
  if (untilMs === null || (sitting.state === 'voided' && item !== null)) throw new AppError('exams.appeal_closed');
  const versionId = item === null ? null : await versionAt(ctx.pool, sittingId, item);
  const id = placeInBucket(uuidv7(ctx.nowMs()), bucketOf(sittingId));
  await transaction(ctx.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into exam_appeal (bucket, id, person_id, sitting_id, exam_id, item, question_version_id, reason, state, appealed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9) on conflict do nothing`,
      [bucketOf(id), id, personId, sittingId, sitting.exam_id, item, versionId, reason, ctx.now()],
    );
    if (rowCount !== 1) return;
    await recordAudit(tx, ctx, {
      action: 'exams.appeal',
      object: { kind: 'exam-sitting', id: sittingId },
      detail: { appealId: id, item },
    });
  });
  const made = await findMade(ctx.pool, sittingId, item);
  if (!made) throw new AppError('platform.conflict');
  return made;
}

async function findMade(db: Queryable, sittingId: string, item: number | null): Promise<Answer | undefined> {
  const { rows } = await db.query<Answer>(
    `select id as "appealId", state from exam_appeal where bucket = $1 and sitting_id = $2 and item is not distinct from $3`,
    [bucketOf(sittingId), sittingId, item],
  );
  return rows[0];
}

async function versionAt(db: Queryable, sittingId: string, item: number): Promise<string> {
  const asked = (await readItems(db, sittingId))[item];
  if (!asked) throw new AppError('exams.appeal_item_unknown');
  return asked.versionId;
}
