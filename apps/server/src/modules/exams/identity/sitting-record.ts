import type { BoardRow, SittingRecord } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { FastifyReply } from 'fastify';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { listSessionIdentity, sendSessionCapture } from '../../identity/index.ts';
import { getExamInReach } from '../dates/manage-exams.ts';

type Ctx = RouteContext<'exams.watch'>;
type Ids = { examId: string; sittingId: string };
type Row = { person_id: string; alerts: BoardRow['alerts']; identity_awaits: string[] };

/** Everything that is written down around a sitting, for those who run the exam and those who watch over it. */
export async function readSittingRecord(ctx: Ctx, { examId, sittingId }: Ids): Promise<SittingRecord> {
  const row = await getSittingOfExam(ctx, { examId, sittingId });
  const [events, { checks, captures }] = await Promise.all([
    readEvents(ctx.pool, sittingId),
    listSessionIdentity(ctx.pool, [sittingId]),
  ]);
  await recordAudit(ctx.pool, ctx, {
    action: 'exams.sitting-read',
    object: { kind: 'exam-sitting', id: sittingId },
    detail: { examId, personId: row.person_id, events: events.length },
  });
  return {
    sittingId,
    alerts: row.alerts,
    identityAwaits: row.identity_awaits.length > 0,
    events,
    checks: checks.map(({ id, decidedAtMs, method, outcome, reviewState, detail }) => ({
      id,
      at: new Date(decidedAtMs).toISOString(),
      method,
      outcome,
      reviewState,
      problems: [...detail.problems],
    })),
    pictures: captures.map(({ id, takenAtMs, kind, findings, gone }) => ({
      captureId: id,
      at: new Date(takenAtMs).toISOString(),
      kind,
      finding: findings?.finding ?? null,
      gone,
    })),
  };
}

/** Shows one picture of a sitting. The row in the log is written before anything is shown. */
export async function sendPictureOfSitting(ctx: Ctx, ids: Ids, captureId: string): Promise<FastifyReply> {
  await getSittingOfExam(ctx, ids);
  return sendSessionCapture(ctx, ids.sittingId, captureId);
}

/** A sitting of an exam within reach; one of another exam is none. */
async function getSittingOfExam(ctx: Ctx, { examId, sittingId }: Ids): Promise<Row> {
  await getExamInReach(ctx, 'exams.watch', examId);
  const { rows } = await ctx.pool.query<Row>(
    'select person_id, alerts, identity_awaits from exam_sitting where bucket = $1 and id = $2 and exam_id = $3',
    [bucketOf(sittingId), sittingId, examId],
  );
  const [row] = rows;
  if (!row) throw new AppError('exams.sitting_not_found');
  return row;
}

async function readEvents(db: Queryable, sittingId: string): Promise<SittingRecord['events']> {
  const { rows } = await db.query<{ kind: string; happened_at: Date; detail: string | null }>(
    'select kind, happened_at, detail from exam_event where bucket = $1 and sitting_id = $2 order by happened_at, id',
    [bucketOf(sittingId), sittingId],
  );
  return rows.map(({ kind, happened_at, detail }) => ({ at: happened_at.toISOString(), kind, detail }));
}
