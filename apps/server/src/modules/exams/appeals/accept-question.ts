import type { Queryable, Tx } from '../../../platform/database/pool.ts';

interface Doubted {
  readonly exam_id: string;
  readonly sitting_id: string;
  readonly versionId: string;
}

/** Other sittings of the exam `$1` that had the version `$2` on their paper. */
const OTHERS = `exam_sitting s join exam_paper p on p.bucket = s.bucket and p.sitting_id = s.id
  where s.exam_id = $1 and s.id <> $3 and s.state <> 'voided' and position('"' || $2::text || '"' in p.items) > 0`;

/** Others who had the same version in the exam. */
export async function countTouched(db: Queryable, { exam_id, sitting_id, versionId }: Doubted): Promise<number> {
  const { rows } = await db.query<{ touched: number }>(`select count(*)::int as touched from ${OTHERS}`, [
    exam_id,
    versionId,
    sitting_id,
  ]);
  return rows[0]?.touched ?? 0;
}

/** Questions that count as right for everybody in an exam. */
export async function readAccepted(db: Queryable, examId: string | null): Promise<ReadonlySet<string>> {
  if (examId === null) return new Set();
  const { rows } = await db.query<{ id: string }>(
    'select question_version_id as id from exam_accepted_question where exam_id = $1',
    [examId],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Counts a question as right for everybody in the exam from now on, and notes the other sittings that have to be marked again.
 * Also those that are not marked yet: whoever is marking one just now may not see this.
 * @returns how many others; 0 when it counted already
 */
export async function acceptQuestion(
  tx: Tx,
  doubted: Doubted,
  { appealId, decidedBy, at }: { appealId: string; decidedBy: string; at: Date },
): Promise<number> {
  const { exam_id, sitting_id, versionId } = doubted;
  const { rowCount } = await tx.query(
    `insert into exam_accepted_question (exam_id, question_version_id, appeal_id, decided_by, decided_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [exam_id, versionId, appealId, decidedBy, at],
  );
  if (rowCount !== 1) return 0;
  const due = await tx.query(
    `insert into exam_remark_due (bucket, sitting_id, appeal_id) select s.bucket, s.id, $4 from ${OTHERS}`,
    [exam_id, versionId, sitting_id, appealId],
  );
  return due.rowCount ?? 0;
}

/** Who decided that a question of an exam counts, by the appeal that led to it. */
export async function findDecider(db: Queryable, appealId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ decided_by: string }>(
    'select decided_by from exam_accepted_question where appeal_id = $1',
    [appealId],
  );
  return rows[0]?.decided_by;
}
