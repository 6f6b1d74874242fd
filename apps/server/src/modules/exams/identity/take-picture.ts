import type { sendExamPicture } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import { type Queryable, transaction } from '../../../platform/database/pool.ts';
import { storeSnapshot } from '../../identity/index.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { hashOfToken } from '../sittings/device-token.ts';
import { whyNot } from '../sittings/save-answers.ts';
import { type SittingRow, sittingColumns } from '../sittings/sitting-rows.ts';
import { findExamPlace } from './exam-place.ts';
import { missingEvents } from './note-missing.ts';
import { pictureAskedOf, picturesMissingOf } from './picture-times.ts';
import { addEvents, raiseAlerts } from './sitting-events.ts';

type Body = z.output<(typeof sendExamPicture)['body']>;
interface Own {
  readonly sittingId: string;
  readonly personId: string;
  readonly deviceToken: string;
}

/** Sittings whose picture is being kept at this moment. */
export type PicturesUnderWay = Set<string>;

/**
 * Takes the picture that a sitting asks for, from the device on which it runs; any other is left. Without a picture, or with bytes that
 * are none, it is missing at once and the invigilator is told. What it shows is looked at later, by a job. While one is being kept, others of the sitting
 * are left: whoever sends many at once fills no storage.
 */
export async function takePicture(
  ctx: OwnContext,
  underWay: PicturesUnderWay,
  { sittingId, pictureId }: { sittingId: string; pictureId: number },
  body: Body,
): Promise<{ taken: boolean }> {
  const own: Own = { sittingId, personId: requireOwnPerson(ctx.actor), deviceToken: body.deviceToken };
  const sitting = await findRunning(ctx.pool, own, '');
  if (!sitting) throw await whyNot(ctx, own.personId, sittingId);
  const isWanted = pictureAskedOf(sitting, ctx.nowMs()) === pictureId;
  if (sitting.exam_id === null || !isWanted || underWay.has(sittingId)) return { taken: false };
  underWay.add(sittingId);
  try {
    return await keepPicture(ctx, own, { examId: sitting.exam_id, pictureId }, body);
  } finally {
    underWay.delete(sittingId);
  }
}

async function keepPicture(
  ctx: OwnContext,
  own: Own,
  { examId, pictureId }: { examId: string; pictureId: number },
  { picture, failure }: Body,
): Promise<{ taken: boolean }> {
  const { personId, sittingId } = own;
  const place = await findExamPlace(ctx.pool, examId);
  // Kept before it is settled: should this process die in between, the picture is asked for again.
  const stored =
    picture === null
      ? undefined
      : await storeSnapshot(ctx.platform, { ...place, personId, sessionId: sittingId, picture });
  return transaction(ctx.pool, async (tx) => {
    const row = await findRunning(tx, own, 'for update');
    if (!row || row.pictures_settled > pictureId) return { taken: false };
    const nowMs = ctx.nowMs();
    // Earlier ones that did not come and that no job has noted yet.
    const missing = missingEvents(picturesMissingOf(row, nowMs).filter((one) => one.picture < pictureId));
    await tx.query('update exam_sitting set pictures_settled = $3, last_seen_at = $4 where bucket = $1 and id = $2', [
      bucketOf(sittingId),
      sittingId,
      pictureId + 1,
      new Date(nowMs),
    ]);
    const kind = stored ? 'picture' : 'picture-missing';
    const detail = stored ? stored.captureId : (failure ?? 'unreadable');
    await addEvents(tx, sittingId, [...missing, { kind, atMs: nowMs, detail }], nowMs);
    if (!stored || missing.length > 0) await raiseAlerts(tx, sittingId, ['picture-missing']);
    return { taken: stored !== undefined };
  });
}

async function findRunning(
  db: Queryable,
  { sittingId, personId, deviceToken }: Own,
  lock: '' | 'for update',
): Promise<SittingRow | undefined> {
  const { rows } = await db.query<SittingRow>(
    `select ${sittingColumns} from exam_sitting s
     where s.bucket = $1 and s.id = $2 and s.person_id = $3 and s.device_hash = $4 and s.state = 'running' ${lock}`,
    [bucketOf(sittingId), sittingId, personId, hashOfToken(deviceToken)],
  );
  return rows[0];
}
