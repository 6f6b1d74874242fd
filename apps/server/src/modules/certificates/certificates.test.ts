import { randomUUID } from 'node:crypto';
import type { CertificateDetail, CertificateView, listCertificateCandidates } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { TestClient } from '../../platform/testing/index.ts';
import { auditModule } from '../audit/index.ts';
import { documentsModule } from '../documents/index.ts';
import { DEMO_ORGANISATIONS, peopleModule } from '../people/index.ts';
import { type PeopleTest, startPeopleTest } from '../people/testing.ts';
import { transparencyModule } from '../transparency/index.ts';
import { certificatesModule } from './index.ts';

type Issued = { certificateId: string; number: string; code: string };
type Refusal = { error: { code: string; details: { unmet?: { code: string }[] } } };

let people: PeopleTest;
let body: TestClient;
let city: TestClient;
let courseId: string;
let versionId: string;
let persons: string[];
beforeAll(async () => {
  people = await startPeopleTest([auditModule, transparencyModule, peopleModule, documentsModule, certificatesModule]);
  body = await people.as('trainer');
  city = await people.as('officer-city');
  await makeCourse();
  const { body: page } = await city.get<{ items: { id: string }[] }>('/api/people?limit=200&region=440104');
  persons = page.items.map(({ id }) => id);
}, 90_000);
afterAll(() => people.close());

const run = (text: string, values: unknown[]) => people.database.owner.query(text, values);
const codeOf = (answer: { body: unknown }) => (answer.body as Refusal).error.code;
const issue = (personId: string) => body.post<Issued>(`/api/courses/${courseId}/certificates`, { personId });
const end = (id: string, what: string, more: object) => body.post<Issued>(`/api/certificates/${id}/${what}`, more);
const read = async (id: string) => (await city.get<CertificateDetail>(`/api/certificates/${id}`)).body;

async function makeCourse(): Promise<void> {
  const [syllabusId, lessonId] = [randomUUID(), randomUUID()];
  [courseId, versionId] = [randomUUID(), randomUUID()];
  await run(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, 'work-safety', '证明', 'C', '测试', '2020-01-01')`,
    [syllabusId],
  );
  await run(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     values ($1, $2, $3, 'work-safety', '证明课程', $1, now(), now())`,
    [courseId, DEMO_ORGANISATIONS.lingxue.id, syllabusId],
  );
  await run(
    `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at) values ($1, $2, 1, 'draft', '一', $1, now())`,
    [versionId, courseId],
  );
  await run(
    `insert into lesson_version (id, lesson_id, course_id, course_version_id, kind, title_zh, document_text, duration_ms, created_at)
     values ($1, $1, $2, $3, 'document', '第一课', '# 正文', 3600000, now())`,
    [lessonId, courseId, versionId],
  );
  await run('insert into course_version_lesson (course_version_id, position, lesson_version_id) values ($1, 1, $2)', [
    versionId,
    lessonId,
  ]);
  await run(`update course_version set state = 'published', published_at = now() where id = $1`, [versionId]);
}

let used = 0;
/** Somebody who has studied so much of the course of an hour. */
async function learnerWith(seconds: number): Promise<string> {
  const personId = persons[used] ?? '';
  used += 1;
  const key = [bucketOf(personId), personId];
  await run(
    'insert into training_assignment (bucket, id, person_id, course_id, organisation_id) values ($1, $3, $2, $4, $5)',
    [...key, randomUUID(), courseId, DEMO_ORGANISATIONS.lingxue.id],
  );
  await run(
    `insert into course_progress (bucket, person_id, course_version_id, credited_seconds, last_credited_at) values ($1, $2, $3, $4, now())`,
    [...key, versionId, seconds],
  );
  return personId;
}

describe('A training certificate', () => {
  it('is refused one second short with what is missing, and issued with the last second, once', async () => {
    const short = await issue(await learnerWith(3599));
    expect(codeOf(short)).toBe('certificates.unmet');
    const whole = await learnerWith(3600);
    const { status, body: issued } = await issue(whole);
    expect([status, /^PX2026\d{6}$/.test(issued.number)]).toEqual([201, true]);
    expect(codeOf(await issue(whole))).toBe('certificates.unmet');
    expect(await read(issued.certificateId)).toMatchObject({ state: 'valid', personId: whole, events: [] });
  });

  it('is issued once when five ask at once', async () => {
    const personId = await learnerWith(3600);
    const answers = await Promise.all(Array.from({ length: 5 }, () => issue(personId)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
  });

  it('that was lost is replaced by another; the old one says so and can be revoked no more here', async () => {
    const { body: old } = await issue(await learnerWith(3600));
    const { body: fresh, status } = await end(old.certificateId, 'replacement', { cause: 'lost', reason: '遗失补发' });
    expect(status).toBe(201);
    expect(await read(old.certificateId)).toMatchObject({
      state: 'replaced',
      replacedById: fresh.certificateId,
      events: [{ status: 'replaced', reason: '遗失补发' }],
    });
    expect(await read(fresh.certificateId)).toMatchObject({ state: 'valid', replacesId: old.certificateId });
    expect(codeOf(await end(old.certificateId, 'revocation', { reason: '误发' }))).toBe('certificates.not_in_force');
  });

  it('that was revoked stays in the list as revoked; another may be issued', async () => {
    const personId = await learnerWith(3600);
    const { body: first } = await issue(personId);
    expect((await end(first.certificateId, 'revocation', { reason: '学时有误' })).status).toBe(200);
    const { body: list } = await city.get<{ items: CertificateView[] }>('/api/certificates');
    expect(list.items.find(({ id }) => id === first.certificateId)?.state).toBe('revoked');
    expect((await issue(personId)).status).toBe(201);
  });

  it('is offered with every reason against it', async () => {
    const personId = await learnerWith(0);
    const { body: page } = await body.get<z.infer<(typeof listCertificateCandidates)['answer']>>(
      `/api/courses/${courseId}/certificate-candidates`,
    );
    expect(page.items.find((one) => one.personId === personId)?.unmet.map(({ code }) => code)).toEqual(['hours']);
  });

  it('is not issued by an officer', async () => {
    const answer = await city.post(`/api/courses/${courseId}/certificates`, { personId: persons[0] });
    expect(answer.status).toBe(403);
  });
});
