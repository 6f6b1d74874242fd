import type { Candidate, Question, QuestionFacts, SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { rowsOf } from './context.ts';
import { factsOf, questionOf, type VersionRow, versionColumns, versionTables } from './version-rows.ts';

export interface CandidateQuery {
  readonly scheme: SchemeCode;
  /** Whose banks are drawn from. */
  readonly organisationId: string;
  /** Only from this one of them. */
  readonly bankId?: string;
  /** Questions for everybody and those for one of these posts; absent: questions of any post. */
  readonly posts?: readonly string[];
  /** China day (YYYY-MM-DD) on which they must be valid. */
  readonly day: string;
  /** Only from banks that are open for practice: a mock exam shows what was asked, so it never asks what formal exams keep. */
  readonly openOnly?: boolean;
}

interface CandidateRow {
  readonly question_id: string;
  readonly version_id: string;
  readonly topic_id: string;
  readonly kind: Candidate['kind'];
  readonly difficulty: Candidate['difficulty'];
  readonly exclusion_group: string | null;
  readonly option_counts: number[];
}

/** Every question that a paper of that day may ask: approved, valid, not retired. In the order of their ids. */
export async function findCandidates(
  db: Queryable,
  { scheme, organisationId, bankId, posts, day, openOnly = false }: CandidateQuery,
): Promise<readonly Candidate[]> {
  const rows = await rowsOf<CandidateRow>(
    db,
    `select q.id as question_id, v.id as version_id, v.topic_id, v.kind, v.difficulty, v.exclusion_group, v.option_counts
     from question_bank b join question q on q.bank_id = b.id join question_version v on v.id = q.active_version_id
     where b.organisation_id = $1 and b.scheme = $2 and (b.open_for_practice or not $5) and q.retired_at is null and v.state = 'approved'
       and v.valid_from <= $3::date and (v.valid_until is null or v.valid_until >= $3::date)
       and ($6::uuid is null or b.id = $6)
       and ($4::text[] is null or v.posts = '{}' or v.posts && $4::text[])
     order by q.id`,
    [organisationId, scheme, day, posts ?? null, openOnly, bankId ?? null],
  );
  return rows.map((row) => ({
    questionId: row.question_id,
    versionId: row.version_id,
    topicId: row.topic_id,
    kind: row.kind,
    difficulty: row.difficulty,
    exclusionGroup: row.exclusion_group,
    optionCounts: row.option_counts,
  }));
}

export interface LoadedVersion {
  readonly questionId: string;
  readonly question: Question;
  readonly facts: QuestionFacts;
}

/** Versions by their ids, whatever state they are in: what a paper asked stays what it was. Unknown ids are left out. */
export async function loadVersions(
  db: Queryable,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, LoadedVersion>> {
  const rows = await rowsOf<VersionRow>(
    db,
    `select ${versionColumns} from ${versionTables} where v.id = any($1::uuid[])`,
    [[...new Set(versionIds)]],
  );
  return new Map(
    rows.map((row) => [row.id, { questionId: row.question_id, question: questionOf(row), facts: factsOf(row) }]),
  );
}
