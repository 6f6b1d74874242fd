import type { SittingPaper, startSitting } from '@antu/contract';
import { bucketOf, endsAtMsOf, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { isPledgeMissing } from '../dates/book-exam.ts';
import { withFileUrls } from '../bank/index.ts';
import { isToBeWatched, lockAwaited, noteOpening, type Opened } from '../identity/note-opening.ts';
import { requireExamIdentity } from '../identity/require-identity.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { hashOfToken, makeDeviceToken } from './device-token.ts';
import { readAnswers } from './read-answers.ts';
import { findRoomMessage } from './room-messages.ts';
import { findOwnSitting, presentSitting, type SittingRow, sittingColumns } from './sitting-rows.ts';

type Body = z.output<(typeof startSitting)['body']>;

/**
 * Begins a sitting, or goes on with it on this device. The paper lies ready: at the bell one statement hands it out.
 * Errors: `exams.not_yet`, `exams.window_closed`, `exams.identity_needed`, `exams.other_device`, `exams.over`, `exams.voided`
 */
export async function beginSitting(ctx: OwnContext, sittingId: string, body: Body): Promise<SittingPaper> {
  const personId = requireOwnPerson(ctx.actor);
  const found = await findOwnSitting(ctx.pool, personId, sittingId);
  if (!found) throw new AppError('exams.sitting_not_found');
  const nowMs = ctx.nowMs();
  requireStartable(found, nowMs);
  const isNewDevice = found.device_id !== body.deviceId;
  if (found.state === 'running' && isNewDevice && !body.takeOver) throw new AppError('exams.other_device');
  const opening = isNewDevice && asksIdentity(found) ? await requireExamIdentity(ctx, personId, found) : undefined;
  if (found.exam_id !== null && found.state === 'frozen' && (await isPledgeMissing(ctx, personId, found.exam_id))) {
    throw new AppError('exams.pledge_needed');
  }
  const token = makeDeviceToken();
  const watched = await isToBeWatched(ctx.pool, found);
  const row = await transaction(ctx.pool, async (tx) => {
    const opened: Opened = { opening, watched, awaits: await lockAwaited(tx, opening) };
    const started = await enter(tx, found, opened, { deviceId: body.deviceId, token, nowMs });
    await noteDevice(ctx, tx, found, body.deviceId, nowMs);
    await noteOpening(tx, found, opened, nowMs);
    return started;
  });
  return present(ctx, row, token, nowMs);
}

const asksIdentity = ({ kind, rule_set_id }: SittingRow): boolean =>
  kind === 'formal' && examLimitsOf(getExamRuleSet(rule_set_id)).identityAtStart;

function requireStartable({ state, opens_at, closes_at, ends_at, kind }: SittingRow, nowMs: number): void {
  if (state === 'voided') throw new AppError('exams.voided');
  if (state !== 'frozen' && state !== 'running') throw new AppError('exams.over');
  if (state === 'running' && ends_at !== null && nowMs >= ends_at.getTime()) throw new AppError('exams.over');
  if (state === 'running') return;
  if (nowMs < opens_at.getTime()) throw new AppError('exams.not_yet', { opensAt: opens_at.toISOString() });
  // Nobody waits for a mock exam: its window is only how long the paper is kept.
  if (nowMs >= closes_at.getTime()) throw new AppError(kind === 'mock' ? 'exams.over' : 'exams.window_closed');
}

/** Takes the row as it was seen, so that two devices that begin at once do not both get in unseen. */
async function enter(
  tx: Tx,
  seen: SittingRow,
  { watched, awaits }: Opened,
  { deviceId, token, nowMs }: { deviceId: string; token: string; nowMs: number },
): Promise<SittingRow> {
  const endsAtMs = endsAtMsOf({
    startedAtMs: nowMs,
    durationSeconds: seen.duration_seconds,
    extraSeconds: seen.extra_seconds,
    closesAtMs: seen.closes_at.getTime(),
  });
  const { rows } = await tx.query<SittingRow>(
    `update exam_sitting s set state = 'running', started_at = coalesce(s.started_at, $4), ends_at = coalesce(s.ends_at, $5),
       device_id = $6, device_hash = $7, last_seen_at = $4, watched = $11, identity_awaits = s.identity_awaits || $12::uuid[]
     where s.bucket = $1 and s.id = $2 and s.person_id = $3 and s.state = $8 and s.extra_seconds = $9
       and s.device_id is not distinct from $10
     returning ${sittingColumns}`,
    [
      bucketOf(seen.id),
      seen.id,
      seen.person_id,
      new Date(nowMs),
      new Date(endsAtMs),
      deviceId,
      hashOfToken(token),
      seen.state,
      seen.extra_seconds,
      seen.device_id,
      watched,
      awaits.filter((id) => !seen.identity_awaits.includes(id)),
    ],
  );
  const [row] = rows;
  if (!row) throw new AppError('platform.conflict');
  return row;
}

async function noteDevice(ctx: OwnContext, tx: Tx, seen: SittingRow, deviceId: string, nowMs: number): Promise<void> {
  const isTakeOver = seen.state === 'running' && seen.device_id !== deviceId;
  const kind = seen.state === 'frozen' ? 'started' : isTakeOver ? 'device' : 'resumed';
  await tx.query(
    `insert into exam_event (bucket, sitting_id, id, kind, device_id, happened_at, received_at, detail)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [bucketOf(seen.id), seen.id, uuidv7(nowMs), kind, deviceId, new Date(nowMs), ctx.address],
  );
  if (!isTakeOver) return;
  await tx.query(
    `update exam_sitting set alerts = array(select distinct unnest(alerts || '{other-device}')) where bucket = $1 and id = $2`,
    [bucketOf(seen.id), seen.id],
  );
  await recordAudit(tx, ctx, {
    action: 'exams.take-over',
    object: { kind: 'exam-sitting', id: seen.id },
    detail: { deviceId },
  });
}

async function present(ctx: OwnContext, row: SittingRow, token: string, nowMs: number): Promise<SittingPaper> {
  const { pool, platform } = ctx;
  const [paper, answers, message] = await Promise.all([
    pool.query<{ asked: string }>('select asked from exam_paper where bucket = $1 and sitting_id = $2', [
      bucketOf(row.id),
      row.id,
    ]),
    readAnswers(pool, row.id),
    findRoomMessage(pool, row.exam_id),
  ]);
  const items = JSON.parse(paper.rows[0]?.asked ?? '[]') as SittingPaper['items'];
  const until = { accountId: ctx.actor.accountId, untilMs: (row.ends_at?.getTime() ?? nowMs) + 3_600_000 };
  const hasFiles = paper.rows[0]?.asked.includes('"fileId"') ?? false;
  return {
    ...presentSitting(row, nowMs, message),
    items: hasFiles
      ? items.map((one) => ({ ...one, question: withFileUrls(platform.keys, one.question, until) }))
      : items,
    answers: [...answers].map(([item, { answer, savedAtMs }]) => ({
      item,
      answer: answer as SittingPaper['answers'][number]['answer'],
      savedAt: new Date(savedAtMs).toISOString(),
    })),
    deviceToken: token,
  };
}
