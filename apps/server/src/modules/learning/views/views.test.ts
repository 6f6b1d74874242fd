import {
  getLearnerRecord,
  getLearningCourse,
  getOrganisationHome,
  getOwnHours,
  listLearnerProgress,
} from '@antu/contract';
import { bucketOf, chinaDateOf, DUE_SOON_DAYS } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { DEMO_LEARNERS, DEMO_ORGANISATIONS, findPersonIdByLogin, findPersonName } from '../../people/index.ts';
import { actorOf, learner } from './testing/actors.ts';
import { buildWorld, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world.close());

const { linglan, pengtu, hecheng, lingxue, province, shenzhen } = DEMO_ORGANISATIONS;
const manager = () => world.test.as(actorOf('enterprise-manager', linglan.id, linglan.regionCode));
const officer = () => world.test.as(actorOf('officer-province', province.id, province.regionCode));
const audits = async (action: string): Promise<number> => {
  const { rows } = await world.database.owner.query<{ n: number }>(
    'select count(*) as n from audit_entry where action = $1',
    [action],
  );
  return rows[0]?.n ?? 0;
};

type Progress = z.output<typeof listLearnerProgress.answer>;
async function progress(client: ReturnType<typeof manager>, query: Record<string, string> = {}): Promise<Progress> {
  const answer = await client.get(`/api/learner-progress?${new URLSearchParams(query)}`);
  expect(answer.status, answer.text).toBe(200);
  return listLearnerProgress.answer.parse(answer.body);
}

/** What a person owes, counted one by one from the ledger itself. */
async function countByHand(personId: string) {
  const today = chinaDateOf(world.test.clock.nowMs());
  const soon = chinaDateOf(world.test.clock.nowMs() + DUE_SOON_DAYS * 86_400_000);
  const { rows } = await world.database.owner.query<{ due_on: string; course_id: string }>(
    'select due_on, course_id from training_assignment where person_id = $1',
    [personId],
  );
  const owed = [];
  for (const { due_on, course_id } of rows) {
    const course = world.courses.find((one) => one.courseId === course_id);
    const sums = await world.database.owner.query<{ required: number; credited: number }>(
      `select (select sum(floor(duration_ms / 1000.0))::int from lesson_version where course_version_id = $1) as required,
        (select coalesce(sum(credited_seconds), 0)::int from hour_ledger_entry
         where person_id = $2 and lesson_version_id = any($3::uuid[])) as credited`,
      [course?.versionId, personId, course?.lessonVersionIds],
    );
    const { required = 0, credited = 0 } = sums.rows[0] ?? {};
    owed.push({ due_on, required, credited, done: credited >= required });
  }
  const open = owed.filter((one) => !one.done);
  const overdue = open.filter((one) => one.due_on < today).length;
  return {
    obligations: owed.length,
    done: owed.length - open.length,
    overdue,
    dueSoon: overdue === 0 && open.some((one) => one.due_on >= today && one.due_on <= soon),
    notStarted: open.length > 0 && open.every((one) => one.credited === 0),
    required: owed.reduce((sum, one) => sum + one.required, 0),
    credited: owed.reduce((sum, one) => sum + one.credited, 0),
  };
}

describe('list of progress', () => {
  it('has the exact numbers of every person and every filter', async () => {
    const all = await progress(manager(), { limit: '200' });
    expect(all.total).toBe(DEMO_LEARNERS.filter((one) => one.employer === 'linglan').length);
    const byHand = await Promise.all(all.items.map((row) => countByHand(row.personId)));
    for (const [at, row] of all.items.entries()) {
      const { obligations, done, overdue, required, credited } = byHand[at] ?? {};
      expect(row).toMatchObject({ obligations, done, overdue, requiredSeconds: required, creditedSeconds: credited });
    }
    expect(all.counts).toEqual({
      all: byHand.length,
      overdue: byHand.filter((one) => one.overdue > 0).length,
      dueSoon: byHand.filter((one) => one.dueSoon).length,
      done: byHand.filter((one) => one.done === one.obligations).length,
      notStarted: byHand.filter((one) => one.notStarted).length,
      studying: 0,
    });
    for (const filter of ['overdue', 'due-soon', 'done', 'not-started', 'studying'] as const) {
      const page = await progress(manager(), { filter, limit: '200' });
      expect(page.items).toHaveLength(page.total);
      expect(page.counts).toEqual(all.counts);
    }
  });

  it.each(['urgency', 'name', 'credited', 'last-studied'])(
    'pages by %s without losing or repeating anybody',
    async (sort) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Progress = await progress(officer(), { sort, limit: '7', ...(cursor ? { cursor } : {}) });
        seen.push(...page.items.map((row) => row.personId));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(DEMO_LEARNERS.length);
      expect(seen).toHaveLength(DEMO_LEARNERS.length);
    },
  );

  it('sorts the overdue first and names by pinyin', async () => {
    const urgent = await progress(manager(), { limit: '200' });
    const overdue = urgent.items.map((row) => row.overdue > 0);
    expect(overdue.lastIndexOf(true)).toBeLessThan(overdue.indexOf(false));
    const named = await progress(manager(), { sort: 'name', limit: '200' });
    const surnames = named.items.map((row) => row.nameMasked.slice(0, 1));
    expect(surnames).toEqual([...surnames].sort(new Intl.Collator('zh-CN-u-co-pinyin').compare));
  });

  it('masks names and numbers, and leaves an audit row for the look', async () => {
    const before = await audits('learning.progress-list');
    const page = await progress(manager(), { limit: '5' });
    expect(await audits('learning.progress-list')).toBe(before + 1);
    for (const row of page.items) {
      expect(row.nameMasked).toMatch(/^.\*+$/u);
      expect(row.idNumberMasked).toMatch(/^\d{4}\*{10}[\dX]{4}$/);
    }
  });

  it('finds one person by the whole name or ID number and keeps the number out of the audit log', async () => {
    const [first] = DEMO_LEARNERS;
    for (const q of [first?.name ?? '', first?.idNumber.normalised ?? '']) {
      const page = await progress(manager(), { q });
      expect(page.items.map((row) => row.nameMasked)).toContain('林**');
      expect(page.total).toBe(page.items.length);
    }
    const { rows } = await world.database.owner.query(
      `select detail::text as text from audit_entry where detail::text like $1`,
      [`%${first?.idNumber.normalised}%`],
    );
    expect(rows).toEqual([]);
  });

  it('shows a manager the own roster only, an officer the region only', async () => {
    const own = await progress(manager(), { limit: '200' });
    expect(new Set(own.items.map((row) => row.organisation.id))).toEqual(new Set([linglan.id]));
    const outside = await manager().get(`/api/learner-progress?organisationId=${pengtu.id}`);
    expect(outside.status).toBe(403);
    const city = world.test.as(actorOf('officer-city', shenzhen.id, shenzhen.regionCode));
    const inCity = await progress(city, { limit: '200' });
    expect(new Set(inCity.items.map((row) => row.region.code))).toEqual(new Set([pengtu.regionCode]));
    expect((await city.get('/api/learner-progress?region=440100')).status).toBe(403);
    const body = world.test.as(actorOf('body-manager', lingxue.id, lingxue.regionCode));
    expect((await progress(body)).total).toBe(DEMO_LEARNERS.filter((one) => one.enrolled).length);
  });

  it('refuses a page position that nobody gave out', async () => {
    for (const cursor of ['x', Buffer.from('["name",0,"","y"]').toString('base64url')]) {
      expect((await manager().get(`/api/learner-progress?cursor=${cursor}`)).status).toBe(400);
    }
  });
});

describe('home of an organisation', () => {
  it('agrees with the list and shows twelve months', async () => {
    const list = await progress(manager(), { limit: '200' });
    const answer = await manager().get(`/api/organisations/${linglan.id}/learning-home`);
    const home = getOrganisationHome.answer.parse(answer.body);
    expect(home).toMatchObject({
      people: list.counts.all,
      overdue: list.counts.overdue,
      dueSoon: list.counts.dueSoon,
      done: list.counts.done,
      notStarted: list.counts.notStarted,
      studyingNow: 0,
    });
    expect(home.months).toHaveLength(12);
    expect(home.months.at(-1)?.month).toBe(chinaDateOf(world.test.clock.nowMs()).slice(0, 7));
    const { rows } = await world.database.owner.query<{ seconds: number }>(
      'select sum(credited_seconds)::int as seconds from hour_ledger_entry where person_id = any($1::uuid[])',
      [list.items.map((row) => row.personId)],
    );
    expect(home.months.reduce((sum, month) => sum + month.creditedSeconds, 0)).toBe(rows[0]?.seconds);
    expect(home.months.every((month) => month.doneInTime <= month.due)).toBe(true);
    expect(home.months.some((month) => month.doneInTime > 0)).toBe(true);
    expect((await manager().get(`/api/organisations/${hecheng.id}/learning-home`)).status).toBe(403);
  });
});

describe('own pages of a learner', () => {
  it('course page and home agree, lesson by lesson', async () => {
    const personId = (await findPersonIdByLogin(world.database.pool, world.test.platform.keys, 'driver')) ?? '';
    const client = world.test.as(learner(personId));
    for (const { courseId } of world.courses.slice(0, 3)) {
      const answer = await client.get(`/api/learning/courses/${courseId}`);
      const course = getLearningCourse.answer.parse(answer.body);
      const sum = course.lessons.reduce((total, lesson) => total + lesson.creditedSeconds, 0);
      expect(sum).toBe(course.obligation.creditedSeconds);
      const first = course.lessons.find((lesson) => lesson.state !== 'finished');
      expect(course.obligation.next?.lessonVersionId ?? null).toBe(first?.lessonVersionId ?? null);
      expect(course.obligation.next?.resumeAtMs ?? 0).toBe(first?.resumeAtMs ?? 0);
    }
  });

  it('explains every second of every session, newest day first, down to the oldest', async () => {
    const personId = await world.personAt(0);
    const client = world.test.as(learner(personId));
    const days: z.output<typeof getOwnHours.answer>['days'] = [];
    let before: string | null = null;
    do {
      const answer = await client.get(`/api/learning/hours?days=2${before ? `&before=${before}` : ''}`);
      const page = getOwnHours.answer.parse(answer.body);
      days.push(...page.days);
      before = page.olderBefore;
    } while (before);
    expect(days.map((day) => day.day)).toEqual([...new Set(days.map((day) => day.day))].sort().toReversed());
    const sessions = days.flatMap((day) => day.sessions);
    const stored = await world.database.owner.query<{ n: number; seconds: number }>(
      `select (select count(*) from study_session where person_id = $1) as n,
         (select sum(credited_seconds)::int from hour_ledger_entry where person_id = $1) as seconds`,
      [personId],
    );
    expect(sessions).toHaveLength(stored.rows[0]?.n ?? -1);
    expect(days.reduce((sum, day) => sum + day.creditedSeconds, 0)).toBe(stored.rows[0]?.seconds);
    for (const session of sessions) {
      const credited = session.stretches.reduce((sum, stretch) => sum + stretch.creditedSeconds, 0);
      expect(credited).toBe(session.creditedSeconds);
    }
  });

  it('a learner sees nobody else', async () => {
    const client = world.test.as(learner(await world.personAt(1)));
    expect((await client.get(`/api/people/${await world.personAt(0)}/learning-record`)).status).toBe(403);
    expect((await client.get('/api/learner-progress')).status).toBe(403);
  });
});

describe('record of a learner', () => {
  it('shows the same standing as the learner sees, all sessions by pages, and is audited with the person', async () => {
    const personId = await world.personAt(1);
    const seen: string[] = [];
    let cursor: string | null = null;
    let record: z.output<typeof getLearnerRecord.answer>;
    do {
      const url = `/api/people/${personId}/learning-record?limit=2${cursor ? `&cursor=${cursor}` : ''}`;
      record = getLearnerRecord.answer.parse((await manager().get(url)).body);
      seen.push(...record.sessions.items.map((one) => one.sessionId));
      cursor = record.sessions.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(record.sessions.total);
    const home = (await world.test.as(learner(personId)).get('/api/learning/home')).body as { standing: object };
    expect(home.standing).toMatchObject(record.standing);
    const name = await findPersonName(world.database.pool, world.test.platform.keys, personId);
    expect(record.person.nameMasked).toBe(name?.nameMasked);
    const { rows } = await world.database.owner.query<{ n: number }>(
      `select count(*) as n from audit_entry where action = 'learning.record-read' and object_id = $1`,
      [personId],
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
  });

  it('leaves out sessions from the time with another company', async () => {
    const personId = await world.personAt(0);
    // The learner moves to Shenzhen: the new company sees the person, not the hours of before.
    await world.database.owner.query(
      `insert into person_affiliation (bucket, id, person_id, organisation_id, kind, from_date, created_at)
       values ($1, gen_random_uuid(), $2, $3, 'employed', $4, now())`,
      [bucketOf(personId), personId, pengtu.id, chinaDateOf(world.test.clock.nowMs())],
    );
    const theirs = world.test.as(actorOf('enterprise-manager', pengtu.id, pengtu.regionCode));
    const url = `/api/people/${personId}/learning-record`;
    const record = getLearnerRecord.answer.parse((await theirs.get(url)).body);
    expect(record.sessions.total).toBe(0);
    expect(getLearnerRecord.answer.parse((await manager().get(url)).body).sessions.total).toBeGreaterThan(0);
    await world.database.owner.query('delete from person_affiliation where person_id = $1 and organisation_id = $2', [
      personId,
      pengtu.id,
    ]);
  });
});

describe('assigning a course', () => {
  const dueOn = '2099-12-31';
  const post = (body: object, organisationId: string = linglan.id) =>
    manager().post(`/api/organisations/${organisationId}/assignments`, body as Record<string, unknown>);

  it('assigns whom it has not been assigned to, once, and leaves one audit row', async () => {
    const courseId = world.courses[2]?.courseId ?? '';
    const personIds = [await world.personAt(2), await world.personAt(3), await world.personAt(2)];
    const before = await audits('learning.assign');
    expect((await post({ courseId, personIds, dueOn })).body).toEqual({ assigned: 2, alreadyAssigned: 0 });
    expect((await post({ courseId, personIds, dueOn })).body).toEqual({ assigned: 0, alreadyAssigned: 2 });
    expect(await audits('learning.assign')).toBe(before + 2);
  });

  it('refuses people of other companies, past days, unpublished courses and other organisations', async () => {
    const courseId = world.courses[2]?.courseId ?? '';
    const mine = await world.personAt(4);
    const theirs = await world.personAt(DEMO_LEARNERS.findIndex((one) => one.employer === 'pengtu'));
    const refused = await post({ courseId, personIds: [mine, theirs], dueOn });
    expect(refused.body).toMatchObject({ error: { code: 'learning.people_not_on_roster', details: { count: 1 } } });
    expect((await post({ courseId, personIds: [mine], dueOn: '2020-01-01' })).status).toBe(422);
    expect((await post({ courseId: mine, personIds: [mine], dueOn })).status).toBe(409);
    expect((await post({ courseId, personIds: [mine], dueOn }, pengtu.id)).status).toBe(403);
    const { rows } = await world.database.owner.query<{ n: number }>(
      'select count(*) as n from training_assignment where person_id = $1 and course_id = $2',
      [mine, courseId],
    );
    expect(rows[0]?.n).toBe(0);
  });
});

describe('sums of courses', () => {
  it('are what the lessons say, for everybody', async () => {
    const { rows } = await world.database.owner.query(
      `select c.person_id from course_progress c
       where c.credited_seconds <> (select sum(p.credited_seconds) from lesson_progress p
         join course_version_lesson h on h.lesson_version_id = p.lesson_version_id
         where p.bucket = c.bucket and p.person_id = c.person_id and h.course_version_id = c.course_version_id)
       or (c.finished_at is not null) <> (c.credited_seconds >= course_version_required_seconds(c.course_version_id))`,
    );
    expect(rows).toEqual([]);
  });
});
