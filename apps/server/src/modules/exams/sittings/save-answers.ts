import type { saveAnswers } from '@antu/contract';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { hashOfToken } from './device-token.ts';
import { keepOvertaken } from './keep-overtaken.ts';
import type { SittingDoor } from './sitting-door.ts';
import { findOwnSitting } from './sitting-rows.ts';

type Body = z.output<(typeof saveAnswers)['body']>;
type Answer = z.input<(typeof saveAnswers)['answer']>;

/** Keeps answers; resolves when they are committed. The same seq of a device again is answered as the first time. */
export async function keepAnswers(
  ctx: OwnContext,
  { saves, messages }: Pick<SittingDoor, 'saves' | 'messages'>,
  sittingId: string,
  body: Body,
): Promise<Answer> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const save = {
    sittingId,
    personId,
    id: uuidv7(nowMs),
    tokenHash: hashOfToken(body.deviceToken),
    seq: body.seq,
    receivedAtMs: nowMs,
    answers: JSON.stringify(body.answers),
  };
  const taken = await saves.submit(save);
  const overtaken = taken ? undefined : await keepOvertaken(ctx.pool, save, body.answers);
  const saved = taken ?? overtaken;
  if (!saved) throw await whyNot(ctx, personId, sittingId);
  if (saved.state === 'voided') throw new AppError('exams.voided');
  return {
    savedSeq: body.seq,
    counts: saved.counts,
    now: new Date(nowMs).toISOString(),
    endsAt: saved.endsAt.toISOString(),
    state: saved.state,
    leaves: saved.leaves,
    message: await messages.latest(saved.examId),
    handedOver: saved.handedOver,
    elsewhere: overtaken ? { kept: overtaken.kept } : null,
  };
}

/** The sitting is somebody else's, has not begun, or goes on on another device. */
export async function whyNot(ctx: OwnContext, personId: string, sittingId: string): Promise<AppError> {
  const found = await findOwnSitting(ctx.pool, personId, sittingId);
  if (!found) return new AppError('exams.sitting_not_found');
  if (found.state === 'voided') return new AppError('exams.voided');
  if (found.state === 'running') return new AppError('exams.other_device');
  return new AppError(found.state === 'frozen' ? 'exams.not_yet' : 'exams.over');
}
