import type { listReviewCases } from '@antu/contract';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { requireFilterInReach, scopeOf, type SqlCondition } from '../../people/index.ts';
import { regionPrefixOf } from '../views/session-scope.ts';
import { caseInReach } from './case-scope.ts';
import { type CaseRow, presentCases, SELECT_CASE } from './case-rows.ts';

type Ctx = RouteContext<'review.read'>;
type Query = z.output<(typeof listReviewCases)['query']>;
type Answer = z.input<(typeof listReviewCases)['answer']>;

const STATES: Readonly<Record<Query['state'], string>> = {
  open: `c.state = 'open'`,
  decided: `c.state <> 'open'`,
  appealed: 'c.has_open_appeal',
};

/** Cases within reach, the highest score first, with how many wait. */
export async function listCases(ctx: Ctx, query: Query): Promise<Answer> {
  const { pool, platform, actor } = ctx;
  // Whoever teaches may narrow the list to any employer; an authority names what it reaches.
  const { organisationIds } = scopeOf(actor, 'review.read');
  const { organisationId, region } = query;
  await requireFilterInReach(pool, actor, 'review.read', {
    region,
    organisationId: organisationIds.length > 0 ? undefined : organisationId,
  });
  const within = conditionOf(ctx, query);
  const where = `where ${within.sql} and ${STATES[query.state]}`;
  const after = cursorOf(query.cursor, within.values.length + 1);
  const [page, counted] = await Promise.all([
    pool.query<CaseRow>(
      `${SELECT_CASE} ${where} and ${after.sql} order by c.score desc, c.id limit ${query.limit + 1}`,
      [...within.values, ...after.values],
    ),
    pool.query<{ total: number; open: number; appealed: number }>(
      `select count(*) filter (where ${STATES[query.state]}) as total, count(*) filter (where ${STATES.open}) as open,
         count(*) filter (where ${STATES.appealed}) as appealed
       from review_case c where ${within.sql}`,
      [...within.values],
    ),
  ]);
  const shown = page.rows.slice(0, query.limit);
  const last = shown.at(-1);
  const { total = 0, open = 0, appealed = 0 } = counted.rows[0] ?? {};
  await recordAudit(pool, ctx, {
    action: 'review.cases-list',
    object: { kind: 'organisation', id: organisationId ?? null },
    detail: { state: query.state, reason: query.reason ?? null, region: region ?? null, shown: shown.length, total },
  });
  return {
    items: await presentCases(platform, pool, shown),
    total,
    counts: { open, appealed },
    nextCursor: page.rows.length > query.limit && last ? `${last.score}.${last.id}` : null,
  };
}

function conditionOf({ actor }: Ctx, { organisationId, region, reason }: Query): SqlCondition {
  const reached = caseInReach(scopeOf(actor, 'review.read'), 1);
  const parts = [reached.sql];
  const values = [...reached.values];
  const add = (sqlOf: (parameter: string) => string, value: unknown): void => {
    values.push(value);
    parts.push(sqlOf(`$${values.length}`));
  };
  if (region !== undefined) add((at) => `c.region_code like ${at}`, `${regionPrefixOf(region)}%`);
  if (organisationId !== undefined) add((at) => `${at}::uuid in (c.organisation_id, c.body_id)`, organisationId);
  if (reason !== undefined) {
    add((at) => `c.reasons::jsonb -> 'reasons' @> ${at}::jsonb`, JSON.stringify([{ reason }]));
  }
  // A learner who also holds an office does not see what is said about themselves.
  if (actor.personId !== null) add((at) => `c.person_id <> ${at}::uuid`, actor.personId);
  return { sql: parts.join(' and '), values };
}

/** Where the next page begins: after a score and an id. */
function cursorOf(cursor: string | undefined, first: number): SqlCondition {
  if (cursor === undefined) return { sql: 'true', values: [] };
  const match = /^(\d{1,4})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!match) throw new AppError('learning.bad_cursor');
  const [, score, id] = match;
  return {
    sql: `(c.score < $${first} or (c.score = $${first} and c.id > $${first + 1}::uuid))`,
    values: [Number(score), id],
  };
}
