import type { CourseVersionView } from '@antu/contract';
import { AppError } from '../../platform/errors.ts';
import type { CourseContext } from './context.ts';
import { listLessonRows, listReviews, listVersions } from './queries.ts';
import { presentVersion } from './present.ts';
import { findReviewerNames } from './reviewers.ts';

/** A version as its authors and reviewers see it. */
export async function loadVersionView(
  ctx: CourseContext,
  courseId: string,
  versionId: string,
): Promise<CourseVersionView> {
  const version = (await listVersions(ctx.pool, courseId)).find(({ id }) => id === versionId);
  if (!version) throw new AppError('courses.version_not_found', { versionId });
  const [lessons, reviews] = await Promise.all([
    listLessonRows(ctx.pool, [versionId]),
    listReviews(ctx.pool, [versionId]),
  ]);
  return presentVersion(version, lessons, reviews, await findReviewerNames(ctx, reviews), ctx.actor.accountId);
}
