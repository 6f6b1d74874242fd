import type { getOwnHours, SessionDecision } from '@antu/contract';
import { bucketOf, chinaDateOf } from '@antu/domain';
import type { z } from 'zod';
import type { RouteContext } from '../../../platform/http/route.ts';
import { requireOwnPerson } from '../../people/index.ts';
import { readTotals } from './obligations.ts';
import { type DecisionRow, findDecisions } from '../review/decision-views.ts';
import { judgeSessions, SELECT_SESSION, type SessionRow, summaryOf } from './sessions.ts';

type Answer = z.input<(typeof getOwnHours)['answer']>;
type Query = z.output<(typeof getOwnHours)['query']>;

/** A later decision as the learner reads it: the reason, and not who gave it. */
const forLearner = ({ kind, cause_kind, seconds, reason, decided_at }: DecisionRow): SessionDecision => ({
  kind,
  cause: cause_kind,
  seconds,
  reasonZh: reason,
  at: decided_at.toISOString(),
});

const DAY_OF_SESSION = `(s.opened_at at time zone 'Asia/Shanghai')::date`;

/** Own hours by day of opening, newest first: days without study are left out, every stretch is explained. */
export async function readOwnHours(ctx: RouteContext<'hours.own'>, { before, days }: Query): Promise<Answer> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const until = before ?? chinaDateOf(nowMs + 86_400_000);
  const key = [bucketOf(personId), personId, until];
  const found = await ctx.pool.query<{ day: string }>(
    `select distinct ${DAY_OF_SESSION} as day from study_session s
     where s.bucket = $1 and s.person_id = $2 and ${DAY_OF_SESSION} < $3 order by day desc limit ${days + 1}`,
    key,
  );
  const shown = found.rows.slice(0, days).map((row) => row.day);
  const oldest = shown.at(-1);
  const totals = await readTotals(ctx.pool, personId, nowMs);
  if (oldest === undefined) return { totals, days: [], olderBefore: null };
  const sessions = await ctx.pool.query<SessionRow>(
    `${SELECT_SESSION} where s.bucket = $1 and s.person_id = $2 and ${DAY_OF_SESSION} < $3 and ${DAY_OF_SESSION} >= $4
     order by s.id desc`,
    [...key, oldest],
  );
  const judged = await judgeSessions(ctx.pool, sessions.rows);
  const decisions = await findDecisions(ctx.pool, sessions.rows);
  return {
    totals,
    days: shown.map((day) => {
      const ofDay = judged
        .filter((one) => chinaDateOf(one.row.opened_at.getTime()) === day)
        .map((one) => ({
          ...summaryOf(one),
          stretches: [...(one.judged?.sums.stretches ?? [])],
          decisions: (decisions.get(one.row.id) ?? []).map(forLearner),
        }));
      return {
        day,
        creditedSeconds: ofDay.reduce((sum, one) => sum + one.creditedSeconds, 0),
        refusedSeconds: ofDay.reduce((sum, one) => sum + one.refusedSeconds, 0),
        sessions: ofDay,
      };
    }),
    olderBefore: found.rows.length > days ? oldest : null,
  };
}
