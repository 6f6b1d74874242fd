import type { CourseVersionView } from '@antu/contract';
import { nextVersionState } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import type { CourseContext } from './context.ts';
import { lockVersionOfCourse, type VersionKey } from './edit-draft.ts';
import { loadVersionView } from './load-version.ts';
import { requireOrganisation } from './policy.ts';
import { lockCourse, touchCourse } from './queries.ts';

/** Takes a published or superseded version out of use, with a reason. */
export async function withdrawCourseVersion(
  ctx: CourseContext,
  key: VersionKey,
  reason: string,
): Promise<CourseVersionView> {
  await transaction(ctx.pool, async (tx) => {
    await lockCourse(tx, key.courseId);
    const { course, version } = await lockVersionOfCourse(tx, key);
    requireOrganisation(ctx.actor, 'courses.review-platform', course.organisation_id);
    const state = nextVersionState(version.state, 'withdraw');
    if (state === null) throw new AppError('courses.action_not_possible', { state: version.state });
    await tx.query('update course_version set state = $2 where id = $1', [version.id, state]);
    await touchCourse(tx, course.id, ctx.now());
    await recordAudit(tx, ctx, {
      action: 'courses.withdraw',
      object: { kind: 'course-version', id: version.id },
      detail: { courseId: course.id, number: version.number, reason },
    });
  });
  return loadVersionView(ctx, key.courseId, key.versionId);
}
