import type { ReviewCase } from '@antu/contract';
import type { SchemeCode, ScoredReason } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import { findPersonNames } from '../../people/index.ts';

/** A case with what its line shows besides. */
export interface CaseRow {
  bucket: number;
  id: string;
  person_id: string;
  session_id: string;
  organisation_name: string | null;
  region_code: string | null;
  region_name: string | null;
  course_title_zh: string;
  lesson_title_zh: string;
  scheme: SchemeCode;
  opened_at: Date;
  credited_seconds: number;
  score: number;
  reasons: string;
  state: ReviewCase['state'];
  has_open_appeal: boolean;
  decided_at: Date | null;
}

/** What `review_case.reasons` holds. */
export interface StoredReasons {
  /** Rule set of suspicion; null for a case that only an appeal made. */
  readonly ruleSetId: string | null;
  readonly reasons: readonly StoredReason[];
}
export type StoredReason = ScoredReason & {
  /** Other sessions that the sign is about. */
  readonly sessionIds?: readonly string[];
};

export const SELECT_CASE = `
  select c.bucket, c.id, c.person_id, c.session_id, o.name as organisation_name, c.region_code, r.name as region_name,
    course.title_zh as course_title_zh, l.title_zh as lesson_title_zh, s.scheme, s.opened_at, c.score, c.reasons, c.state,
    c.has_open_appeal, c.decided_at,
    coalesce((select sum(e.credited_seconds) from hour_ledger_entry e
      where e.bucket = c.bucket and e.person_id = c.person_id and e.session_id = c.session_id), 0)::int as credited_seconds
  from review_case c
    join study_session s on s.bucket = c.bucket and s.id = c.session_id
    join course on course.id = s.course_id
    join lesson_version l on l.id = s.lesson_version_id
    left join organisation o on o.id = c.organisation_id
    left join region r on r.code = c.region_code`;

/** Lines of cases with masked names, without the other sessions that reasons are about. */
export async function presentCases(
  { keys }: Pick<Platform, 'keys'>,
  db: Queryable,
  rows: readonly CaseRow[],
): Promise<ReviewCase[]> {
  const names = await findPersonNames(
    db,
    keys,
    rows.map((row) => row.person_id),
  );
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    personId: row.person_id,
    nameMasked: names.get(row.person_id)?.nameMasked ?? '—',
    idNumberMasked: names.get(row.person_id)?.idNumberMasked ?? '—',
    organisationName: row.organisation_name,
    regionName: row.region_name,
    courseTitleZh: row.course_title_zh,
    lessonTitleZh: row.lesson_title_zh,
    scheme: row.scheme,
    openedAt: row.opened_at.toISOString(),
    creditedSeconds: row.credited_seconds,
    score: row.score,
    reasons: parseReasons(row.reasons).reasons.map(({ reason, points, zh, en }) => {
      return { reason, points, zh, en, sessions: [] };
    }),
    state: row.state,
    hasOpenAppeal: row.has_open_appeal,
  }));
}

/** The reasons of a stored case. */
export function parseReasons(text: string): StoredReasons {
  // Written by this module only.
  return JSON.parse(text) as StoredReasons;
}
