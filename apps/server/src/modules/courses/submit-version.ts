import type { CourseVersionView } from '@antu/contract';
import { nextVersionState } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/index.ts';
import type { CourseContext } from './context.ts';
import { lockVersionOfCourse, type VersionKey } from './edit-draft.ts';
import { loadVersionView } from './load-version.ts';
import { requireOrganisation } from './policy.ts';
import { touchCourse } from './queries.ts';
import { requireReady } from './require-ready.ts';

/** Hands a draft to the reviewers, or says everything that is missing. */
export async function submitCourseVersion(ctx: CourseContext, key: VersionKey): Promise<CourseVersionView> {
  await transaction(ctx.pool, async (tx) => {
    const { course, version } = await lockVersionOfCourse(tx, key);
    requireOrganisation(ctx.actor, 'courses.write', course.organisation_id);
    const state = nextVersionState(version.state, 'submit');
    if (state === null) throw new AppError('courses.action_not_possible', { state: version.state });
    await requireReady(tx, course, version.id, ctx.now());
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
