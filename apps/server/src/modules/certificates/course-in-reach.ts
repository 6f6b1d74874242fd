import { AppError } from '../../platform/errors.ts';
import { findOrganisationScope, requireReach } from '../people/index.ts';
import type { RouteContext } from '../../platform/http/route.ts';

/** A course with the body that teaches it and issues its certificates. */
export interface CourseOfCertificates {
  readonly id: string;
  readonly title_zh: string;
  readonly scheme: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly region_code: string;
}

/** A course whose certificates the caller issues. Errors: `courses.not_found` */
export async function getCourseInReach(
  { pool, actor }: Pick<RouteContext<'certificates.issue'>, 'pool' | 'actor'>,
  courseId: string,
): Promise<CourseOfCertificates> {
  const { rows } = await pool.query<CourseOfCertificates>(
    `select c.id, c.title_zh, c.scheme, o.id as organisation_id, o.name as organisation_name, o.region_code
     from course c join organisation o on o.id = c.organisation_id where c.id = $1`,
    [courseId],
  );
  const [course] = rows;
  const scope = course && (await findOrganisationScope(pool, course.organisation_id));
  if (!course || !scope) throw new AppError('courses.not_found');
  requireReach(actor, 'certificates.issue', scope);
  return course;
}
