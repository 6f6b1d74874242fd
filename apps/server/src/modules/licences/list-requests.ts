import type { listLicenceRequests as listEndpoint } from '@antu/contract';
import { chinaDateAt } from '@antu/domain';
import type { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { personInReach, scopeOf } from '../people/index.ts';
import type { DecideContext } from './decide-request.ts';
import { presentRequest, selectRequests } from './request-rows.ts';

const PAGE = 30;

/** Requests about people within reach: open ones the oldest first, decided ones the newest first. */
export async function listRequests(
  ctx: DecideContext,
  { state, cursor }: z.output<(typeof listEndpoint)['query']>,
): Promise<z.input<(typeof listEndpoint)['answer']>> {
  const within = personInReach(scopeOf(ctx.actor, 'licences.decide'), 'p', 2, ctx.actor.personId);
  const where = `q.state = $1 and ${within.sql}`;
  const values = [state, ...within.values];
  const [order, after] = state === 'open' ? ['asc', '>'] : ['desc', '<'];
  const cursorAt = values.length + 1;
  const [rows, counted] = await Promise.all([
    selectRequests(
      ctx.pool,
      `${where} and ($${cursorAt}::uuid is null or q.id ${after} $${cursorAt})`,
      [...values, cursor ?? null],
      `order by q.id ${order} limit ${PAGE + 1}`,
    ),
    ctx.pool.query<{ total: number }>(
      `select count(*)::int as total from licence_request q join person p on p.bucket = q.bucket and p.id = q.person_id where ${where}`,
      values,
    ),
  ]);
  const shown = rows.slice(0, PAGE);
  await recordAudit(ctx.pool, ctx, {
    action: 'licences.requests-list',
    object: { kind: 'licence-request', id: null },
    detail: { state, shown: shown.length },
  });
  const today = chinaDateAt(ctx.nowMs());
  return {
    items: shown.map((row) => presentRequest(ctx.platform.keys, row, ctx.actor.accountId, today)),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    total: counted.rows[0]?.total ?? 0,
  };
}
