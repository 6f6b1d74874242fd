import { type CourseVersionView, MISSING_TEXTS, type MissingItemView } from '@antu/contract';
import { findMissing, type LessonFacts, type MissingItem, nextVersionState } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import type { CourseContext } from './context.ts';
import { lockVersionOfCourse, type VersionKey } from './edit-draft.ts';
import { loadVersionView } from './load-version.ts';
import { requireOrganisation } from './policy.ts';
import { type LessonRow, listLessonRows, listTopics, touchCourse } from './queries.ts';

/** Hands a draft to the reviewers, or says everything that is missing. */
export async function submitCourseVersion(ctx: CourseContext, key: VersionKey): Promise<CourseVersionView> {
  await transaction(ctx.pool, async (tx) => {
    const { course, version } = await lockVersionOfCourse(tx, key);
    requireOrganisation(ctx.actor, 'courses.write', course.organisation_id);
    const state = nextVersionState(version.state, 'submit');
    if (state === null) throw new AppError('courses.action_not_possible', { state: version.state });
    const lessons = await listLessonRows(tx, [version.id]);
    const topics = await listTopics(tx, [course.syllabus_id]);
    const missing = findMissing(
      lessons.map(lessonFacts),
      topics.map(({ id }) => id),
    );
    if (missing.length > 0) throw notReady(missing);
    await tx.query('update course_version set state = $2, submitted_by = $3, submitted_at = $4 where id = $1', [
      version.id,
      state,
      ctx.actor.accountId,
      ctx.now(),
    ]);
    await touchCourse(tx, course.id, ctx.now());
    await recordAudit(tx, ctx, {
      action: 'courses.submit',
      object: { kind: 'course-version', id: version.id },
      detail: { courseId: course.id, number: version.number },
    });
  });
  return loadVersionView(ctx, key.courseId, key.versionId);
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

function notReady(items: readonly MissingItem[]): AppError {
  const missing: MissingItemView[] = items.map((item) => ({ ...item, ...MISSING_TEXTS[item.code] }));
  const summary = missing.map(({ position, zh }) => (position === null ? zh : `第${position}节：${zh}`)).join('');
  const summaryEn = missing.map(({ position, en }) => (position === null ? en : `lesson ${position}: ${en}`)).join(' ');
  return new AppError('courses.not_ready', { missing, summary, summaryEn });
}
