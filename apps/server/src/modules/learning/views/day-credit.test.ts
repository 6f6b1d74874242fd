import { getLearningCourse, getLearningHome, getLive, getOwnHours, openStudySession } from '@antu/contract';
import { chinaDateOf } from '@antu/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_ORGANISATIONS } from '../../people/index.ts';
import { countCurve } from '../jobs.ts';
import { actorOf, learner } from './testing/actors.ts';
import { buildWorld, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world.close());

const { province } = DEMO_ORGANISATIONS;

/** Every number of today that a learner and an officer see. */
async function readToday(personId: string, courseId: string, lessonVersionId: string) {
  const client = world.test.as(learner(personId));
  const home = getLearningHome.answer.parse((await client.get('/api/learning/home')).body);
  const course = getLearningCourse.answer.parse((await client.get(`/api/learning/courses/${courseId}`)).body);
  const hours = getOwnHours.answer.parse((await client.get('/api/learning/hours')).body);
  const officer = world.test.as(actorOf('officer-province', province.id, province.regionCode));
  const live = getLive.answer.parse((await officer.get('/api/supervision/live')).body);
  const today = chinaDateOf(world.test.clock.nowMs());
  return {
    home: home.todaySeconds,
    live: live.todayCreditedSeconds,
    hours: hours.days.find((one) => one.day === today)?.creditedSeconds ?? 0,
    course: course.obligation.creditedSeconds,
    lesson: course.lessons.find((one) => one.lessonVersionId === lessonVersionId)?.creditedSeconds ?? 0,
  };
}

it('counts a running session everywhere at once, and the same after it has ended', async () => {
  // The next noon: no day turns over on the way, and nothing that was seeded lies later.
  const noonMs = Date.parse(`${chinaDateOf(world.test.clock.nowMs() + 43_200_000)}T12:00:00+08:00`);
  world.test.clock.set(new Date(noonMs));
  const { courseId = '', lessonVersionIds = [] } = world.courses[3] ?? {};
  const lessonVersionId = lessonVersionIds[1] ?? '';
  const personId = await world.personAt(1);
  const { linglan } = DEMO_ORGANISATIONS;
  await world.database.owner.query(
    `insert into training_assignment (bucket, id, person_id, course_id, organisation_id)
     select bucket, gen_random_uuid(), id, $2, $3 from person where id = $1 on conflict do nothing`,
    [personId, courseId, linglan.id],
  );
  const before = await readToday(personId, courseId, lessonVersionId);
  const client = world.test.as(learner(personId));
  const opened = await client.post('/api/study-sessions', {
    lessonVersionId,
    device: { kind: 'phone', name: 'Android' },
  });
  const { sessionId } = openStudySession.answer.parse(opened.body).status;
  const report = async (seq: number, mediaMs: number) => {
    const beats = [{ seq, mediaMs, activity: 'playing', touched: true, ageMs: 0 }];
    const answer = await client.post(`/api/study-sessions/${sessionId}/beats`, { beats });
    expect(answer.status, answer.text).toBe(200);
  };
  await report(1, 0);
  world.test.clock.advance(15_000);
  await report(2, 15_000);
  const sealed = await world.database.owner.query('select 1 from hour_ledger_entry where session_id = $1', [sessionId]);
  expect(sealed.rowCount).toBe(0);
  const added = Object.fromEntries(Object.entries(before).map(([key, seconds]) => [key, seconds + 15]));
  const running = await readToday(personId, courseId, lessonVersionId);
  expect(running).toEqual(added);

  await client.post(`/api/study-sessions/${sessionId}/close`, { beats: [] });
  world.test.clock.advance(11_000);
  expect(await readToday(personId, courseId, lessonVersionId)).toEqual(added);

  // The curve knows whoever studied in the ten minutes before its point, though nobody does now.
  world.test.clock.set(new Date(noonMs + 600_000));
  const { platform } = world.test;
  const context = { platform, log: platform.log, attempt: 1, isLastAttempt: false, signal: undefined };
  await countCurve.run({}, context);
  world.test.clock.set(new Date(noonMs + 1_200_000));
  await countCurve.run({}, context);
  const curve = await world.database.owner.query<{ at: Date; learners: number }>(
    `select at, learners from study_curve where at > $1 and scheme = 'driver-licence' order by at`,
    [new Date(noonMs)],
  );
  expect(curve.rows).toEqual([{ at: new Date(noonMs + 600_000), learners: 1 }]);
});
