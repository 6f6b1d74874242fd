import type { CourseVersionView } from '@antu/contract';
import {
  findReviewProblems,
  nextVersionState,
  type ReviewDecision,
  type ReviewProblem,
  type ReviewStage,
  reviewAction,
  reviewStageOf,
} from '@antu/domain';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import type { CourseContext } from './context.ts';
import { lockVersionOfCourse, type VersionKey } from './edit-draft.ts';
import { loadVersionView } from './load-version.ts';
import { requireOrganisation } from './policy.ts';
import { authorsOf } from './present.ts';
import { type CourseRow, listReviews, lockCourse, touchCourse, type VersionRow } from './queries.ts';
import { requireQuizzes } from './require-ready.ts';

const stagePermission = { body: 'courses.review-body', platform: 'courses.review-platform' } as const satisfies Record<
  ReviewStage,
  string
>;

const problemCode = {
  'own-work': 'courses.own_work',
  'reviewed-before': 'courses.reviewed_before',
  'comment-missing': 'courses.comment_missing',
} as const satisfies Record<ReviewProblem, string>;

/** Decides the stage that the version waits for. The platform's approval publishes it. */
export async function reviewCourseVersion(
  ctx: CourseContext,
  key: VersionKey,
  { decision, comment }: { decision: ReviewDecision; comment: string },
): Promise<CourseVersionView> {
  await transaction(ctx.pool, async (tx) => {
    // Publishing touches two versions: the course is locked first so that nobody holds one and waits for the other.
    await lockCourse(tx, key.courseId);
    const { course, version } = await lockVersionOfCourse(tx, key);
    const stage = reviewStageOf(version.state);
    requireReviewer(ctx, course, stage);
    if (stage === null) throw new AppError('courses.action_not_possible', { state: version.state });
    await checkReviewer(tx, ctx, version, stage, { decision, comment });
    const state = nextVersionState(version.state, reviewAction(stage, decision));
    if (state === null) throw new AppError('courses.action_not_possible', { state: version.state });
    await tx.query(
      `insert into course_review (id, course_version_id, stage, decision, comment, reviewer_id, at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [uuidv7(ctx.now().getTime()), version.id, stage, decision, comment, ctx.actor.accountId, ctx.now()],
    );
    if (state === 'published') {
      await requireQuizzes(tx, course, version.id, ctx.now());
      await publish(tx, ctx, version);
    } else {
      await tx.query('update course_version set state = $2 where id = $1', [version.id, state]);
    }
    await touchCourse(tx, course.id, ctx.now());
    await recordAudit(tx, ctx, {
      action: `courses.review-${stage}`,
      object: { kind: 'course-version', id: version.id },
      detail: { courseId: course.id, number: version.number, decision, comment, state },
    });
  });
  return loadVersionView(ctx, key.courseId, key.versionId);
}

/** Only a reviewer of the waiting stage may decide; both kinds may learn that nothing waits. */
function requireReviewer({ actor }: CourseContext, course: CourseRow, stage: ReviewStage | null): void {
  requireOrganisation(actor, stage === null ? 'courses.review' : stagePermission[stage], course.organisation_id);
}

async function checkReviewer(
  tx: Tx,
  ctx: CourseContext,
  version: VersionRow,
  stage: ReviewStage,
  { decision, comment }: { decision: ReviewDecision; comment: string },
): Promise<void> {
  const reviews = await listReviews(tx, [version.id]);
  const [problem] = findReviewProblems({
    decision,
    comment,
    reviewerId: ctx.actor.accountId,
    authorIds: authorsOf(version),
    earlierReviewerIds: reviews
      .filter((review) => stage === 'platform' && review.stage === 'body')
      .filter(({ at }) => version.submitted_at !== null && at >= version.submitted_at)
      .map(({ reviewer_id }) => reviewer_id),
  });
  if (problem) throw new AppError(problemCode[problem]);
}

/** The older version is superseded: new learners get this one, those who started keep theirs. */
async function publish(tx: Tx, ctx: CourseContext, version: VersionRow): Promise<void> {
  await tx.query(`update course_version set state = 'superseded' where course_id = $1 and state = 'published'`, [
    version.course_id,
  ]);
  await tx.query(`update course_version set state = 'published', published_at = $2 where id = $1`, [
    version.id,
    ctx.now(),
  ]);
}
