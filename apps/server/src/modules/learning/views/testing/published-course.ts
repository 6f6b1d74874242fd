import { uuidv7 } from '../../../../platform/ids.ts';
import type { AccessPlace, AccessWorld } from '../../../../platform/testing/access-sample.ts';
import { insertCourse, type TestCourse } from './courses.ts';

export const ACCESS_LESSON_MS = 60_000;

/** A published course of one lesson, made by the training body of a place of the access walk. */
export function publishedCourse({ platform }: AccessWorld, place: AccessPlace): Promise<TestCourse> {
  const titleZh = `步行 ${uuidv7()}`;
  const options = { organisationId: place.bodyId, scheme: 'work-safety', titleZh, lessonMs: [ACCESS_LESSON_MS] };
  return insertCourse(platform.pool, options);
}
