import { findDisplayNames } from '../people/index.ts';
import type { CourseContext } from './context.ts';
import type { ReviewRow } from './queries.ts';

/** Names of the reviewers by account id. */
export const findReviewerNames = (
  { platform, pool }: Pick<CourseContext, 'platform' | 'pool'>,
  reviews: readonly ReviewRow[],
): Promise<ReadonlyMap<string, string>> =>
  findDisplayNames(platform, pool, [...new Set(reviews.map(({ reviewer_id }) => reviewer_id))]);
