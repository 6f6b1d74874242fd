import { missingWords, type MissingItemView } from '@antu/contract';
import { findMissing, findQuizMissing, type LessonFacts, type MissingItem } from '@antu/domain';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { type CourseRow, type LessonRow, listLessonRows, listTopics } from './queries.ts';
import { quizInspector } from './quiz-port.ts';

/** Refuses a version with the list of all that is missing (`courses.not_ready`). */
export async function requireReady(tx: Tx, course: CourseRow, versionId: string, now: Date): Promise<void> {
  const lessons = await listLessonRows(tx, [versionId]);
  const topics = await listTopics(tx, [course.syllabus_id]);
  const missing = [
    ...findMissing(
      lessons.map(lessonFacts),
      topics.map(({ id }) => id),
    ),
    ...(await findQuizzesMissing(tx, course, lessons, now)),
  ];
  if (missing.length > 0) throw notReady(missing);
}

/** Refuses a version whose quizzes are not what the rules want of them today: banks may have changed since it was submitted. */
export async function requireQuizzes(tx: Tx, course: CourseRow, versionId: string, now: Date): Promise<void> {
  const missing = await findQuizzesMissing(tx, course, await listLessonRows(tx, [versionId]), now);
  if (missing.length > 0) throw notReady(missing);
}

async function findQuizzesMissing(
  tx: Tx,
  course: CourseRow,
  rows: readonly LessonRow[],
  now: Date,
): Promise<readonly MissingItem[]> {
  const lessons = rows.map(({ id, position, title_zh, duration_ms }) => {
    return { id, position, titleZh: title_zh, durationMs: duration_ms };
  });
  const { organisation_id: organisationId, scheme } = course;
  return findQuizMissing(await quizInspector().inspect(tx, { organisationId, scheme }, lessons, now));
}

const lessonFacts = (row: LessonRow): LessonFacts => ({
  position: row.position,
  titleZh: row.title_zh,
  kind: row.kind,
  topicId: row.topic_id,
  mediaState: row.media?.state ?? null,
  documentText: row.document_text,
  durationMs: row.duration_ms,
});

/** Items of a missing list, with their words. */
export const presentMissing = (items: readonly MissingItem[]): MissingItemView[] =>
  items.map((item) => ({ ...item, ...missingWords(item) }));

function notReady(items: readonly MissingItem[]): AppError {
  const missing = presentMissing(items);
  const summary = missing.map(({ position, zh }) => (position === null ? zh : `第${position}节：${zh}`)).join('');
  const summaryEn = missing.map(({ position, en }) => (position === null ? en : `lesson ${position}: ${en}`)).join(' ');
  return new AppError('courses.not_ready', { missing, summary, summaryEn });
}
