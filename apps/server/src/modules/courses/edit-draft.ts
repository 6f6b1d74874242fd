import type { CourseVersionView } from '@antu/contract';
import { nextVersionState } from '@antu/domain';
import { transaction, type Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { type AuditFact, recordAudit } from '../audit/index.ts';
import type { CourseContext } from './context.ts';
import { loadVersionView } from './load-version.ts';
import { requireOrganisation } from './policy.ts';
import { type CourseRow, findCourse, lockVersion, touchCourse, type VersionRow } from './queries.ts';

export interface VersionKey {
  readonly courseId: string;
  readonly versionId: string;
}

/** Locks a version and reads its course; refuses if they do not belong together. */
export async function lockVersionOfCourse(
  tx: Tx,
  { courseId, versionId }: VersionKey,
): Promise<{ course: CourseRow; version: VersionRow }> {
  const course = await findCourse(tx, courseId);
  if (!course) throw new AppError('courses.not_found', { courseId });
  const version = await lockVersion(tx, courseId, versionId);
  if (!version) throw new AppError('courses.version_not_found', { versionId });
  return { course, version };
}

/** What an edit changed, for the audit log. */
export type EditFact = Pick<AuditFact, 'action' | 'detail'>;

/**
 * Changes a version that is open for editing, one writer at a time. A refused version becomes a draft again.
 * @param work makes the change and says what it was
 */
export async function editDraft(
  ctx: CourseContext,
  key: VersionKey,
  work: (tx: Tx, course: CourseRow) => Promise<EditFact>,
): Promise<CourseVersionView> {
  await transaction(ctx.pool, async (tx) => {
    const { course, version } = await lockVersionOfCourse(tx, key);
    requireOrganisation(ctx.actor, 'courses.write', course.organisation_id);
    const state = nextVersionState(version.state, 'edit');
    if (state === null) throw new AppError('courses.version_not_editable', { state: version.state });
    if (state !== version.state) {
      await tx.query('update course_version set state = $2 where id = $1', [version.id, state]);
    }
    const { action, detail } = await work(tx, course);
    await touchCourse(tx, course.id, ctx.now());
    await recordAudit(tx, ctx, {
      action,
      object: { kind: 'course-version', id: version.id },
      detail: { courseId: course.id, ...detail },
    });
  });
  return loadVersionView(ctx, key.courseId, key.versionId);
}
