import type { listWatchedExams, WatchedExam } from '@antu/contract';
import { regionPathOf } from '@antu/domain';
import type { z } from 'zod';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { requireReach, scopeOf } from '../../people/index.ts';
import { presentExams, selectExams } from '../dates/exam-rows.ts';
import { readCursor, writeCursor } from '../page-cursor.ts';
import { isFirstLook } from './first-look.ts';

type Ctx = RouteContext<'exams.watch'>;
type Query = z.output<(typeof listWatchedExams)['query']>;
type Counts = WatchedExam['counts'];

const stages: Readonly<Record<Query['stage'], { readonly states: readonly string[]; readonly order: 'asc' | 'desc' }>> =
  {
    running: { states: ['open'], order: 'asc' },
    coming: { states: ['planned', 'frozen'], order: 'asc' },
    over: { states: ['closed', 'cancelled'], order: 'desc' },
  };
const NOBODY: Counts = { running: 0, handedIn: 0, alerts: 0, voided: 0 };

/** Exams of the caller's reach in one stage, narrowed to a region when one is asked for. Errors: `platform.not_allowed` for a region outside */
export async function listWatched(
  ctx: Ctx,
  { stage, region, cursor, limit }: Query,
): Promise<z.input<(typeof listWatchedExams)['answer']>> {
  const within = region === undefined ? '/' : regionPathOf(region);
  if (region !== undefined) requireReach(ctx.actor, 'exams.watch', { organisationIds: [], regionPaths: [within] });
  const { organisationIds, regionPaths } = scopeOf(ctx.actor, 'exams.watch');
  const { states, order } = stages[stage];
  const where = `(e.organisation_id = any($1::uuid[]) or r.path like any($2::text[])) and e.state = any($3::text[]) and r.path like $4`;
  const values = [organisationIds, regionPaths.map((path) => `${path}%`), states, `${within}%`];
  const [at, id] = readCursor(cursor);
  const [rows, counted] = await Promise.all([
    selectExams(
      ctx.pool,
      `${where} and ($5::timestamptz is null or (e.opens_at, e.id) ${order === 'asc' ? '>' : '<'} ($5, $6::uuid))`,
      [...values, at, id],
      `order by e.opens_at ${order}, e.id ${order} limit ${limit + 1}`,
    ),
    ctx.pool.query<{ total: number }>(
      `select count(*)::int as total from exam e join region r on r.code = e.region_code where ${where}`,
      values,
    ),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const [views, counts] = await Promise.all([
    presentExams(ctx.pool, shown),
    countSittings(
      ctx.pool,
      shown.map((row) => row.id),
    ),
  ]);
  if (isFirstLook(ctx, 'exams.watch'))
    await recordAudit(ctx.pool, ctx, {
      action: 'exams.watch-list',
      object: { kind: 'region', id: region ?? null },
      detail: { stage, shown: shown.length },
    });
  return {
    items: views.map((view, place) => ({
      ...view,
      region: { code: shown[place]?.region_code ?? '', name: shown[place]?.region_name ?? '' },
      counts: counts.get(view.id) ?? NOBODY,
    })),
    nextCursor: rows.length > limit && last ? writeCursor(last.opens_at, last.id) : null,
    total: counted.rows[0]?.total ?? 0,
  };
}

/** How far the candidates of each exam are. */
async function countSittings(db: Queryable, examIds: readonly string[]): Promise<Map<string, Counts>> {
  const { rows } = await db.query<Counts & { examId: string }>(
    `select exam_id as "examId", count(*) filter (where state = 'running')::int as running,
       count(*) filter (where state in ('submitted', 'timed-out', 'marked'))::int as "handedIn",
       count(*) filter (where state = 'running' and cardinality(alerts) > 0)::int as alerts,
       count(*) filter (where state = 'voided')::int as voided
     from exam_sitting where exam_id = any($1::uuid[]) group by exam_id`,
    [examIds],
  );
  return new Map(rows.map(({ examId, ...counts }) => [examId, counts]));
}
