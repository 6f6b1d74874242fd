import type { SessionSummary } from '@antu/contract';
import { type EvidenceRow, lengthOf, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { type LaterSums, nothingLater, readLaterSums } from '../review/session-sums.ts';
import { type JudgedSession, judgeSession, refusedSecondsOf } from './proof/judge-session.ts';
import { readEvidence } from './proof/stored-evidence.ts';

/** A stored session with the names that pages show, and the open beats if it still runs. */
export interface SessionRow {
  bucket: number;
  id: string;
  person_id: string;
  organisation_id: string | null;
  region_code: string | null;
  scheme: SchemeCode;
  rule_set_id: string;
  lesson_version_id: string;
  device_kind: 'phone' | 'tablet' | 'computer';
  device_name: string;
  address: string;
  opened_at: Date;
  course_title_zh: string;
  course_title_en: string | null;
  lesson_title_zh: string;
  lesson_title_en: string | null;
  duration_ms: number;
  position: number;
  /** Packed beats of the segment that no evidence holds yet; null once the session is closed. */
  open_beats: Buffer | null;
}

export const SELECT_SESSION = `
  select s.bucket, s.id, s.person_id, s.organisation_id, s.region_code, s.scheme, s.rule_set_id, s.lesson_version_id,
    s.device_kind, s.device_name, host(s.address) as address, s.opened_at, c.title_zh as course_title_zh,
    c.title_en as course_title_en, l.title_zh as lesson_title_zh, l.title_en as lesson_title_en, coalesce(l.duration_ms, 0) as duration_ms, live.beats as open_beats,
    coalesce((select min(h.position) from course_version_lesson h where h.lesson_version_id = l.id), 1) as position
  from study_session s
    join course c on c.id = s.course_id
    join lesson_version l on l.id = s.lesson_version_id
    left join live_study_session live on live.bucket = s.bucket and live.person_id = s.person_id and live.session_id = s.id`;

/** A session with its evidence and what the rules make of it; `judged` is null when the evidence cannot be replayed. */
export interface JudgedRow {
  readonly row: SessionRow;
  readonly evidence: readonly EvidenceRow[];
  readonly judged: JudgedSession | null;
  /** What later decisions made of it. */
  readonly later: LaterSums;
}

/** Reads the evidence of sessions and what was decided about them later, and replays the evidence. */
export async function judgeSessions(db: Queryable, rows: readonly SessionRow[]): Promise<JudgedRow[]> {
  if (rows.length === 0) return [];
  const [evidence, later] = await Promise.all([readEvidence(db, rows), readLaterSums(db, rows)]);
  return rows.map((row) => {
    const chain = evidence.get(row.id) ?? [];
    const judged = replayOrNull(chain, row.open_beats);
    return { row, evidence: chain, judged, later: later.get(row.id) ?? nothingLater };
  });
}

function replayOrNull(chain: readonly EvidenceRow[], openBeats: Buffer | null): JudgedSession | null {
  try {
    return judgeSession(chain, openBeats);
  } catch (error) {
    // Evidence that was tampered with cannot be replayed; the proof page says so, lists show nothing credited.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The line of a session in lists. */
export function summaryOf({ row, evidence, judged, later }: JudgedRow): SessionSummary {
  const last = evidence.at(-1)?.fact;
  const closed = last?.kind === 'closed' ? last : null;
  return {
    sessionId: row.id,
    openedAt: row.opened_at.toISOString(),
    endedAt: closed && judged ? new Date(judged.untilMs).toISOString() : null,
    endReason: closed ? (judged?.replay.state.ended ?? closed.reason) : null,
    courseTitleZh: row.course_title_zh,
    courseTitleEn: row.course_title_en,
    lessonTitleZh: row.lesson_title_zh,
    lessonTitleEn: row.lesson_title_en,
    scheme: row.scheme,
    deviceKind: row.device_kind,
    deviceName: row.device_name,
    creditedSeconds: judged ? judged.sums.creditedSeconds + later.movedSeconds : 0,
    refusedSeconds: judged ? refusedSecondsOf(judged.sums) + later.deniedSeconds : 0,
    voidedSeconds: later.voidedSeconds,
    awaitingSeconds: later.awaitingSeconds + openAwaitingOf(judged, evidence.length, 'identity'),
    quizSeconds: later.quizSeconds + openAwaitingOf(judged, evidence.length, 'quiz'),
  };
}

/** Seconds of a running session that will wait for a verdict, or for the quiz alone, once their segment is closed. */
function openAwaitingOf(judged: JudgedSession | null, storedRows: number, wanted: 'identity' | 'quiz'): number {
  const open = (judged?.replay.rows ?? [])
    .filter((row) => row.index >= storedRows)
    .flatMap((row) => row.awaiting)
    .filter((one) => (one.checkId === undefined) === (wanted === 'quiz'));
  return open.reduce((sum, one) => sum + lengthOf(one.set), 0) / 1000;
}
