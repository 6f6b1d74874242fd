import type { CourseDetail } from '@antu/contract';
import { AppError } from '../../platform/errors.ts';
import type { CourseContext } from './context.ts';
import { insideReachOf, isInside } from './policy.ts';
import { type LessonRow, listLessonRows, listReviews, listVersions, findCourse, type VersionRow } from './queries.ts';
import { authorsOf, presentCourse, presentVersion, type SummaryFacts } from './present.ts';
import { findReviewerNames } from './reviewers.ts';

/** A course: with all versions and reviews for its authors and reviewers, with what is published for everybody else. */
export async function getCourseDetail(ctx: CourseContext, courseId: string): Promise<CourseDetail> {
  const course = await findCourse(ctx.pool, courseId);
  if (!course) throw new AppError('courses.not_found', { courseId });
  const inside = isInside(insideReachOf(ctx.actor), course.organisation_id);
  const all = await listVersions(ctx.pool, courseId);
  const versions = inside ? all : all.filter(({ state }) => state === 'published');
  const [latest] = versions;
  if (!latest) throw new AppError('courses.not_found', { courseId });
  const versionIds = versions.map(({ id }) => id);
  const lessons = await listLessonRows(ctx.pool, versionIds);
  const reviews = inside ? await listReviews(ctx.pool, versionIds) : [];
  const names = await findReviewerNames(ctx, reviews);
  return {
    ...presentCourse(course, summaryOf(latest, versions, lessons, ctx.actor.accountId)),
    versions: versions.map((version) => presentVersion(version, lessons, reviews, names, ctx.actor.accountId)),
  };
}

function summaryOf(
  latest: VersionRow,
  versions: readonly VersionRow[],
  lessons: readonly LessonRow[],
  accountId: string,
): SummaryFacts {
  const own = lessons.filter(({ in_version_id }) => in_version_id === latest.id);
  const withPoster = own.find(({ media }) => media?.posterKey);
  return {
    publishedVersion: versions.find(({ state }) => state === 'published')?.number ?? null,
    latestState: latest.state,
    latestNumber: latest.number,
    latestIsOwnWork: authorsOf(latest).includes(accountId),
    lessonCount: own.length,
    durationMs: own.reduce((sum, { duration_ms }) => sum + (duration_ms ?? 0), 0),
    poster: withPoster?.media?.posterKey ? { mediaId: withPoster.media.id, key: withPoster.media.posterKey } : null,
  };
}
