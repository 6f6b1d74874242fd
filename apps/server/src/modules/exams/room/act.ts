import type { extendTime, sendRoomMessage, voidSitting } from '@antu/contract';
import { bucketOf, endsAtMsOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { getExamInReach } from '../dates/manage-exams.ts';
import { noteExamEvents } from '../sittings/exam-events.ts';

type RoomContext = RouteContext<'exams.invigilate'>;
type Extend = z.output<(typeof extendTime)['body']>;
type Void = z.output<(typeof voidSitting)['body']>;

interface Timed {
  id: string;
  started_at: Date | null;
  closes_at: Date;
  duration_seconds: number;
  extra_seconds: number;
}

/** More time for one person or for everybody who has not handed in; who has not begun gets it with the start. */
export async function giveTime(
  ctx: RoomContext,
  examId: string,
  { sittingId, seconds, reason }: Extend,
): Promise<{ extended: number }> {
  await getExamInReach(ctx, 'exams.invigilate', examId);
  const extended = await transaction(
    ctx.pool,
    async (tx) => {
      // In the order of the keys, as saves lock them.
      const { rows } = await tx.query<Timed>(
        `select id, started_at, closes_at, duration_seconds, extra_seconds from exam_sitting
         where exam_id = $1 and state in ('frozen', 'running') and ($2::uuid is null or id = $2) order by bucket, id for update`,
        [examId, sittingId],
      );
      for (const row of rows) await extendOne(tx, row, seconds);
      const detail = `${seconds} s: ${reason}`;
      await noteExamEvents(
        tx,
        rows.map(({ id }) => ({ sittingId: id, kind: 'extended', receivedAtMs: ctx.nowMs(), detail })),
      );
      if (sittingId !== null && rows.length === 0) throw new AppError('exams.sitting_not_found');
      await recordAudit(tx, ctx, {
        action: 'exams.extend',
        object: { kind: 'exam', id: examId },
        detail: { sittingId, seconds, reason, extended: rows.length },
      });
      return rows.length;
    },
    { retries: 3 },
  );
  return { extended };
}

async function extendOne(tx: Tx, row: Timed, seconds: number): Promise<void> {
  const extraSeconds = row.extra_seconds + seconds;
  const endsAt = row.started_at
    ? new Date(
        endsAtMsOf({
          startedAtMs: row.started_at.getTime(),
          durationSeconds: row.duration_seconds,
          extraSeconds,
          closesAtMs: row.closes_at.getTime(),
        }),
      )
    : null;
  await tx.query('update exam_sitting set extra_seconds = $3, ends_at = $4 where bucket = $1 and id = $2', [
    bucketOf(row.id),
    row.id,
    extraSeconds,
    endsAt,
  ]);
}

/** Declares a sitting void. What was saved stays; it is not marked any more. */
export async function declareVoid(
  ctx: RoomContext,
  examId: string,
  { sittingId, reason }: Void,
): Promise<{ state: 'voided' }> {
  await getExamInReach(ctx, 'exams.invigilate', examId);
  await transaction(ctx.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update exam_sitting set state = 'voided', void_reason = $4, ended_at = coalesce(ended_at, $5), voided_by = $6
       where bucket = $1 and id = $2 and exam_id = $3 and state in ('frozen', 'running', 'submitted', 'timed-out')`,
      [bucketOf(sittingId), sittingId, examId, reason, ctx.now(), ctx.actor.accountId],
    );
    if (rowCount !== 1) throw new AppError('exams.sitting_not_found');
    await noteExamEvents(tx, [{ sittingId, kind: 'voided', receivedAtMs: ctx.nowMs(), detail: reason }]);
    await recordAudit(tx, ctx, {
      action: 'exams.void',
      object: { kind: 'exam-sitting', id: sittingId },
      detail: { examId, reason },
    });
  });
  return { state: 'voided' };
}

/** A word to everybody in the room; it comes with the next answer that the server gives them. */
export async function sendWord(
  ctx: RoomContext,
  examId: string,
  { text }: z.output<(typeof sendRoomMessage)['body']>,
): Promise<{ at: string }> {
  await getExamInReach(ctx, 'exams.invigilate', examId);
  await transaction(ctx.pool, async (tx) => {
    await tx.query('insert into exam_message (id, exam_id, text, sent_by, sent_at) values ($1, $2, $3, $4, $5)', [
      uuidv7(ctx.nowMs()),
      examId,
      text,
      ctx.actor.accountId,
      ctx.now(),
    ]);
    await recordAudit(tx, ctx, { action: 'exams.message', object: { kind: 'exam', id: examId }, detail: { text } });
  });
  return { at: ctx.now().toISOString() };
}
