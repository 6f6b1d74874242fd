import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeForgottenSessions } from './sweep-sessions.ts';
import { findDifferences, makeWorld, startStudyBench, Student, type StudyBench } from './testing/study-bench.ts';
import type { StudyWorld } from './testing/study-world.ts';

let bench: StudyBench;
let world: StudyWorld;
const LESSON_SECONDS = 600;

beforeAll(async () => {
  bench = await startStudyBench();
  world = await makeWorld(bench, [LESSON_SECONDS]);
});
afterAll(() => bench?.close());

type Report = { seq: number; mediaMs: number; activity: string; touched: boolean; ageMs: number };
/** A request on its way: what the player sent, and when (seconds after the start) it reaches the server. */
type Delivery = { atSeconds: number; beats: Report[] };

/** Reports of somebody who watches from the start to the end without a break, each sent at its time. */
function watchThrough(everySeconds = 15): { atSeconds: number; report: Report }[] {
  const times = Array.from({ length: LESSON_SECONDS / everySeconds + 1 }, (_, index) => index * everySeconds);
  return times.map((atSeconds, index) => ({
    atSeconds,
    report: {
      seq: index + 1,
      mediaMs: atSeconds * 1000,
      activity: atSeconds >= LESSON_SECONDS ? 'ended' : 'playing',
      touched: index % 10 === 0,
      ageMs: 0,
    },
  }));
}

/** Delivers requests in the order in which the network lets them through, then does what a player does at the end. */
async function deliver(student: Student, deliveries: readonly Delivery[]): Promise<void> {
  const startMs = student.nowMs;
  let lastSeq = 0;
  for (const { atSeconds, beats } of deliveries.toSorted((a, b) => a.atSeconds - b.atSeconds)) {
    bench.test.clock.set(new Date(startMs + Math.round(atSeconds * 1000)));
    const answer = await student.send(beats);
    expect(answer.status).toBe(200);
    expect(['counting', 'standing']).toContain(answer.body.state);
    lastSeq = Math.max(lastSeq, ...beats.map((one) => one.seq));
  }
  await catchUp(student, lastSeq);
}

/** At the end of the picture the player reports until the server's clock has caught up. */
async function catchUp(student: Student, lastSeq: number): Promise<void> {
  let seq = lastSeq;
  for (let turn = 0; turn < 10; turn += 1) {
    seq += 1;
    const ended = { seq, mediaMs: LESSON_SECONDS * 1000, activity: 'ended', touched: false, ageMs: 0 };
    const { body } = await student.send([ended]);
    if (body.creditedSeconds === body.creditableSeconds) return;
    student.wait(body.nextBeatMs / 1000);
  }
}

async function expectFullCredit(student: Student): Promise<void> {
  const { body } = await student.finish();
  expect(body).toMatchObject({ state: 'ended', reason: 'finished', creditedSeconds: LESSON_SECONDS });
  expect(await student.ledgerSeconds()).toBe(LESSON_SECONDS);
  expect(await findDifferences(bench, student.personId)).toEqual([]);
}

describe('honest learners on bad networks lose nothing', () => {
  const networks: [name: string, route: (sent: { atSeconds: number; report: Report }[]) => Delivery[]][] = [
    ['a good network', (sent) => sent.map(({ atSeconds, report }) => ({ atSeconds, beats: [report] }))],
    [
      'delays of up to 18 s',
      (sent) =>
        sent.map(({ atSeconds, report }, index) => ({ atSeconds: atSeconds + ((index * 7) % 19), beats: [report] })),
    ],
    [
      'every request delivered twice',
      (sent) =>
        sent.flatMap(({ atSeconds, report }) => [
          { atSeconds, beats: [report] },
          { atSeconds: atSeconds + 0.4, beats: [report] },
        ]),
    ],
    [
      'every fourth request overtaken by the next',
      (sent) =>
        sent.map(({ atSeconds, report }, index) => ({
          atSeconds: index % 4 === 1 ? atSeconds + 16 : atSeconds,
          beats: [report],
        })),
    ],
    [
      'requests that get lost and are not repeated',
      (sent) =>
        sent.filter((_, index) => index % 3 !== 1).map(({ atSeconds, report }) => ({ atSeconds, beats: [report] })),
    ],
    [
      'offline for 110 s, the reports delivered together with their ages',
      (sent) => {
        const back = 310;
        const queued = sent.filter(({ atSeconds }) => atSeconds > 200 && atSeconds <= back);
        const others = sent.filter((one) => !queued.includes(one));
        const batch = queued.map(({ atSeconds, report }) => ({ ...report, ageMs: (back - atSeconds) * 1000 }));
        return [
          ...others.map(({ atSeconds, report }) => ({ atSeconds, beats: [report] })),
          { atSeconds: back, beats: batch },
        ];
      },
    ],
    [
      'offline for 110 s, the queue lost',
      (sent) =>
        sent
          .filter(({ atSeconds }) => atSeconds <= 200 || atSeconds > 310)
          .map(({ atSeconds, report }) => ({ atSeconds, beats: [report] })),
    ],
  ];
  it.each(networks)('%s', async (_name, route) => {
    const student = await Student.create(bench, world);
    await student.open(0);
    await deliver(student, route(watchThrough()));
    await expectFullCredit(student);
  });

  it('a browser that crashes, and the lesson gone on with on another device', async () => {
    const student = await Student.create(bench, world);
    await student.open(0);
    await student.watch(1, 0, 300);
    // The crash: nothing more is heard; ten minutes later another device opens the lesson.
    student.wait(600);
    const { body } = await student.open(0, { device: { kind: 'computer', name: 'other' } });
    expect(body).toMatchObject({ resumeAtMs: 300_000, tookOver: false });
    const seq = await student.watch(1, 300, 300);
    await catchUp(student, seq);
    await expectFullCredit(student);
  });

  it('a second device taken up while the first still plays', async () => {
    const student = await Student.create(bench, world);
    await student.open(0);
    await student.watch(1, 0, 240);
    const { body } = await student.open(0, { device: { kind: 'tablet', name: 'other' } });
    expect(body).toMatchObject({ resumeAtMs: 240_000, tookOver: true });
    const seq = await student.watch(1, 240, 360);
    await catchUp(student, seq);
    await expectFullCredit(student);
  });

  it('a silence beyond the limit is lost, said so, and can be watched again', async () => {
    const student = await Student.create(bench, world);
    await student.open(0);
    await student.watch(1, 0, 150);
    student.wait(121);
    const back = await student.send([{ seq: 50, mediaMs: 271_000, activity: 'playing', touched: true, ageMs: 0 }]);
    expect(back.body).toMatchObject({ state: 'held', reason: 'network-gap', goToMs: 150_000, creditedSeconds: 150 });
    const seq = await student.watch(51, 150, 450);
    await catchUp(student, seq);
    await expectFullCredit(student);
  });

  it('the question answered in time: the clock stood still, everything is kept', async () => {
    const student = await Student.create(bench, await makeWorld(bench, [900]));
    await student.open(0);
    let seq = 0;
    let promptId: string | undefined;
    for (let second = 0; second <= 600; second += 15) {
      const { body } = await student.send([
        { seq: ++seq, mediaMs: second * 1000, activity: 'playing', touched: false, ageMs: 0 },
      ]);
      promptId = body.prompt?.id;
      if (second < 600) student.wait(15);
    }
    expect(promptId).toBeDefined();
    student.wait(59);
    const answer = await student.answer(promptId ?? '', {
      seq: ++seq,
      mediaMs: 600_000,
      activity: 'playing',
      touched: true,
      ageMs: 0,
    });
    expect(answer.body).toMatchObject({ state: 'counting', creditedSeconds: 600 });
    await student.watch(seq + 1, 600, 30);
    expect((await student.finish()).body).toMatchObject({ reason: 'left', creditedSeconds: 630 });
    expect(await findDifferences(bench, student.personId)).toEqual([]);
  });
});

describe('the sweeper', () => {
  it('ends sessions that fell silent, keeps their credit and leaves the others alone', async () => {
    const silent = await Student.create(bench, world);
    await silent.open(0);
    await silent.watch(1, 0, 30);
    silent.wait(140);
    const active = await Student.create(bench, world);
    await active.open(0);
    await active.watch(1, 0, 15);
    expect(await closeForgottenSessions(bench.database.pool, active.nowMs)).toBeGreaterThanOrEqual(1);
    const told = await silent.send([{ seq: 9, mediaMs: 30_000, activity: 'playing', touched: false, ageMs: 0 }]);
    expect(told.body).toMatchObject({ state: 'ended', reason: 'vanished', creditedSeconds: 30 });
    const still = await active.send([{ seq: 9, mediaMs: 15_500, activity: 'paused', touched: false, ageMs: 0 }]);
    expect(still.body.state).toBe('standing');
  });

  it('ends the session of somebody who has signed out', async () => {
    const student = await Student.create(bench, world);
    const { owner, pool } = bench.database;
    await owner.query(
      `insert into account (bucket, id, person_id, password_hash, password_changed_at, must_change_password, created_at)
       select bucket, id, id, '-', now(), false, now() from person where id = $1`,
      [student.personId],
    );
    await student.open(0);
    await student.watch(1, 0, 30);
    await closeForgottenSessions(pool, student.nowMs);
    const told = await student.send([{ seq: 9, mediaMs: 30_000, activity: 'playing', touched: false, ageMs: 0 }]);
    expect(told.body).toMatchObject({ state: 'ended', reason: 'signed-out', creditedSeconds: 30 });
  });
});
