import type { Appeal } from '@antu/contract';
import type { Queryable } from '../../../platform/database/pool.ts';

/** A stored appeal. */
export interface AppealRow {
  bucket: number;
  id: string;
  person_id: string;
  session_id: string;
  text: string;
  at: Date;
  state: Appeal['state'];
  answer: string | null;
  answered_at: Date | null;
}

export const SELECT_APPEAL =
  'select bucket, id, person_id, session_id, text, at, state, answer, answered_at from study_appeal';

/** Appeals about one session, the oldest first. */
export async function findAppeals(db: Queryable, session: { bucket: number; id: string }): Promise<AppealRow[]> {
  const { rows } = await db.query<AppealRow>(`${SELECT_APPEAL} where bucket = $1 and session_id = $2 order by id`, [
    session.bucket,
    session.id,
  ]);
  return rows;
}

export function presentAppeal(row: AppealRow): Appeal {
  return {
    id: row.id,
    sessionId: row.session_id,
    text: row.text,
    at: row.at.toISOString(),
    state: row.state,
    answer: row.answer,
    answeredAt: row.answered_at?.toISOString() ?? null,
  };
}
