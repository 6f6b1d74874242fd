import type { CourseVersionView } from '@antu/contract';
import { openVersionStates } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import type { CourseContext } from './context.ts';
import { loadVersionView } from './load-version.ts';
import { requireOrganisation } from './policy.ts';
import { findCourse, listVersions, lockCourse, touchCourse } from './queries.ts';

/**
 * Starts a draft with the lessons of the newest version. They stay the same rows until somebody changes one, so that a
 * learner's progress in an unchanged lesson counts in the new version too.
 */
export async function startCourseVersion(
  ctx: CourseContext,
  courseId: string,
  summaryZh: string,
): Promise<CourseVersionView> {
  const now = ctx.now();
  const versionId = uuidv7(now.getTime());
  await transaction(ctx.pool, async (tx) => {
    await lockCourse(tx, courseId);
    const course = await findCourse(tx, courseId);
    if (!course) throw new AppError('courses.not_found', { courseId });
    requireOrganisation(ctx.actor, 'courses.write', course.organisation_id);
    const versions = await listVersions(tx, courseId);
    const open = versions.find(({ state }) => openVersionStates.some((each) => each === state));
    if (open) throw new AppError('courses.version_open_exists', { versionId: open.id, number: open.number });
    const [newest] = versions;
    const number = (newest?.number ?? 0) + 1;
    await tx.query(
      `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at)
       values ($1, $2, $3, 'draft', $4, $5, $6)`,
      [versionId, courseId, number, summaryZh, ctx.actor.accountId, now],
    );
    await tx.query(
      `insert into course_version_lesson (course_version_id, position, lesson_version_id)
       select $1, position, lesson_version_id from course_version_lesson where course_version_id = $2`,
      [versionId, newest?.id ?? null],
    );
    await touchCourse(tx, courseId, now);
    await recordAudit(tx, ctx, {
      action: 'courses.start-version',
      object: { kind: 'course-version', id: versionId },
      detail: { courseId, number, summaryZh },
    });
  });
  return loadVersionView(ctx, courseId, versionId);
}
