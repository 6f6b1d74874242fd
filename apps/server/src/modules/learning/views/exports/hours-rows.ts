import type { HourDecisionKind, SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../../platform/database/pool.ts';
import { sessionInReach } from '../session-scope.ts';

/** What an export of hours is about. */
export interface HoursSelection {
  readonly organisationId: string;
  /** China days, both included. */
  readonly from: string;
  readonly to: string;
}

export interface HoursRow {
  person_id: string;
  post: string | null;
  organisation_name: string;
  scheme: SchemeCode;
  course_title_zh: string;
  lesson_title_zh: string;
  topic_title_zh: string | null;
  day: string;
  started_at: Date;
  ended_at: Date;
  credited_seconds: number;
  rule_set_id: string;
  session_id: string;
  evidence_index: number;
  hash: string;
  /** The later decision that took back or added these seconds, with its reason; null for study. */
  decision_kind: HourDecisionKind | null;
  decision_reason: string | null;
}

/** Everybody who ever was on the roster, and of them the hours of sessions that belong to the organisation. */
const FROM_HOURS = `
  from hour_ledger_entry e
    join study_session s on s.bucket = e.bucket and s.id = e.session_id
    join course c on c.id = s.course_id
    join lesson_version l on l.id = e.lesson_version_id
    left join syllabus_topic t on t.id = e.topic_id
    left join hour_decision d on d.bucket = e.bucket and d.id = e.decision_id
  where e.day between $1::date and $2::date`;

const reachOfOrganisation = (organisationId: string) => ({
  everywhere: false,
  self: false,
  organisationIds: [organisationId],
  regionPaths: [],
});

/** Persons of an export in the order of its rows. */
export async function findHoursPeople(
  db: Queryable,
  { organisationId }: HoursSelection,
): Promise<{ bucket: number; id: string; post: string | null }[]> {
  const { rows } = await db.query<{ bucket: number; id: string; post: string | null }>(
    `select distinct on (bucket, person_id) bucket, person_id as id, post from person_affiliation
     where organisation_id = $1 order by bucket, person_id, to_date nulls first, from_date desc`,
    [organisationId],
  );
  return rows;
}

/** Number of rows that an export will have. */
export async function countHours(db: Queryable, selection: HoursSelection): Promise<number> {
  const reached = sessionInReach(reachOfOrganisation(selection.organisationId), 3);
  const { rows } = await db.query<{ total: number }>(
    `select count(*) as total ${FROM_HOURS} and ${reached.sql} and (e.bucket, e.person_id) in (
       select bucket, person_id from person_affiliation where organisation_id = $${3 + reached.values.length})`,
    [selection.from, selection.to, ...reached.values, selection.organisationId],
  );
  return rows[0]?.total ?? 0;
}

/** Credited hours of some people, by person and session, each with what was decided about it later. */
export async function readHours(
  db: Queryable,
  selection: HoursSelection,
  people: readonly { bucket: number; id: string }[],
): Promise<HoursRow[]> {
  const reached = sessionInReach(reachOfOrganisation(selection.organisationId), 3);
  const first = 3 + reached.values.length;
  const { rows } = await db.query<HoursRow>(
    `select e.person_id, null as post, coalesce(o.name, '') as organisation_name, e.scheme, c.title_zh as course_title_zh,
       l.title_zh as lesson_title_zh, t.title_zh as topic_title_zh, e.day, e.started_at, e.ended_at, e.credited_seconds,
       e.rule_set_id, e.session_id, e.evidence_index, encode(e.hash, 'hex') as hash, d.kind as decision_kind,
       d.reason as decision_reason
     ${FROM_HOURS.replace('where e.day', 'left join organisation o on o.id = s.organisation_id where e.day')} and ${reached.sql}
       and (e.bucket, e.person_id) in (select * from unnest($${first}::smallint[], $${first + 1}::uuid[]))
     order by e.bucket, e.person_id, e.session_id, e.decision_id is not null, e.started_at, e.id`,
    [selection.from, selection.to, ...reached.values, people.map((one) => one.bucket), people.map((one) => one.id)],
  );
  return rows;
}
