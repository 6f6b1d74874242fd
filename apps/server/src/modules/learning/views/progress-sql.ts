import type { Permission } from '@antu/contract';
import { checkIdNumber, chinaDateOf, DUE_SOON_DAYS } from '@antu/domain';
import type { KeyRing } from '../../../platform/crypto/key-ring.ts';
import type { Actor } from '../../../platform/http/actor.ts';
import {
  idNumberIndex,
  nameIndex,
  organisationInReach,
  personBucketOf,
  personInReach,
  scopeOf,
} from '../../people/index.ts';
import { regionPrefixOf } from './session-scope.ts';

/** Which people a list is about. */
export interface RosterFilter {
  readonly organisationId?: string | undefined;
  readonly region?: string | undefined;
  /** Whole name or ID number. */
  readonly q?: string | undefined;
}

/** The start of a statement, ending after the CTE `summed`, with the values of its parameters. */
export interface SummedSql {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** One line per person of `summed`. */
export interface SummedRow {
  person_id: string;
  post: string | null;
  organisation_id: string;
  organisation_name: string;
  region_code: string;
  region_name: string;
  obligations: number;
  done: number;
  overdue: number;
  due_soon: number;
  next_due_on: string | null;
  required_seconds: number;
  credited_seconds: number;
  last_credited_at: string | null;
  studying: boolean;
}

/** Conditions over `summed`; a person who is overdue is not counted as due soon as well. */
export const FILTERS = {
  all: 'true',
  overdue: 'overdue > 0',
  'due-soon': 'overdue = 0 and due_soon > 0',
  done: 'obligations > 0 and done = obligations',
  'not-started': 'obligations > done and open_credited_seconds = 0',
  studying: 'studying',
} as const;
export type ProgressFilter = keyof typeof FILTERS;

/** A number and a text by which a list runs, ties broken by the person. */
export const SORT_KEYS = {
  urgency: {
    number: `case when overdue > 0 then 0 when due_soon > 0 then 1 when obligations > done then 2 when obligations > 0 then 3 else 4 end`,
    text: `coalesce(next_due_on::text, '9999')`,
  },
  credited: { number: '-credited_seconds', text: `''` },
  'last-studied': { number: 'coalesce(-extract(epoch from last_credited_at), 0)', text: `''` },
} as const;

/**
 * Names of the place where each person of `people` works: organisation and region. Joined last, for the lines that are
 * shown and not for everybody who is counted.
 */
export const withPlaces = (people: string): string => `
  select ${people}.*, roster.post, place.id as organisation_id, place.name as organisation_name, place.region_code,
    region.name as region_name
  from ${people} join roster on roster.person_id = ${people}.person_id
    join organisation place on place.id = roster.organisation_id join region on region.code = place.region_code`;

/**
 * One row per person within the actor's reach, with sums over everything the person owes. Sums come from course_progress,
 * so 50,000 people cost one pass over their assignments and not over their lessons. Shape matters here
 * (docs/benchmarks.md): left joins from the roster let the planner know how many rows there are, so that it hashes for
 * many people and looks up for few; the bucket beside the person would otherwise make it expect a 64th of them.
 */
export function summedPeople(
  actor: Actor,
  permission: Permission,
  keys: KeyRing,
  filter: RosterFilter,
  nowMs: number,
): SummedSql {
  const values: unknown[] = [chinaDateOf(nowMs), chinaDateOf(nowMs + DUE_SOON_DAYS * 86_400_000)];
  const reach = scopeOf(actor, permission);
  const conditions = ['ra.to_date is null'];
  const joins = new Set<string>();
  const add = (...more: unknown[]): void => void values.push(...more);
  const next = (): number => values.length + 1;

  const own = organisationInReach(reach, 'ra.organisation_id', next());
  add(...own.values);
  if (reach.regionPaths.length === 0) conditions.push(own.sql);
  else {
    const persons = personInReach({ ...reach, self: false }, 'p', next());
    add(...persons.values);
    conditions.push(persons.sql);
    joins.add(PERSON);
  }
  if (filter.organisationId !== undefined) {
    conditions.push(`ra.organisation_id = $${next()}::uuid`);
    add(filter.organisationId);
  }
  if (filter.region !== undefined) {
    conditions.push(`(p.region_code like $${next()} or o.region_code like $${next()})`);
    joins.add(PERSON).add(ORGANISATION);
    add(`${regionPrefixOf(filter.region)}%`);
  }
  const q = filter.q?.trim() ?? '';
  if (q !== '') {
    joins.add(PERSON);
    const checked = checkIdNumber(q);
    if (checked.valid) {
      conditions.push(`p.bucket = $${next()} and p.id_number_index = $${next() + 1}`);
      add(personBucketOf(keys, checked.normalised), idNumberIndex(keys, checked.normalised));
    } else {
      conditions.push(`p.name_index = $${next()}`);
      add(nameIndex(keys, q));
    }
  }
  return { sql: summedSql([...joins].join(' '), conditions.join(' and '), own.sql), values };
}

const PERSON = 'join person p on p.bucket = ra.bucket and p.id = ra.person_id';
const ORGANISATION = 'join organisation o on o.id = ra.organisation_id';

function summedSql(joins: string, condition: string, ownOrganisation: string): string {
  return `
  with roster as materialized (
    select distinct on (ra.person_id) ra.bucket, ra.person_id, ra.post, ra.organisation_id
    from person_affiliation ra ${joins} where ${condition}
    order by ra.person_id, (${ownOrganisation}) desc, ra.kind, ra.from_date desc
  ), published as materialized (
    select course_id, id from course_version where state = 'published'
  ), required as materialized (
    select h.course_version_id, coalesce(sum(l.duration_ms / 1000), 0)::int as seconds
    from course_version_lesson h join lesson_version l on l.id = h.lesson_version_id group by h.course_version_id
  ), owed as (
    select roster.bucket, roster.person_id, a.due_on, r.seconds as required, coalesce(c.credited_seconds, 0) as credited,
      c.last_credited_at, coalesce(c.credited_seconds, 0) >= r.seconds as is_done
    from roster
      left join training_assignment a on a.bucket = roster.bucket and a.person_id = roster.person_id
      left join published on published.course_id = a.course_id
      left join required r on r.course_version_id = coalesce(a.course_version_id, published.id)
      left join course_progress c on c.bucket = a.bucket and c.person_id = a.person_id and c.course_version_id = r.course_version_id
  ), sums as (
    select bucket, person_id, count(required)::int as obligations, count(*) filter (where is_done)::int as done,
      count(*) filter (where not is_done and due_on < $1::date)::int as overdue,
      count(*) filter (where not is_done and due_on between $1::date and $2::date)::int as due_soon,
      min(due_on) filter (where not is_done) as next_due_on, coalesce(sum(required), 0)::int as required_seconds,
      coalesce(sum(least(credited, required)), 0)::int as credited_seconds,
      coalesce(sum(credited) filter (where not is_done), 0)::int as open_credited_seconds, max(last_credited_at) as last_credited_at
    from owed group by bucket, person_id
  ), summed as materialized (
    select sums.*, live.session_id is not null as studying
    from sums left join live_study_session live on live.bucket = sums.bucket and live.person_id = sums.person_id
  )`;
}

/** Exact numbers of people per filter, as one JSON column `counts`. */
export const COUNTS = `(select json_build_object('all', count(*), 'overdue', count(*) filter (where ${FILTERS.overdue}),
  'dueSoon', count(*) filter (where ${FILTERS['due-soon']}), 'done', count(*) filter (where ${FILTERS.done}),
  'notStarted', count(*) filter (where ${FILTERS['not-started']}), 'studying', count(*) filter (where ${FILTERS.studying}))
  from summed) as counts`;
