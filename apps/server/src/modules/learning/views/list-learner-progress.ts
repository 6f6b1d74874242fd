import type { EmployeeRow, listLearnerProgress } from '@antu/contract';
import type { z } from 'zod';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findPersonNames, requireFilterInReach } from '../../people/index.ts';
import {
  COUNTS,
  FILTERS,
  SORT_KEYS,
  type SummedRow,
  type SummedSql,
  summedPeople,
  withPlaces,
} from './progress-sql.ts';

type Query = z.output<(typeof listLearnerProgress)['query']>;
type Answer = z.input<(typeof listLearnerProgress)['answer']>;
type Counts = Answer['counts'];
type PageRow = SummedRow & { sort_number: number; sort_text: string };

/** Names are encrypted, so sorting by name opens all of them: more than this would keep a process busy for seconds. */
const MOST_SORTED_BY_NAME = 60_000;

const countOf = {
  all: 'all',
  overdue: 'overdue',
  'due-soon': 'dueSoon',
  done: 'done',
  'not-started': 'notStarted',
  studying: 'studying',
} as const satisfies Record<Query['filter'], keyof Counts>;

const byName = new Intl.Collator('zh-CN-u-co-pinyin');

/** Employees or learners within reach with what they owe; looking leaves one audit row with the filter and the number. */
export async function listProgress(ctx: RouteContext<'hours.read'>, query: Query): Promise<Answer> {
  const { actor, pool, platform } = ctx;
  await requireFilterInReach(pool, actor, 'hours.read', query);
  const summed = summedPeople(actor, 'hours.read', platform.keys, query, ctx.nowMs());
  const page = query.sort === 'name' ? await pageByName(ctx, summed, query) : await pageByKey(pool, summed, query);
  await recordAudit(pool, ctx, {
    action: 'learning.progress-list',
    object: { kind: 'organisation', id: query.organisationId ?? null },
    detail: {
      filter: query.filter,
      region: query.region ?? null,
      // That somebody was searched for, not who.
      searched: query.q !== undefined && query.q !== '',
      shown: page.rows.length,
      total: page.counts[countOf[query.filter]],
      ...(page.rows.length === 1 ? { personId: page.rows[0]?.person_id } : {}),
    },
  });
  return {
    items: await presentEmployees(pool, platform.keys, page.rows),
    total: page.counts[countOf[query.filter]],
    counts: page.counts,
    nextCursor: page.nextCursor,
  };
}

interface Page {
  readonly rows: readonly SummedRow[];
  readonly counts: Counts;
  readonly nextCursor: string | null;
}

async function pageByKey(db: Queryable, summed: SummedSql, query: Query): Promise<Page> {
  const sort = query.sort === 'name' ? 'urgency' : query.sort;
  const key = SORT_KEYS[sort];
  const after = readCursor(query.cursor, sort);
  const first = summed.values.length + 1;
  const { rows } = await db.query<{ counts: Counts; items: PageRow[] }>(
    `${summed.sql}, page as (
      select *, (${key.number})::float8 as sort_number, ${key.text} as sort_text from summed where ${FILTERS[query.filter]}
    ), shown as (
      select * from page
      ${after ? `where (sort_number, sort_text, person_id) > ($${first}::float8, $${first + 1}::text, $${first + 2}::uuid)` : ''}
      order by sort_number, sort_text, person_id limit ${query.limit + 1}
    ), placed as (${withPlaces('shown')})
    select ${COUNTS},
      (select coalesce(json_agg(placed order by sort_number, sort_text, person_id), '[]') from placed) as items`,
    [...summed.values, ...(after ?? [])],
  );
  const found = rows[0]?.items ?? [];
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  const more = found.length > query.limit && last;
  return {
    rows: shown,
    counts: rows[0]?.counts ?? { all: 0, overdue: 0, dueSoon: 0, done: 0, notStarted: 0, studying: 0 },
    nextCursor: more ? writeCursor(sort, [last.sort_number, last.sort_text, last.person_id]) : null,
  };
}

async function pageByName(ctx: RouteContext<'hours.read'>, summed: SummedSql, query: Query): Promise<Page> {
  const { pool, platform } = ctx;
  const { rows } = await pool.query<{ counts: Counts; items: SummedRow[] }>(
    `${summed.sql}, matching as (
      select * from summed where ${FILTERS[query.filter]} limit ${MOST_SORTED_BY_NAME + 1}
    ), placed as (${withPlaces('matching')})
    select ${COUNTS}, (select coalesce(json_agg(placed), '[]') from placed) as items`,
    [...summed.values],
  );
  const found = rows[0]?.items ?? [];
  if (found.length > MOST_SORTED_BY_NAME) {
    throw new AppError('learning.too_many_to_sort_by_name', { most: MOST_SORTED_BY_NAME });
  }
  const names = await findPersonNames(
    pool,
    platform.keys,
    found.map((row) => row.person_id),
  );
  const named = found
    .map((row) => ({ row, name: names.get(row.person_id)?.name ?? '' }))
    .sort((a, b) => byName.compare(a.name, b.name) || (a.row.person_id < b.row.person_id ? -1 : 1));
  const after = readCursor(query.cursor, 'name');
  const start = after ? named.findIndex(({ row }) => row.person_id === after[2]) + 1 : 0;
  if (after && start === 0) throw new AppError('learning.bad_cursor');
  const shown = named.slice(start, start + query.limit).map(({ row }) => row);
  const last = shown.at(-1);
  return {
    rows: shown,
    counts: rows[0]?.counts ?? { all: 0, overdue: 0, dueSoon: 0, done: 0, notStarted: 0, studying: 0 },
    nextCursor: last && start + query.limit < named.length ? writeCursor('name', [0, '', last.person_id]) : null,
  };
}

/** Lines of people with masked names and numbers. */
export async function presentEmployees(
  db: Queryable,
  keys: KeyRing,
  rows: readonly SummedRow[],
): Promise<EmployeeRow[]> {
  const names = await findPersonNames(
    db,
    keys,
    rows.map((row) => row.person_id),
  );
  return rows.map((row) => ({
    personId: row.person_id,
    nameMasked: names.get(row.person_id)?.nameMasked ?? '—',
    idNumberMasked: names.get(row.person_id)?.idNumberMasked ?? '—',
    post: row.post,
    organisation: { id: row.organisation_id, name: row.organisation_name },
    region: { code: row.region_code, name: row.region_name },
    obligations: row.obligations,
    done: row.done,
    overdue: row.overdue,
    nextDueOn: row.next_due_on,
    requiredSeconds: row.required_seconds,
    creditedSeconds: row.credited_seconds,
    lastStudiedAt: row.last_credited_at === null ? null : new Date(row.last_credited_at).toISOString(),
    studyingNow: row.studying,
  }));
}

type Key = [number: number, text: string, personId: string];

function writeCursor(sort: Query['sort'], key: Key): string {
  return Buffer.from(JSON.stringify([sort, ...key])).toString('base64url');
}

/** The place after which a page begins; refuses a cursor of another order or one that nobody wrote. */
function readCursor(cursor: string | undefined, sort: Query['sort']): Key | undefined {
  if (cursor === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new AppError('learning.bad_cursor');
  }
  if (!Array.isArray(parsed) || parsed.length !== 4 || parsed[0] !== sort) throw new AppError('learning.bad_cursor');
  const [, number, text, personId]: unknown[] = parsed;
  if (typeof number !== 'number' || typeof text !== 'string' || typeof personId !== 'string' || !isUuid(personId)) {
    throw new AppError('learning.bad_cursor');
  }
  return [number, text, personId];
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
