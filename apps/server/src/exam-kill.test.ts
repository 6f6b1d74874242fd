import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SittingPaper } from '@antu/contract';
import { bucketOf, examLimitsOf, getExamRuleSet } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFICE_RULES, openExamOffice } from './modules/exams/testing/exam-office.ts';
import { findLostAnswers } from './modules/exams/testing/find-lost-answers.ts';
import { StubbornCandidate } from './modules/exams/testing/stubborn-candidate.ts';
import { verifyExams } from './modules/exams/verify/verify-exams.ts';
import { openPool } from './platform/database/pool.ts';
import { KillableServer, type Victim } from './platform/testing/killable-server.ts';

const CANDIDATES = 24;
/** Who began so long ago that their time is up while the server is being killed. */
const OVERDUE = 8;
const KILLS: Record<Victim, number> = { api: 5, worker: 1, database: 4 };
/** How long from the first kill on what the overdue ones send still counts. */
const OVERDUE_MS = 12_000;
const HOUR_MS = 3_600_000;
const limits = examLimitsOf(getExamRuleSet(OFFICE_RULES));

let server: KillableServer;
let candidates: StubbornCandidate[];
let overdue: StubbornCandidate[];

beforeAll(async () => {
  server = await KillableServer.open();
  const owner = openPool({ url: server.ownerUrl, max: 2 });
  const office = await openExamOffice(server.settings, owner);
  const nowMs = Date.now();
  const present = await office.prepare({ count: CANDIDATES, opensAtMs: nowMs, closesAtMs: nowMs + 6 * HOUR_MS });
  const earlier = await office.prepare({
    count: OVERDUE,
    opensAtMs: nowMs - 2 * HOUR_MS,
    closesAtMs: nowMs + 6 * HOUR_MS,
  });
  // Not earlier: the worker would draw the papers as well.
  await Promise.all([server.start('api'), server.start('worker')]);
  office.clock.set(new Date());
  await office.confirm(present.candidates);
  candidates = present.candidates.map((one) => new StubbornCandidate(server.port, one));
  office.clock.set(new Date(Date.now() + OVERDUE_MS - (limits.durationSeconds + limits.lateGraceSeconds) * 1000));
  await office.confirm(earlier.candidates);
  overdue = [];
  for (const one of earlier.candidates) {
    const path = `/api/exam-sittings/${one.sittingId}/start`;
    const paper = await office.ask<SittingPaper>(one, path, { deviceId: randomUUID() });
    overdue.push(new StubbornCandidate(server.port, one, paper));
  }
  await office.close();
  await owner.end();
}, 60_000);
afterAll(() => server?.close());

const savesOf = ({ acknowledged }: StubbornCandidate): number => acknowledged.saves.length;

/** Answers until the kills are over, or until enough was answered, and hands in. */
async function sit(one: StubbornCandidate, mostSaves: number, signal: AbortSignal): Promise<void> {
  await one.start();
  for (let done = 1; done <= mostSaves && !signal.aborted; done += 1) {
    await one.save();
    if (done % 20 === 0) await one.start();
    await sleep(50 + Math.random() * 100);
  }
  await one.submit();
}

/** Sends what was answered without a network until it does not count any more. Never hands in. */
async function sendLate(one: StubbornCandidate): Promise<void> {
  while (await one.save()) await sleep(50 + Math.random() * 100);
}

describe('kill -9 during an exam', () => {
  it('loses no acknowledged answer and no second, and everybody is marked', async () => {
    const stop = new AbortController();
    const everybody = [...candidates, ...overdue];
    const sitting = [
      ...candidates.map((one, at) => sit(one, at % 2 === 0 ? 20 + at * 2 : Number.MAX_SAFE_INTEGER, stop.signal)),
      ...overdue.map(sendLate),
    ];
    // Whoever has not saved anything has nothing to lose.
    await expect.poll(() => Math.min(...everybody.map(savesOf)), { timeout: 60_000 }).toBeGreaterThan(0);
    const kills = (Object.keys(KILLS) as Victim[]).flatMap((victim) => Array<Victim>(KILLS[victim]).fill(victim));
    expect(kills).toHaveLength(10);
    kills.sort(() => Math.random() - 0.5);
    for (const victim of kills) {
      await sleep(200 + Math.random() * 500);
      const again = server.kill(victim);
      // Nobody waits for the worker but the results, at the end.
      if (victim !== 'worker') await again;
    }
    stop.abort();
    await Promise.all(sitting);
    await server.waitForDatabase();
    await waitForMarks(everybody.length);

    const told = everybody.map(({ acknowledged }) => acknowledged);
    expect(await findLostAnswers(server.pool, told)).toEqual([]);
    for (const one of everybody) await expectTrueClock(one);
    expect(await findDifferences()).toEqual([]);
  }, 180_000);
});

/** Everything that verify finds, as printed. */
async function findDifferences(): Promise<string[]> {
  const found: string[] = [];
  await verifyExams(server.pool, {}, Date.now(), ({ table, key, what }) => found.push(`${table} (${key}) ${what}`));
  return found;
}

/** One result each, without anybody asking: the overdue ones wait for the minute in which the job looks for them. */
async function waitForMarks(wanted: number): Promise<void> {
  const untilMs = Date.now() + 75_000;
  for (;;) {
    const { rows } = await server.pool.query<{ marked: number; results: number }>(
      `select (select count(*)::int from exam_sitting where state = 'marked') as marked,
         (select count(*)::int from exam_result) as results`,
    );
    const [row] = rows;
    if (row?.marked === wanted || Date.now() > untilMs) {
      expect(row).toEqual({ marked: wanted, results: wanted });
      return;
    }
    await sleep(200);
  }
}

async function expectTrueClock({ candidate, clocks, firstSentMs }: StubbornCandidate): Promise<void> {
  const { rows } = await server.pool.query<{ started_at: Date; ends_at: Date; ended_at: Date }>(
    'select started_at, ends_at, ended_at from exam_sitting where bucket = $1 and id = $2',
    [bucketOf(candidate.sittingId), candidate.sittingId],
  );
  const [row] = rows;
  if (!row) throw new Error(`sitting ${candidate.sittingId} is not there`);
  const endsAtMs = row.ends_at.getTime();
  expect(endsAtMs - row.started_at.getTime()).toBe(limits.durationSeconds * 1000);
  for (const told of clocks) {
    expect(Math.abs(told.endsAtMs - endsAtMs)).toBeLessThanOrEqual(1_000);
    expect(told.nowMs).toBeGreaterThanOrEqual(told.sentMs - 1_000);
    expect(told.nowMs).toBeLessThanOrEqual(told.receivedMs + 1_000);
  }
  if (firstSentMs === 0) {
    expect(row.ended_at.getTime()).toBe(endsAtMs);
  } else {
    // The clock of somebody whose first answer was lost runs from that start on, and no other.
    expect(row.started_at.getTime()).toBeGreaterThanOrEqual(firstSentMs - 1_000);
    expect(row.started_at.getTime()).toBeLessThanOrEqual((clocks[0]?.receivedMs ?? 0) + 1_000);
    expect(row.ended_at.getTime()).toBeLessThan(endsAtMs);
  }
}
