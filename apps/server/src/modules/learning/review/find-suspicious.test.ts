import { randomUUID } from 'node:crypto';
import type { ReviewCase } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../../platform/ids.ts';
import { beat, type Student } from '../testing/study-bench.ts';
import { findSuspicious } from './find-suspicious.ts';
import { PendingStudy } from './testing/pending-study.ts';
import { ReviewBench } from './testing/review-bench.ts';

const GUANGZHOU = '14.215.177.39';
const HARBIN = '202.97.224.69';
const HOUR = 3_600_000;

let review: ReviewBench;
beforeAll(async () => {
  review = await ReviewBench.start([600]);
}, 60_000);
afterAll(() => review?.close());
// Each test has its own hours: nobody is a neighbour of the test before.
beforeEach(() => review.bench.test.clock.advance(3 * HOUR));

const nowMs = () => review.bench.test.clock.nowMs();
/** Looks once soon after now and once an hour later. */
const look = (laterMs = 70 * 60_000) => findSuspicious(review.pool, nowMs() + laterMs);

/** A session from an address on a device. */
async function study(student: Student, from: { address?: string; deviceId?: string | null } = {}): Promise<string> {
  const { address = '10.0.0.1', deviceId = null } = from;
  const { body } = await student.client.post<{ status: { sessionId: string } }>(
    '/api/study-sessions',
    {
      lessonVersionId: review.world.lessons[0]?.lessonVersionId,
      device: { kind: 'phone', name: 'test', id: deviceId },
    },
    { remoteAddress: address },
  );
  const { sessionId } = body.status;
  await student.send([beat(1, 0)], sessionId);
  student.wait(15);
  await student.finish([beat(2, 15, { activity: 'paused' })], sessionId);
  student.wait(1);
  return sessionId;
}

async function caseOf(sessionId: string): Promise<ReviewCase | undefined> {
  const { items } = await review.queue(review.as('officer'), '?limit=100');
  return items.find((one) => one.sessionId === sessionId);
}
const reasonsOf = async (sessionId: string) =>
  (await caseOf(sessionId))?.reasons.map((one) => [one.reason, one.points]);

describe('the search for suspicious sessions', () => {
  it('leaves ordinary study alone', async () => {
    const sessionId = await study(await review.student());
    expect(await look()).toBe(0);
    expect(await caseOf(sessionId)).toBeUndefined();
  });

  it('finds a device that is handed round, and names the others’ sessions', async () => {
    const deviceId = randomUUID();
    const students = [await review.student(), await review.student(), await review.student(), await review.student()];
    const sessions: string[] = [];
    for (const student of students) {
      sessions.push(await study(student, { deviceId }));
      student.wait(600);
    }
    await look();
    for (const sessionId of sessions) {
      const found = await caseOf(sessionId);
      expect(found).toMatchObject({ score: 50, state: 'open' });
      expect(found?.reasons).toMatchObject([
        { reason: 'same-device', points: 50, zh: expect.stringContaining('4 人') },
      ]);
      const { body } = await review.as('officer').get<ReviewCase>(`/api/review-cases/${found?.id}`);
      expect(new Set(body.reasons[0]?.sessions.map((one) => one.sessionId))).toEqual(
        new Set(sessions.filter((one) => one !== sessionId)),
      );
    }
  });

  it('lets three on a device within the time pass, and a fourth an hour later', async () => {
    const deviceId = randomUUID();
    const sessions: string[] = [];
    for (const student of [await review.student(), await review.student(), await review.student()]) {
      sessions.push(await study(student, { deviceId }));
    }
    review.bench.test.clock.advance(61 * 60_000);
    sessions.push(await study(await review.student(), { deviceId }));
    await look();
    for (const sessionId of sessions) expect(await caseOf(sessionId)).toBeUndefined();
  });

  it('sees a class behind one address and makes no case of it', async () => {
    const sessions: string[] = [];
    for (let seat = 0; seat < 6; seat += 1) sessions.push(await study(await review.student(), { address: '10.7.7.7' }));
    expect(await look()).toBe(0);
    for (const sessionId of sessions) expect(await caseOf(sessionId)).toBeUndefined();
  });

  it('finds two places too far apart, from both sides, and nothing where a place is not known', async () => {
    const traveller = await review.student();
    const south = await study(traveller, { address: GUANGZHOU });
    traveller.wait(1200);
    const north = await study(traveller, { address: HARBIN });
    traveller.wait(60);
    const nowhere = await study(traveller, { address: '10.0.0.9' });
    await look();
    expect(await reasonsOf(south)).toEqual([['impossible-travel', 40]]);
    expect(await reasonsOf(north)).toEqual([['impossible-travel', 40]]);
    expect(await caseOf(nowhere)).toBeUndefined();
    expect((await caseOf(north))?.reasons[0]?.zh).toMatch(/^20 分钟内从广东到黑龙江，至少相距 \d+ 公里$/);
  });

  it('finds nothing in a flight that takes as long as it must', async () => {
    const traveller = await review.student();
    const south = await study(traveller, { address: GUANGZHOU });
    traveller.wait(3 * 3600);
    await study(traveller, { address: HARBIN });
    await look();
    expect(await caseOf(south)).toBeUndefined();
  });

  it('finds more hours in a day than anybody studies', async () => {
    const student = await review.student();
    const bucket = bucketOf(student.personId);
    const startMs = nowMs() - 12 * HOUR;
    await review.owner.query(
      `insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, media,
         credited_seconds, started_at, ended_at, day, rule_set_id, hash)
       select $1, gen.id, $2, gen.id, 1, 'road-transport', gen.id, '{[0,1800)}', 1800, to_timestamp($3::double precision / 1000 + gen.n * 1800),
         to_timestamp($3::double precision / 1000 + gen.n * 1800 + 1800), '2026-01-01', 'test', sha256('')
       from unnest($4::uuid[]) with ordinality as gen (id, n)`,
      [bucket, student.personId, startMs, Array.from({ length: 23 }, (_, at) => uuidv7(startMs + at * 1_800_000))],
    );
    const sessionId = await study(student);
    await look();
    expect(await reasonsOf(sessionId)).toEqual([['inhuman-hours', 40]]);
    expect((await caseOf(sessionId))?.reasons[0]?.zh).toBe('24 小时内计入 11.5 小时');
    await review.owner.query('delete from hour_ledger_entry where person_id = $1 and rule_set_id = $2', [
      student.personId,
      'test',
    ]);
  });

  it('finds the same face under two identities', async () => {
    const [one, other] = [await review.student(), await review.student()];
    const theirs = await study(other);
    for (const [a, b] of [
      [one.personId, other.personId],
      [other.personId, one.personId],
    ] as const) {
      await review.owner.query(
        `insert into face_double (bucket, person_id, other_person_id, distance_milli, rule_set_id, found_at) values ($1, $2, $3, 300, 'test', now())`,
        [bucketOf(a), a, b],
      );
    }
    const sessionId = await study(one);
    await look();
    expect(await reasonsOf(sessionId)).toEqual([['same-face', 60]]);
    expect(await reasonsOf(theirs)).toEqual([['same-face', 60]]);
    const found = await caseOf(sessionId);
    const { body } = await review.as('officer').get<ReviewCase>(`/api/review-cases/${found?.id}`);
    expect(body.reasons[0]?.sessions.map(({ sessionId: id }) => id)).toEqual([theirs]);
  });
});

describe('looking again', () => {
  let seats = 0;
  const shared = async (deviceId: string, people: number): Promise<string> => {
    let first = '';
    for (let at = 0; at < people; at += 1) {
      seats += 1;
      const sessionId = await study(await review.student(), { deviceId, address: `10.9.9.${seats}` });
      first ||= sessionId;
    }
    return first;
  };

  it('changes nothing, and two at once do not either', async () => {
    const sessionId = await shared(randomUUID(), 4);
    expect(await look()).toBe(4);
    const before = await caseOf(sessionId);
    await review.owner.query('delete from review_scan');
    const again = await Promise.all([look(), look()]);
    expect(again).toEqual([0, 0]);
    expect(await caseOf(sessionId)).toEqual(before);
  });

  it('an hour later counts those who came after, and leaves decided cases as they were decided', async () => {
    const deviceId = randomUUID();
    const sessionId = await shared(deviceId, 4);
    await look(3 * 60_000);
    expect(await reasonsOf(sessionId)).toEqual([['same-device', 50]]);
    review.bench.test.clock.advance(20 * 60_000);
    await shared(deviceId, 1);
    await look();
    expect(await reasonsOf(sessionId)).toEqual([['same-device', 65]]);
    const found = await caseOf(sessionId);
    await review.decide(review.as('officer'), found?.id ?? '', 'accept');
    review.bench.test.clock.advance(20 * 60_000);
    await shared(deviceId, 1);
    await review.owner.query('delete from review_scan');
    await look();
    const { items } = await review.queue(review.as('officer'), '?state=decided&limit=100');
    expect(items.find((one) => one.sessionId === sessionId)).toMatchObject({ score: 65, state: 'accepted' });
  });
});

describe('pictures in passing', () => {
  it('that were asked for and never came are counted from the evidence', async () => {
    const watched = await ReviewBench.start([4500], 'work-safety');
    try {
      const student = await watched.student();
      const session = new PendingStudy(watched, student.personId);
      await session.open();
      await session.watchPassing(4200);
      await session.close();
      const checks = await watched.owner.query(
        `update identity_check set outcome = 'failed', detail = replace(detail, '"problems":[]', '"problems":["other-person"]')
         where id in (select id from identity_check where session_id = $1 order by id limit 2)`,
        [session.sessionId],
      );
      expect(checks.rowCount).toBe(2);
      const pointsNow = async () => {
        await watched.owner.query('delete from review_scan');
        await findSuspicious(watched.pool, watched.bench.test.clock.nowMs() + 70 * 60_000);
        const [found] = (await watched.queue(watched.as('officer'))).items;
        return Object.fromEntries(found?.reasons.map((one) => [one.reason, one.points]) ?? []);
      };
      const missing = await pointsNow();
      expect(missing.mismatch).toBe(45);
      expect(missing['snapshot-missing']).toBeGreaterThanOrEqual(10);
      await watched.owner.query(
        `insert into identity_capture (bucket, id, person_id, session_id, kind, sha256, size_bytes, taken_at, keep_until)
         select $1, gen_random_uuid(), $2, $3, 'random', sha256(''), 1, now(), now() from generate_series(1, 12)`,
        [bucketOf(student.personId), student.personId, session.sessionId],
      );
      expect(await pointsNow()).not.toHaveProperty(['snapshot-missing']);
    } finally {
      await watched.close();
    }
  }, 120_000);
});
