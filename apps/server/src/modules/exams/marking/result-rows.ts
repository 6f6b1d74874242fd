import { createHash } from 'node:crypto';
import { bucketOf, canonicalJson } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';

/** A decision over a paper and its saves. */
export interface ExamResult {
  readonly sittingId: string;
  readonly version: number;
  readonly personId: string;
  readonly ruleSetId: string;
  readonly centipoints: number;
  readonly totalCentipoints: number;
  readonly passCentipoints: number;
  readonly passed: boolean;
  /** Hundredths earned by item. */
  readonly earned: readonly number[];
  /** Versions of questions on the paper that count as right for everybody, in order. */
  readonly accepted: readonly string[];
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAtMs: number;
}

/** SHA-256 of the canonical text of a result, hexadecimal. Results without accepted questions are older than the field. */
export const hashOfResult = ({ accepted, ...result }: ExamResult): string =>
  createHash('sha256')
    .update(canonicalJson(accepted.length === 0 ? { ...result } : { ...result, accepted }))
    .digest('hex');

/** Adds a version of a result. */
export async function insertResult(tx: Tx, result: ExamResult): Promise<void> {
  await tx.query(
    `insert into exam_result (bucket, sitting_id, version, person_id, rule_set_id, centipoints, total_centipoints, pass_centipoints,
       passed, earned, accepted, reason, decided_by, decided_at, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, decode($15, 'hex'))`,
    [
      bucketOf(result.sittingId),
      result.sittingId,
      result.version,
      result.personId,
      result.ruleSetId,
      result.centipoints,
      result.totalCentipoints,
      result.passCentipoints,
      result.passed,
      JSON.stringify(result.earned),
      result.accepted,
      result.reason,
      result.decidedBy,
      new Date(result.decidedAtMs),
      hashOfResult(result),
    ],
  );
}

interface Row {
  version: number;
  person_id: string;
  rule_set_id: string;
  centipoints: number;
  total_centipoints: number;
  pass_centipoints: number;
  passed: boolean;
  earned: string;
  accepted: string[];
  reason: string;
  decided_by: string;
  decided_at: Date;
  hash: string;
}

/** A stored version with the hash that stands beside it, hexadecimal. */
export type StoredResult = ExamResult & { readonly hash: string };

/** What the hash is made of. */
export function withoutHash(stored: StoredResult): ExamResult {
  const { hash: _, ...result } = stored;
  return result;
}

/** Every version of a result, the oldest first. */
export async function readResults(db: Queryable, sittingId: string): Promise<StoredResult[]> {
  const { rows } = await db.query<Row>(
    `select version, person_id, rule_set_id, centipoints, total_centipoints, pass_centipoints, passed, earned, accepted, reason,
       decided_by, decided_at, encode(hash, 'hex') as hash
     from exam_result where bucket = $1 and sitting_id = $2 order by version`,
    [bucketOf(sittingId), sittingId],
  );
  return rows.map((row) => ({
    sittingId,
    version: row.version,
    personId: row.person_id,
    ruleSetId: row.rule_set_id,
    centipoints: row.centipoints,
    totalCentipoints: row.total_centipoints,
    passCentipoints: row.pass_centipoints,
    passed: row.passed,
    earned: JSON.parse(row.earned) as number[],
    accepted: row.accepted,
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAtMs: row.decided_at.getTime(),
    hash: row.hash,
  }));
}

/** The result as it stands: its latest version. */
export const findResult = async (db: Queryable, sittingId: string): Promise<StoredResult | undefined> =>
  (await readResults(db, sittingId)).at(-1);
