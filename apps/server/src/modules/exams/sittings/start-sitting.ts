import type { SittingPaper, startSitting } from '@antu/contract';
import { bucketOf, endsAtMsOf, type ExamLimits, examLimitsOf, getExamRuleSet, type KeptAnswer } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { recordAudit } from '../../audit/index.ts';
import { isPledgeMissing } from '../dates/book-exam.ts';
import { withFileUrls } from '../bank/index.ts';
import { isToBeWatched, lockAwaited, notesOfOpening } from '../identity/note-opening.ts';
import { type Opening, requireExamIdentity } from '../identity/require-identity.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { deviceKindOf } from './device-kind.ts';
import { deviceOfSignIn, hashOfToken, makeDeviceToken } from './device-token.ts';
import { type Entered, type Entry, enterSittings } from './enter-sittings.ts';
import { readAnswers } from './read-answers.ts';
import type { SittingDoor } from './sitting-door.ts';
import { presentSitting, type SittingRow } from './sitting-rows.ts';

/** Pictures are shown for so long after the end. */
const FILES_AFTER_MS = 3_600_000;

type Body = z.output<(typeof startSitting)['body']>;

/** A device at the door, with what was found out about it. */
interface Arrival {
  readonly seen: SittingRow;
  readonly deviceId: string;
  readonly token: string;
  readonly nowMs: number;
  /** Undefined: nothing was asked, because the device is the same as before or the rules want no check. */
  readonly opening: Opening | undefined;
  readonly watched: boolean;
}

/** What a device gets. The questions are the text as which they were frozen: at the bell nobody takes them apart. */
export interface StartedSitting {
  readonly paper: Omit<SittingPaper, 'items'>;
  /** JSON of the paper's `items`. */
  readonly items: string;
}

/**
 * Begins a sitting, or goes on with it on this device. The paper lies ready: at the bell one statement hands out those of all who
 * begin at that moment.
 * Errors: `exams.not_yet`, `exams.window_closed`, `exams.identity_needed`, `exams.other_device`, `exams.over`, `exams.voided`
 */
export async function beginSitting(
  ctx: OwnContext,
  door: SittingDoor,
  sittingId: string,
  body: Body,
): Promise<StartedSitting> {
  const personId = requireOwnPerson(ctx.actor);
  const seen = await door.find(personId, sittingId);
  if (!seen) throw new AppError('exams.sitting_not_found');
  const nowMs = ctx.nowMs();
  requireStartable(seen, nowMs);
  const { takeOver } = body;
  const deviceId = seen.kind === 'formal' ? deviceOfSignIn(body.deviceId, ctx.actor.sessionId) : body.deviceId;
  const isNewDevice = seen.device_id !== deviceId;
  if (seen.state === 'running' && isNewDevice && !takeOver) throw new AppError('exams.other_device');
  const limits = examLimitsOf(getExamRuleSet(seen.rule_set_id));
  const asksIdentity = isNewDevice && seen.kind === 'formal' && limits.identityAtStart;
  const opening = asksIdentity ? await requireExamIdentity(ctx, door, seen) : undefined;
  await requirePledge(ctx, seen, limits);
  const token = makeDeviceToken();
  const watched = await isToBeWatched(door, seen);
  const entered = await enter(ctx, door, { seen, deviceId, token, nowMs, opening, watched });
  // Two devices that begin at once do not both get in unseen.
  if (!entered) throw new AppError('platform.conflict');
  // Nothing was saved before the start.
  const answers = seen.state === 'frozen' ? new Map<number, KeptAnswer>() : await readAnswers(ctx.pool, sittingId);
  return {
    paper: {
      ...presentSitting(entered.row, nowMs, await door.messages.latest(seen.exam_id)),
      answers: [...answers].map(([item, { answer, savedAtMs }]) => ({
        item,
        answer: answer as SittingPaper['answers'][number]['answer'],
        savedAt: new Date(savedAtMs).toISOString(),
      })),
      deviceToken: token,
    },
    items: itemsFor(ctx, entered),
  };
}

function requireStartable({ state, opens_at, closes_at, ends_at, kind }: SittingRow, nowMs: number): void {
  if (state === 'voided') throw new AppError('exams.voided');
  if (state !== 'frozen' && state !== 'running') throw new AppError('exams.over');
  if (state === 'running' && ends_at !== null && nowMs >= ends_at.getTime()) throw new AppError('exams.over');
  if (state === 'running') return;
  if (nowMs < opens_at.getTime()) throw new AppError('exams.not_yet', { opensAt: opens_at.toISOString() });
  // Nobody waits for a mock exam: its window is only how long the paper is kept.
  if (nowMs >= closes_at.getTime()) throw new AppError(kind === 'mock' ? 'exams.over' : 'exams.window_closed');
}

async function requirePledge(ctx: OwnContext, seen: SittingRow, { pledge }: Pick<ExamLimits, 'pledge'>): Promise<void> {
  if (!pledge || seen.exam_id === null || seen.state !== 'frozen') return;
  if (await isPledgeMissing(ctx, seen.person_id, seen.exam_id)) throw new AppError('exams.pledge_needed');
}

const isTakeOver = ({ seen, deviceId }: Arrival): boolean => seen.state === 'running' && seen.device_id !== deviceId;

/** Most come with everybody else at the bell. Who takes over, or waits for people, is rare and has a transaction of their own. */
function enter(ctx: OwnContext, door: SittingDoor, arrival: Arrival): Promise<Entered | undefined> {
  const { opening, seen, deviceId } = arrival;
  const awaitsPeople = opening !== undefined && opening !== 'on-site' && opening.outcome === 'pending';
  if (!isTakeOver(arrival) && !awaitsPeople) return door.enter(entryOf(ctx, arrival, []));
  return transaction(ctx.pool, async (tx) => {
    if (isTakeOver(arrival)) await rememberDevice(tx, arrival);
    const [entered] = await enterSittings(tx, [entryOf(ctx, arrival, await lockAwaited(tx, opening))]);
    if (entered && isTakeOver(arrival)) {
      await recordAudit(tx, ctx, {
        action: 'exams.take-over',
        object: { kind: 'exam-sitting', id: seen.id },
        detail: { deviceId },
      });
    }
    return entered;
  });
}

/** The device that is replaced may still bring what was given on it before. */
async function rememberDevice(tx: Tx, { seen, nowMs }: Arrival): Promise<void> {
  await tx.query(
    `insert into exam_past_device (bucket, sitting_id, device_hash, device_id, replaced_at)
     select bucket, id, device_hash, device_id, $3 from exam_sitting
     where bucket = $1 and id = $2 and device_hash is not null for no key update
     on conflict do nothing`,
    [bucketOf(seen.id), seen.id, new Date(nowMs)],
  );
}

function entryOf({ address, userAgent }: OwnContext, arrival: Arrival, awaits: readonly string[]): Entry {
  const { seen, deviceId, token, nowMs, opening, watched } = arrival;
  const kind = seen.state === 'frozen' ? 'started' : isTakeOver(arrival) ? 'device' : 'resumed';
  const notes = notesOfOpening(seen, { opening, watched, awaits });
  return {
    seen,
    deviceId,
    deviceKind: deviceKindOf(userAgent),
    tokenHash: hashOfToken(token),
    atMs: nowMs,
    endsAtMs: endsAtMsOf({
      startedAtMs: nowMs,
      durationSeconds: seen.duration_seconds,
      extraSeconds: seen.extra_seconds,
      closesAtMs: seen.closes_at.getTime(),
    }),
    watched,
    awaits,
    events: [{ kind, detail: address }, ...notes.events],
    alerts: [...(isTakeOver(arrival) ? (['other-device'] as const) : []), ...notes.alerts],
  };
}

/** The questions, with addresses of their pictures that serve this account until an hour after the end. */
function itemsFor({ actor, platform }: OwnContext, { row, asked }: Entered): string {
  if (!asked.includes('"fileId"')) return asked;
  // Written by this module when the paper was frozen.
  const items = JSON.parse(asked) as SittingPaper['items'];
  const until = { accountId: actor.accountId, untilMs: (row.ends_at?.getTime() ?? 0) + FILES_AFTER_MS };
  return JSON.stringify(items.map((one) => ({ ...one, question: withFileUrls(platform.keys, one.question, until) })));
}
