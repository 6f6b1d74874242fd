import type { LessonProgress } from '@antu/contract';
import {
  bucketOf,
  creditableSecondsOf,
  creditedSecondsOf,
  type Interval,
  lengthOf,
  resumePointOf,
  subtract,
  unite,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { parseState } from '../live-session.ts';
import { quizKeeper } from '../quiz-gate.ts';
import { findWaitingForQuiz } from '../review/index.ts';

/** A lesson of a course version with what one person's ledger holds of it. */
export interface LessonRow {
  version_id: string;
  lesson_version_id: string;
  position: number;
  kind: 'video' | 'document';
  title_zh: string;
  title_en: string | null;
  topic_title_zh: string | null;
  topic_title_en: string | null;
  duration_ms: number | null;
  media_id: string | null;
  poster_key: string | null;
  credited_seconds: number | null;
  /** Whole seconds, `{[0,30),[60,90)}`. */
  viewed: string | null;
  /** State of the person's session in this lesson; null unless one runs. */
  running_state: string | null;
}

/** A lesson with what waits for its quiz, ms; null: it has none that the person has still to pass. */
export type LessonWithQuiz = LessonRow & { readonly waiting: readonly Interval[] | null };

/** Lessons of course versions in their order, by version. */
export async function readLessons(
  db: Queryable,
  personId: string,
  versionIds: readonly string[],
): Promise<Map<string, LessonWithQuiz[]>> {
  const { rows } = await db.query<LessonRow>(
    `select h.course_version_id as version_id, l.id as lesson_version_id, h.position, l.kind, l.title_zh, l.title_en,
       t.title_zh as topic_title_zh, t.title_en as topic_title_en, l.duration_ms, l.media_id, m.poster_key, p.credited_seconds, p.viewed::text as viewed,
       live.state as running_state
     from course_version_lesson h
       join lesson_version l on l.id = h.lesson_version_id
       left join syllabus_topic t on t.id = l.topic_id
       left join media_asset m on m.id = l.media_id
       left join lesson_progress p on p.bucket = $1 and p.person_id = $2 and p.lesson_version_id = l.id
       left join live_study_session live on live.bucket = $1 and live.person_id = $2 and live.lesson_version_id = l.id
     where h.course_version_id = any($3::uuid[]) order by h.course_version_id, h.position`,
    [bucketOf(personId), personId, versionIds],
  );
  const withQuiz = await addQuizzes(db, personId, rows);
  return Map.groupBy(withQuiz, (row) => row.version_id);
}

async function addQuizzes(db: Queryable, personId: string, rows: readonly LessonRow[]): Promise<LessonWithQuiz[]> {
  const ids = rows.map((row) => row.lesson_version_id);
  const toPass = await quizKeeper().lessonsToPass(db, personId, ids);
  const waiting = toPass.size === 0 ? undefined : await findWaitingForQuiz(db, personId, [...toPass]);
  const inMs = (set: readonly Interval[]) => set.map(({ from, to }) => ({ from: from * 1000, to: to * 1000 }));
  return rows.map((row) => ({
    ...row,
    waiting: toPass.has(row.lesson_version_id) ? inMs(waiting?.get(row.lesson_version_id) ?? []) : null,
  }));
}

/** What the learner sees of a lesson: the ledger and what a running session adds. Finished is what the ledger says. */
export function presentLesson(row: LessonWithQuiz): LessonProgress {
  const creditableSeconds = creditableSecondsOf(row.duration_ms ?? 0);
  const finished = (row.credited_seconds ?? 0) >= creditableSeconds;
  const running = row.running_state === null ? null : parseState(row.running_state);
  const inLedger = viewedOf(row.viewed);
  const viewed = unite(inLedger, row.waiting ?? [], running ? [...running.confirmed, ...running.pending] : []);
  const shownSeconds = Math.max(row.credited_seconds ?? 0, running ? creditedSecondsOf(running) : 0);
  // A running session shows what waits for the quiz as viewed.
  const creditedSeconds = running?.quiz ? lengthOf(inLedger) / 1000 : shownSeconds;
  const waitingSeconds = lengthOf(subtract(row.waiting ?? [], inLedger)) / 1000;
  const quizSeconds =
    row.waiting === null || finished ? null : Math.max(waitingSeconds, shownSeconds - creditedSeconds);
  const isViewed = quizSeconds !== null && creditedSeconds + quizSeconds >= creditableSeconds;
  const isBegun = creditedSeconds + (quizSeconds ?? 0) > 0;
  return {
    lessonVersionId: row.lesson_version_id,
    position: row.position,
    kind: row.kind,
    titleZh: row.title_zh,
    titleEn: row.title_en,
    topicTitleZh: row.topic_title_zh,
    topicTitleEn: row.topic_title_en,
    state: finished ? 'finished' : isViewed ? 'awaiting-quiz' : isBegun ? 'learning' : 'not-started',
    creditedSeconds,
    quizSeconds,
    creditableSeconds,
    resumeAtMs: finished || isViewed ? 0 : resumePointOf(viewed),
    posterUrl: posterUrlOf(row),
  };
}

/** A range set of whole seconds as the database writes it, in milliseconds. */
export function viewedOf(text: string | null): { from: number; to: number }[] {
  const ranges = [...(text ?? '').matchAll(/\[(\d+),(\d+)\)/g)];
  return unite(ranges.map(([, from, to]) => ({ from: Number(from) * 1000, to: Number(to) * 1000 })));
}

/** The files route takes the path within the folder of the transcoded files. */
function posterUrlOf({ media_id, poster_key }: LessonRow): string | null {
  if (media_id === null || poster_key === null) return null;
  return `/api/media/${media_id}/files/${poster_key.slice(poster_key.lastIndexOf('/hls/') + '/hls/'.length)}`;
}
