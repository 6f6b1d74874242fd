import type { archiveOutcomes } from '@antu/contract';
import { type ArchiveKind, bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';

/** Something that happened, as it stands in the tables of its module. */
export interface ArchiveRow {
  readonly id: string;
  readonly kind: ArchiveKind;
  readonly at: Date;
  readonly title_zh: string;
  readonly title_en: string;
  readonly scheme: string | null;
  /** Region at the time; null: that of the person. */
  readonly region_code: string | null;
  readonly body_id: string | null;
  readonly employer_id: string | null;
  readonly credited_seconds: number | null;
  readonly outcome: (typeof archiveOutcomes)[number];
}

const STUDY = `
  select s.id, 'study' as kind, s.opened_at as at, c.title_zh || ' · ' || l.title_zh as title_zh,
    coalesce(c.title_en, c.title_zh) || ' · ' || coalesce(l.title_en, l.title_zh) as title_en, s.scheme, s.region_code,
    c.organisation_id as body_id, s.organisation_id as employer_id,
    coalesce((select sum(h.credited_seconds) from hour_ledger_entry h
      where h.bucket = s.bucket and h.person_id = s.person_id and h.session_id = s.id), 0)::int as credited_seconds, 'none' as outcome
  from study_session s join course c on c.id = s.course_id join lesson_version l on l.id = s.lesson_version_id
  where s.bucket = $1 and s.person_id = $2`;

const METHODS = `case k.method when 'face' then '本人验证（人脸）' when 'on-site' then '本人验证（现场确认）' else '本人验证（复核）' end`;
const METHODS_EN = `case k.method when 'face' then 'Identity check by face' when 'on-site' then 'Identity check on site' else 'Identity check by review' end`;
const CHECKS = `
  select k.id, 'check', k.decided_at, ${METHODS}, ${METHODS_EN}, k.scheme, s.region_code, c.organisation_id, s.organisation_id,
    null, k.outcome
  from identity_check k
    left join study_session s on s.bucket = k.bucket and s.id = k.session_id
    left join course c on c.id = s.course_id
  where k.bucket = $1 and k.person_id = $2`;

const QUIZZES = `
  select q.id, 'quiz', q.started_at, c.title_zh || ' · ' || l.title_zh,
    coalesce(c.title_en, c.title_zh) || ' · ' || coalesce(l.title_en, l.title_zh), c.scheme, null, c.organisation_id, null, null,
    case when q.passed is null then 'pending' when q.passed then 'passed' else 'failed' end
  from quiz_attempt q join quiz_round r on r.bucket = q.bucket and r.id = q.round_id
    join course c on c.id = r.course_id join lesson_version l on l.id = r.lesson_version_id
  where q.bucket = $1 and q.person_id = $2`;

/** Started exams only, with the newest of their results. */
const EXAMS = `
  select x.id, 'exam', x.started_at, x.title_zh, x.title_zh, e.scheme, coalesce(x.region_code, e.region_code), e.organisation_id,
    x.organisation_id, null,
    case when x.state = 'voided' then 'voided' when r.passed is null then 'pending' when r.passed then 'passed' else 'failed' end
  from exam_sitting x join exam e on e.id = x.exam_id
    left join lateral (select passed from exam_result r where r.bucket = x.bucket and r.sitting_id = x.id
      order by r.version desc limit 1) r on true
  where x.bucket = $1 and x.person_id = $2 and x.started_at is not null`;

/** Hiring and enrolment, on their first day, China time. */
const EMPLOYMENT = `
  select a.id, 'employment', a.from_date::timestamp at time zone 'Asia/Shanghai',
    case a.kind when 'employed' then '入职' else '报名参加培训' end || ' · ' || o.name,
    case a.kind when 'employed' then 'Employed' else 'Enrolled' end || ' · ' || o.name, null, o.region_code,
    case a.kind when 'enrolled' then o.id end, case a.kind when 'employed' then o.id end, null,
    case when a.to_date is null then 'in-force' else 'ended' end
  from person_affiliation a join organisation o on o.id = a.organisation_id
  where a.bucket = $1 and a.person_id = $2`;

/** Everything but documents, which their own module opens, the newest first. */
export async function readArchiveRows(db: Queryable, personId: string): Promise<ArchiveRow[]> {
  const { rows } = await db.query<ArchiveRow>(
    `${[STUDY, CHECKS, QUIZZES, EXAMS, EMPLOYMENT].join(' union all ')} order by at desc, id desc`,
    [bucketOf(personId), personId],
  );
  return rows;
}

export async function readOrganisationNames(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>(
    'select id, name from organisation where id = any($1::uuid[])',
    [[...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

interface EmploymentRow {
  readonly organisationId: string;
  readonly from: string;
  readonly to: string | null;
}

/** When the person worked for whom. */
export async function readEmployments(db: Queryable, personId: string): Promise<EmploymentRow[]> {
  const { rows } = await db.query<EmploymentRow>(
    `select organisation_id as "organisationId", from_date as "from", to_date as "to" from person_affiliation
     where bucket = $1 and person_id = $2 and kind = 'employed'`,
    [bucketOf(personId), personId],
  );
  return rows;
}
