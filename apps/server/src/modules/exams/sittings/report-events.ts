import type { reportSittingEvents, SittingView } from '@antu/contract';
import { bucketOf, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { hashOfToken } from './device-token.ts';
import { noteExamEvents } from './exam-events.ts';
import { whyNot } from './save-answers.ts';
import type { SittingDoor } from './sitting-door.ts';
import { presentSitting, type SittingRow, sittingColumns } from './sitting-rows.ts';

type Body = z.output<(typeof reportSittingEvents)['body']>;
type EventKind = Body['events'][number]['kind'];

/** What the invigilator is told of it; leaving only from the number of times that the rules name. */
const ALERTS: Partial<Record<EventKind, string>> = { copy: 'copy', paste: 'copy', print: 'print', offline: 'offline' };

/** Notes what the page noticed. Each is a fact; leaving the page is counted. */
export async function noteEvents(
  ctx: OwnContext,
  { messages }: Pick<SittingDoor, 'messages'>,
  sittingId: string,
  body: Body,
): Promise<SittingView> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const bucket = bucketOf(sittingId);
  const leaves = body.events.filter(({ kind }) => kind === 'left').length;
  const row = await transaction(ctx.pool, async (tx) => {
    const { rows } = await tx.query<SittingRow>(
      `update exam_sitting s set leaves = s.leaves + $5, last_seen_at = $6
       where s.bucket = $1 and s.id = $2 and s.person_id = $3 and s.device_hash = $4 and s.state = 'running'
       returning ${sittingColumns}`,
      [bucket, sittingId, personId, hashOfToken(body.deviceToken), leaves, new Date(nowMs)],
    );
    const [noted] = rows;
    if (!noted) return undefined;
    const deviceId = noted.device_id;
    await noteExamEvents(
      tx,
      body.events.map(({ kind, agoMs }) => ({
        sittingId,
        kind,
        deviceId,
        receivedAtMs: nowMs,
        happenedAtMs: nowMs - agoMs,
      })),
    );
    const alerts = alertsOf(noted, body.events);
    if (alerts.length > 0) {
      await tx.query(
        'update exam_sitting set alerts = array(select distinct unnest(alerts || $3::text[])) where bucket = $1 and id = $2',
        [bucket, sittingId, alerts],
      );
    }
    return noted;
  });
  if (!row) throw await whyNot(ctx, personId, sittingId);
  return presentSitting(row, nowMs, await messages.latest(row.exam_id));
}

function alertsOf({ leaves, rule_set_id }: SittingRow, events: Body['events']): string[] {
  const { mostLeaves } = examLimitsOf(getExamRuleSet(rule_set_id));
  const often = mostLeaves !== null && leaves >= mostLeaves ? ['left-often'] : [];
  return [...often, ...events.flatMap(({ kind }) => ALERTS[kind] ?? [])];
}

/** A sitting of one's own, as it stands. */
export async function getOwnSitting(
  ctx: OwnContext,
  { find, messages }: Pick<SittingDoor, 'find' | 'messages'>,
  sittingId: string,
): Promise<SittingView> {
  const personId = requireOwnPerson(ctx.actor);
  const row = await find(personId, sittingId);
  if (!row) throw await whyNot(ctx, personId, sittingId);
  return presentSitting(row, ctx.nowMs(), await messages.latest(row.exam_id));
}
