import { type EvidenceRow, GENESIS_HASH } from '@antu/domain';
import type { Queryable } from '../../../../platform/database/pool.ts';
import { columnsToFact, evidenceColumns, hashEvidence, type StoredEvidence } from '../../evidence-rows.ts';

/** The evidence of sessions as it is stored, in order, each row with the hash of the row before it, by session. */
export async function readEvidence(
  db: Queryable,
  sessions: readonly { bucket: number; id: string }[],
): Promise<Map<string, EvidenceRow[]>> {
  const { rows } = await db.query<StoredEvidence>(
    `select ${evidenceColumns}
     from study_evidence e
     join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, session_id) on e.bucket = wanted.bucket and e.session_id = wanted.session_id
     join study_session s on s.bucket = e.bucket and s.id = e.session_id
     order by e.session_id, e.index`,
    [sessions.map((one) => one.bucket), sessions.map((one) => one.id)],
  );
  const bySession = new Map<string, EvidenceRow[]>(sessions.map((one) => [one.id, []]));
  for (const row of rows) {
    const chain = bySession.get(row.session_id);
    chain?.push({
      sessionId: row.session_id,
      index: row.index,
      recordedAtMs: row.recorded_at.getTime(),
      fact: columnsToFact(row),
      previousHash: chain.at(-1)?.hash ?? GENESIS_HASH,
      hash: row.hash.toString('hex'),
    });
  }
  return bySession;
}

/** Place of the first row that is missing, out of place or whose SHA-256 differs; null when the chain holds. */
export function findBrokenRow(rows: readonly EvidenceRow[]): number | null {
  let previousHash = GENESIS_HASH;
  for (const [at, row] of rows.entries()) {
    if (row.index !== at || hashEvidence({ ...row, previousHash }) !== row.hash) return at;
    previousHash = row.hash;
  }
  return null;
}
