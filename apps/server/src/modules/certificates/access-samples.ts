import { randomUUID } from 'node:crypto';
import { bucketOf } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../platform/testing/access-sample.ts';
import { systemAuditContext } from '../audit/index.ts';
import { issueDocument } from '../documents/index.ts';
import { TRAINING_CERTIFICATE } from './print-certificate.ts';

/** A course of the body of the place, assigned to somebody of the place who has not begun. */
async function courseOf({ platform }: AccessWorld, place: AccessPlace, personId: string) {
  const [syllabusId, courseId, versionId] = [randomUUID(), randomUUID(), randomUUID()];
  await platform.pool.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, 'work-safety', $2, 'Walk', '测试', '2020-01-01')`,
    [syllabusId, `步行 ${syllabusId}`],
  );
  await platform.pool.query(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     values ($1, $2, $3, 'work-safety', $4, $1, now(), now())`,
    [courseId, place.bodyId, syllabusId, `步行 ${courseId}`],
  );
  await platform.pool.query(
    `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at, published_at)
     values ($1, $2, 1, 'published', '步行', $1, now(), now())`,
    [versionId, courseId],
  );
  await platform.pool.query(
    `insert into training_assignment (bucket, id, person_id, course_id, organisation_id) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [bucketOf(personId), randomUUID(), personId, courseId, place.enterpriseId],
  );
  return { courseId, versionId };
}

async function certificateOf(world: AccessWorld, place: AccessPlace, own = false) {
  const personId = own ? place.personId : await world.addPerson(place);
  const { courseId, versionId } = await courseOf(world, place, personId);
  const { pool, clock } = world.platform;
  const context = { ...systemAuditContext(() => clock.now(), randomUUID()), platform: world.platform };
  const { bucket, id } = await transaction(pool, (tx) =>
    issueDocument(tx, context, {
      kind: TRAINING_CERTIFICATE,
      personId,
      issuerId: place.bodyId,
      series: { code: 'PX' },
      fields: [{ key: 'course', label: '培训课程', value: '步行', show: 'public' }],
      basis: { facts: { creditedSeconds: 0 } },
      ruleSetId: 'work-safety.certificate.2019-07-01',
      issuedAt: clock.now(),
      validFrom: clock.now(),
      validUntil: null,
    }),
  );
  await pool.query(
    `insert into training_certificate (bucket, document_id, person_id, course_id, course_version_id, organisation_id, standing, issued_at)
     values ($1, $2, $3, $4, $5, $6, 'in-force', now())`,
    [bucket, id, personId, courseId, versionId, place.bodyId],
  );
  return { params: { certificateId: id } };
}

const course = async (world: AccessWorld, place: AccessPlace) => {
  const personId = await world.addPerson(place);
  const { courseId } = await courseOf(world, place, personId);
  return { params: { courseId }, body: { personId } };
};

/** How the access walk asks the routes of certificates. */
export const accessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/certificates',
    build: async (world, place) => {
      await certificateOf(world, place, true);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { personId: string }[] }).items.every(({ personId }) => personId !== place.personId),
  },
  { route: 'GET /api/certificates/:certificateId', build: (world, place) => certificateOf(world, place) },
  {
    route: 'GET /api/certificates/own/:certificateId/certificate.pdf',
    build: (world, place) => certificateOf(world, place, true),
    // It is not in the log yet.
    alsoGiven: [409],
  },
  {
    route: 'GET /api/courses/:courseId/certificate-candidates',
    build: async (world, place) => ({ params: (await course(world, place)).params }),
  },
  // Nothing is learned yet: the refusal names what is missing.
  { route: 'POST /api/courses/:courseId/certificates', build: course, alsoGiven: [409] },
  {
    route: 'POST /api/certificates/:certificateId/replacement',
    build: async (world, place) => ({
      ...(await certificateOf(world, place)),
      body: { cause: 'lost', reason: '遗失' },
    }),
  },
  {
    route: 'POST /api/certificates/:certificateId/revocation',
    build: async (world, place) => ({ ...(await certificateOf(world, place)), body: { reason: '误发' } }),
  },
];
