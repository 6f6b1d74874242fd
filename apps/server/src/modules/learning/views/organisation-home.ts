import type { getOrganisationHome } from '@antu/contract';
import { chinaDateOf } from '@antu/domain';
import type { z } from 'zod';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findOrganisationScope, requireReach } from '../../people/index.ts';
import { presentEmployees } from './list-learner-progress.ts';
import { COUNTS, SORT_KEYS, type SummedRow, summedPeople, withPlaces } from './progress-sql.ts';

type Answer = z.input<(typeof getOrganisationHome)['answer']>;
interface Counts {
  all: number;
  overdue: number;
  dueSoon: number;
  done: number;
  notStarted: number;
  studying: number;
}

/** How many of the most urgent people the to-do list shows by name. */
const URGENT_SHOWN = 8;
const MONTHS_SHOWN = 12;

/** To-do list and coverage of one organisation. */
export async function readOrganisationHome(ctx: RouteContext<'hours.read'>, organisationId: string): Promise<Answer> {
  const { pool, platform, actor } = ctx;
  const scope = await findOrganisationScope(pool, organisationId);
  if (!scope) throw new AppError('people.organisation_not_found');
  requireReach(actor, 'hours.read', scope);
  const nowMs = ctx.nowMs();
  const summed = summedPeople(actor, 'hours.read', platform.keys, { organisationId }, nowMs);
  const { number, text } = SORT_KEYS.urgency;
  const { rows } = await pool.query<{ name: string; counts: Counts; urgent: SummedRow[] }>(
    `${summed.sql}, urgent as (
      select * from summed where overdue > 0 or due_soon > 0
      order by ${number}, ${text}, person_id limit ${URGENT_SHOWN}
    ), placed as (${withPlaces('urgent')})
    select ${COUNTS}, (select name from organisation where id = $${summed.values.length + 1}) as name,
      (select coalesce(json_agg(placed order by ${number}, ${text}, person_id), '[]') from placed) as urgent`,
    [...summed.values, organisationId],
  );
  const counts = rows[0]?.counts ?? { all: 0, overdue: 0, dueSoon: 0, done: 0, notStarted: 0, studying: 0 };
  const urgent = await presentEmployees(pool, platform.keys, rows[0]?.urgent ?? []);
  await recordAudit(pool, ctx, {
    action: 'learning.organisation-home',
    object: { kind: 'organisation', id: organisationId },
    detail: { shown: urgent.length },
  });
  return {
    organisation: { id: organisationId, name: rows[0]?.name ?? '' },
    people: counts.all,
    overdue: counts.overdue,
    dueSoon: counts.dueSoon,
    notStarted: counts.notStarted,
    done: counts.done,
    studyingNow: counts.studying,
    months: await readMonths(pool, organisationId, nowMs),
    urgent,
  };
}

/** The last China months of people now on the roster: what fell due, what was finished by its day, what was credited. */
async function readMonths(db: Queryable, organisationId: string, nowMs: number): Promise<Answer['months']> {
  const months = lastMonths(chinaDateOf(nowMs), MONTHS_SHOWN);
  const { rows } = await db.query<{ month: string; due: number; in_time: number; credited: number }>(
    `with roster as materialized (
      select distinct bucket, person_id from person_affiliation where organisation_id = $1 and to_date is null
    ), fell_due as (
      select to_char(a.due_on, 'YYYY-MM') as month, count(distinct a.person_id)::int as due,
        count(distinct a.person_id) filter (where (c.finished_at at time zone 'Asia/Shanghai')::date <= a.due_on)::int as in_time
      from roster join training_assignment a using (bucket, person_id)
        left join course_version pv on pv.course_id = a.course_id and pv.state = 'published'
        left join course_progress c on c.bucket = a.bucket and c.person_id = a.person_id
          and c.course_version_id = coalesce(a.course_version_id, pv.id)
      where a.due_on >= $2::date and a.due_on < $3::date group by 1
    ), credited as (
      select to_char(l.day, 'YYYY-MM') as month, sum(l.credited_seconds)::int as seconds
      from roster join hour_ledger_entry l using (bucket, person_id) where l.day >= $2::date and l.day < $3::date group by 1
    )
    select month, coalesce(due, 0) as due, coalesce(in_time, 0) as in_time, coalesce(seconds, 0) as credited
    from fell_due full join credited using (month)`,
    [organisationId, `${months[0]}-01`, `${nextMonth(months.at(-1) ?? '')}-01`],
  );
  const found = new Map(rows.map((row) => [row.month, row]));
  return months.map((month) => ({
    month,
    due: found.get(month)?.due ?? 0,
    doneInTime: found.get(month)?.in_time ?? 0,
    creditedSeconds: found.get(month)?.credited ?? 0,
  }));
}

/** Months that end with the one of `day`, oldest first, YYYY-MM. */
function lastMonths(day: string, count: number): string[] {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, back) => monthText(at - count + 1 + back));
}

const nextMonth = (month: string): string => monthText(Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)));
const monthText = (at: number): string => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
