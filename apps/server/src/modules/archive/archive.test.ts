import type { ArchiveAnswer, ArchiveEntry, PurposeView } from '@antu/contract';
import { bucketOf, placeInBucket } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../platform/ids.ts';
import { expectAppendOnly, type TestClient } from '../../platform/testing/index.ts';
import { auditModule } from '../audit/index.ts';
import { coursesModule } from '../courses/index.ts';
import { documentsModule } from '../documents/index.ts';
import { peopleModule } from '../people/index.ts';
import { type PeopleTest, startPeopleTest } from '../people/testing.ts';
import { recognitionModule } from '../recognition/index.ts';
import { archiveModule } from './index.ts';

type Refusal = { error: { code: string; details: Record<string, string> } };

const HOUR = 45 * 60;
const { seed: _, ...courses } = coursesModule;
let people: PeopleTest;
let learner: TestClient;
let employer: TestClient;
let body: TestClient;
let officer: TestClient;
let personId: string;
let employerId: string;
let bodyId: string;
let courseId: string;
let lessonId: string;

beforeAll(async () => {
  people = await startPeopleTest([
    auditModule,
    peopleModule,
    courses,
    documentsModule,
    recognitionModule,
    archiveModule,
  ]);
  learner = await people.as('driver');
  employer = await people.as('manager');
  body = await people.as('trainer');
  officer = await people.as('officer-county');
  const ids = async (login: string, column: string) =>
    (
      await people.database.owner.query<{ id: string }>(
        `select ${column} as id from account a left join membership m on m.bucket = a.bucket and m.account_id = a.id where a.login_name = $1`,
        [login],
      )
    ).rows[0]?.id ?? '';
  personId = await ids('driver', 'a.person_id');
  employerId = await ids('manager', 'm.organisation_id');
  bodyId = await ids('trainer', 'm.organisation_id');
  await makeCourse();
}, 60_000);
afterAll(() => people.close());

const run = (sql: string, values: unknown[]) => people.database.owner.query(sql, values);

async function makeCourse(): Promise<void> {
  const [syllabus, topic, version] = [uuidv7(), uuidv7(), uuidv7()];
  [courseId, lessonId] = [uuidv7(), uuidv7()];
  await run(`insert into syllabus values ($1, 'road-transport', '大纲', 'Syllabus', 'test', '2024-01-01')`, [syllabus]);
  await run(`insert into syllabus_topic values ($1, $2, 'safe-driving-skill', '技能', 'Skill', 300, 1)`, [
    topic,
    syllabus,
  ]);
  await run(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     values ($1, $2, $3, 'road-transport', '防御性驾驶', $1, now(), now())`,
    [courseId, bodyId, syllabus],
  );
  await run(
    `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at)
     values ($1, $2, 1, 'draft', '', $1, now())`,
    [version, courseId],
  );
  await run(
    `insert into lesson_version (id, lesson_id, course_id, course_version_id, kind, title_zh, topic_id, created_at)
     values ($1, $1, $2, $3, 'video', '跟车距离', $4, now())`,
    [lessonId, courseId, version, topic],
  );
}

/** Studied on a day, with what was credited. */
async function study(day: string, seconds: number): Promise<string> {
  const at = new Date(`${day}T02:00:00Z`);
  const bucket = bucketOf(personId);
  // Partitions go by the time in the id: the days of the test lie in one.
  const id = placeInBucket(uuidv7(people.test.clock.nowMs()), bucket);
  await run(
    `insert into study_session (bucket, id, person_id, lesson_version_id, course_id, scheme, rule_set_id, organisation_id, region_code,
       device_kind, device_name, address, opened_at)
     values ($1, $2, $3, $4, $5, 'road-transport', 'road-transport.study.2020-04-01', $6, '440104', 'phone', '', '10.0.0.1', $7)`,
    [bucket, id, personId, lessonId, courseId, employerId, at],
  );
  await run(
    `insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, topic_id, media,
       credited_seconds, started_at, ended_at, day, rule_set_id, hash)
     select $1, $2, $3, $2, 1, 'road-transport', $4, topic_id, '{}', $5, $6, $6, $7, 'road-transport.study.2020-04-01', sha256('')
     from lesson_version where id = $4`,
    [bucket, id, personId, lessonId, seconds, at, day],
  );
  return id;
}

const archiveOf = async (client: TestClient, query = '') =>
  (await client.get<ArchiveAnswer>(`/api/people/${personId}/archive${query}`)).body;
const purposesOf = async (client: TestClient, path = `/api/people/${personId}/purposes`) =>
  (await client.get<{ items: PurposeView[] }>(path)).body.items;
const studied = ({ items }: ArchiveAnswer) => items.filter(({ kind }) => kind === 'study').map(({ day }) => day);
const codeOf = ({ body: answer }: { body: unknown }) => (answer as Refusal).error.code;
const claim = () =>
  employer.post<Refusal>(`/api/people/${personId}/subsidy-claims`, { purpose: 'continuing-education' });

describe('Hours', () => {
  it('count for every purpose whose rules they meet, and say what is missing', async () => {
    await study('2026-11-20', 24 * HOUR - 1);
    const own = await purposesOf(learner, '/api/recognition/own');
    expect(own.map(({ purpose, countedHours, met }) => [purpose, countedHours, met])).toEqual([
      ['continuing-education', 23.9, false],
      ['post-training', 23.9, true],
    ]);
    expect(own[0]).toMatchObject({
      cycleFrom: '2026-01-01',
      cycleUntil: '2027-12-31',
      unmet: [{ zh: '还差 0.1 学时' }],
    });
    expect(await purposesOf(employer)).toEqual(own);
    expect(await purposesOf(officer)).toEqual(own);
  });

  it('are claimed for once, by the employer, and only when they are full', async () => {
    expect(codeOf(await claim())).toBe('recognition.unmet');
    await study('2026-11-20', 1);
    expect((await body.post(`/api/people/${personId}/subsidy-claims`, { purpose: 'post-training' })).status).toBe(403);
    const two = await Promise.all([claim(), claim()]);
    expect(two.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const again = await claim();
    expect(codeOf(again)).toBe('recognition.already_claimed');
    expect(again.body.error.details).toMatchObject({ day: '2026-11-21' });
    // Another purpose with the same hours is the same money.
    const other = await employer.post(`/api/people/${personId}/subsidy-claims`, { purpose: 'post-training' });
    expect(codeOf(other)).toBe('recognition.already_claimed');
    expect((await purposesOf(learner, '/api/recognition/own')).map(({ claims }) => claims.length)).toEqual([1, 1]);
  });
});

describe('An archive', () => {
  const entry = ({ items }: ArchiveAnswer): ArchiveEntry =>
    items.find(({ kind }) => kind === 'study') ?? expect.unreachable('no study');

  it('is read whole by the person and the authority, in part by employer and body', async () => {
    await run(
      `update person_affiliation set from_date = '2026-11-10' where bucket = $1 and person_id = $2 and organisation_id = $3`,
      [bucketOf(personId), personId, employerId],
    );
    await study('2026-11-09', 60);
    await study('2026-11-10', 60);
    const all = ['2026-11-20', '2026-11-20', '2026-11-10', '2026-11-09'];
    const { body: own } = await learner.get<ArchiveAnswer>('/api/archive/own?year=2026');
    expect(studied(own)).toEqual(all);
    expect(studied(await archiveOf(officer, '?year=2026'))).toEqual(all);
    expect(studied(await archiveOf(employer, '?year=2026'))).toEqual(all.slice(0, 3));
    expect(entry(own)).toMatchObject({ titleZh: '防御性驾驶 · 跟车距离', keptUntil: '2029-11-20', mayGo: false });
    expect(own.nameMasked).toContain('*');
  });

  it('shows one kind where one is asked for, and nothing of a year without entries', async () => {
    const only = await archiveOf(officer, '?year=2026&kind=employment');
    expect(new Set(only.items.map(({ kind }) => kind))).toEqual(new Set(['employment']));
    expect((await archiveOf(officer, '?year=1999')).items).toEqual([]);
  });

  it('leaves a row for each look of another', async () => {
    const looks = async () =>
      (await run(`select 1 from audit_entry where action = 'archive.read' and object_id = $1`, [personId])).rows.length;
    const before = await looks();
    await archiveOf(employer);
    expect(await looks()).toBe(before + 1);
  });

  it('is corrected by notes beside its entries, and never changed', async () => {
    const { id } = entry(await archiveOf(employer, '?year=2026'));
    const note = (entryId: string) =>
      employer.post(`/api/people/${personId}/archive-notes`, { kind: 'study', entryId, text: '当日在车队学习' });
    expect((await note(id)).status).toBe(201);
    const { body: own } = await learner.get<ArchiveAnswer>('/api/archive/own?year=2026');
    expect(own.items.find((one) => one.id === id)?.notes).toMatchObject([{ text: '当日在车队学习' }]);
    const hidden = own.items.find(({ day, kind }) => day === '2026-11-09' && kind === 'study')?.id ?? '';
    expect(codeOf(await note(hidden))).toBe('archive.entry_not_found');
    await expectAppendOnly(people.database, ['archive_note', 'subsidy_claim', 'subsidy_claim_entry']);
  });
});
