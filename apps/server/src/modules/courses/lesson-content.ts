import type { addLesson } from '@antu/contract';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { rowsOf } from './context.ts';
import type { CourseRow } from './queries.ts';

export type LessonInput = z.output<(typeof addLesson)['body']>;

/** The columns of a lesson's content. */
export interface LessonContent {
  readonly kind: 'video' | 'document';
  readonly titleZh: string;
  readonly titleEn: string | null;
  readonly topicId: string | null;
  readonly mediaId: string | null;
  readonly documentText: string | null;
  readonly durationMs: number | null;
}

/** Checks an input against the course: topic of its syllabus, media of its organisation, content that fits the kind. */
export async function checkLessonContent(tx: Tx, course: CourseRow, input: LessonInput): Promise<LessonContent> {
  const mixed =
    input.kind === 'video' ? input.documentText !== null || input.readingSeconds !== null : input.mediaId !== null;
  if (mixed) throw new AppError('courses.content_mismatch');
  if (input.topicId !== null) await checkTopic(tx, course, input.topicId);
  return {
    kind: input.kind,
    titleZh: input.titleZh,
    titleEn: input.titleEn,
    topicId: input.topicId,
    mediaId: input.mediaId,
    documentText: input.documentText,
    durationMs: input.kind === 'video' ? await readMediaMs(tx, course, input.mediaId) : readingMs(input),
  };
}

const readingMs = ({ readingSeconds }: LessonInput): number | null =>
  readingSeconds === null ? null : readingSeconds * 1000;

async function checkTopic(tx: Tx, course: CourseRow, topicId: string): Promise<void> {
  const rows = await rowsOf(tx, 'select 1 from syllabus_topic where id = $1 and syllabus_id = $2', [
    topicId,
    course.syllabus_id,
  ]);
  if (rows.length === 0) throw new AppError('courses.topic_foreign', { topicId });
}

/** Length of the media; null while it is being processed. */
async function readMediaMs(tx: Tx, course: CourseRow, mediaId: string | null): Promise<number | null> {
  if (mediaId === null) return null;
  // The lock orders this with the worker, which writes the length into the lessons that it finds.
  const [media] = await rowsOf<{ duration_ms: number | null }>(
    tx,
    'select duration_ms from media_asset where id = $1 and organisation_id = $2 for share',
    [mediaId, course.organisation_id],
  );
  if (!media) throw new AppError('courses.media_not_yours', { mediaId });
  return media.duration_ms;
}
