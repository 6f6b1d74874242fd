import type { PaperItem, SavedAnswers, SittingStateName } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { readResults, type StoredResult } from '../marking/result-rows.ts';
import { readSaves } from '../sittings/read-answers.ts';
import type { FrozenPaper } from '../sittings/freeze-paper.ts';

/** A frozen paper with the hash that stands beside it, hexadecimal. */
export type StoredPaper = FrozenPaper & { readonly hash: string; readonly parsed: readonly PaperItem[] };

/** Everything that stands about one sitting. */
export interface SittingRecords {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'formal' | 'mock';
  readonly examId: string | null;
  readonly ruleSetId: string;
  readonly state: SittingStateName;
  readonly endsAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly graceSeconds: number;
  /** When more time was given last; null = never. */
  readonly extendedAtMs: number | null;
  /** Who sat there is not known yet: it is not marked before that. */
  readonly awaitsIdentity: boolean;
  readonly paper: StoredPaper | undefined;
  readonly saves: readonly SavedAnswers[];
  readonly results: readonly StoredResult[];
  /** Questions that count for everybody in its exam, with the moment of the decision. */
  readonly accepted: ReadonlyMap<string, number>;
  /** A granted appeal of somebody else still waits to be taken into account. */
  readonly isRemarkDue: boolean;
}

interface Row {
  id: string;
  person_id: string;
  kind: 'formal' | 'mock';
  exam_id: string | null;
  rule_set_id: string;
  state: SittingStateName;
  ends_at: Date | null;
  ended_at: Date | null;
  grace_seconds: number;
  extended_at: Date | null;
  is_remark_due: boolean;
  awaits_identity: boolean;
}

export interface SittingFilter {
  readonly sittingId?: string | undefined;
  readonly examId?: string | undefined;
}

/** A page of the sittings of a bucket, in order of their ids. */
export async function readSittings(
  db: Queryable,
  bucket: number,
  { afterId, limit, sittingId, examId }: SittingFilter & { afterId: string; limit: number },
): Promise<SittingRecords[]> {
  const { rows } = await db.query<Row>(
    `select s.id, s.person_id, s.kind, s.exam_id, s.rule_set_id, s.state, s.ends_at, s.ended_at, s.grace_seconds,
       s.identity_awaits <> '{}' as awaits_identity,
       (select max(v.received_at) from exam_event v where v.bucket = s.bucket and v.sitting_id = s.id and v.kind = 'extended') as extended_at,
       exists (select from exam_remark_due d where d.bucket = s.bucket and d.sitting_id = s.id) as is_remark_due
     from exam_sitting s
     where s.bucket = $1 and s.id > $2 and ($3::uuid is null or s.id = $3) and ($4::uuid is null or s.exam_id = $4)
     order by s.id limit $5`,
    [bucket, afterId, sittingId ?? null, examId ?? null, limit],
  );
  const records: SittingRecords[] = [];
  // One connection sees one moment: the reads take turns.
  for (const row of rows) {
    records.push({
      id: row.id,
      personId: row.person_id,
      kind: row.kind,
      examId: row.exam_id,
      ruleSetId: row.rule_set_id,
      state: row.state,
      endsAtMs: row.ends_at?.getTime() ?? null,
      endedAtMs: row.ended_at?.getTime() ?? null,
      graceSeconds: row.grace_seconds,
      extendedAtMs: row.extended_at?.getTime() ?? null,
      isRemarkDue: row.is_remark_due,
      awaitsIdentity: row.awaits_identity,
      paper: await readPaper(db, bucket, row.id),
      saves: await readSaves(db, row.id),
      results: await readResults(db, row.id),
      accepted: await readAcceptedAt(db, row.exam_id),
    });
  }
  return records;
}

interface PaperRow {
  seed: string;
  asked: string;
  items: string;
  question_count: number;
  centipoints: number;
  frozen_at: Date;
  hash: string;
}

async function readPaper(db: Queryable, bucket: number, sittingId: string): Promise<StoredPaper | undefined> {
  const { rows } = await db.query<PaperRow>(
    `select seed, asked, items, question_count, centipoints, frozen_at, encode(hash, 'hex') as hash
     from exam_paper where bucket = $1 and sitting_id = $2`,
    [bucket, sittingId],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    sittingId,
    seed: row.seed,
    asked: row.asked,
    items: row.items,
    parsed: parseItems(row.items),
    questionCount: row.question_count,
    centipoints: row.centipoints,
    frozenAt: row.frozen_at,
    hash: row.hash,
  };
}

/** None where the text is no list any more: the hash tells. */
function parseItems(text: string): PaperItem[] {
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items) ? items : [];
  } catch {
    return [];
  }
}

async function readAcceptedAt(db: Queryable, examId: string | null): Promise<Map<string, number>> {
  if (examId === null) return new Map();
  const { rows } = await db.query<{ id: string; decided_at: Date }>(
    'select question_version_id as id, decided_at from exam_accepted_question where exam_id = $1',
    [examId],
  );
  return new Map(rows.map(({ id, decided_at }) => [id, decided_at.getTime()]));
}

/** Papers, saves and results of a bucket whose sitting is gone. */
export async function findOrphans(db: Queryable, bucket: number): Promise<{ table: string; sittingId: string }[]> {
  const { rows } = await db.query<{ table: string; sittingId: string }>(
    `select distinct o.t as "table", o.sitting_id as "sittingId" from (
       select 'exam_paper' as t, sitting_id from exam_paper where bucket = $1
       union all select 'exam_save', sitting_id from exam_save where bucket = $1
       union all select 'exam_result', sitting_id from exam_result where bucket = $1) o
     where not exists (select from exam_sitting s where s.bucket = $1 and s.id = o.sitting_id) order by 1, 2`,
    [bucket],
  );
  return rows;
}
