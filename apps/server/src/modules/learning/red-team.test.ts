import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacks } from './testing/attacks.ts';
import { moreAttacks } from './testing/more-attacks.ts';
import { beat, findDifferences, makeWorld, startStudyBench, Student, type StudyBench } from './testing/study-bench.ts';
import type { StudyWorld } from './testing/study-world.ts';

let bench: StudyBench;
let world: StudyWorld;

beforeAll(async () => {
  bench = await startStudyBench();
  world = await makeWorld(bench, [60, 1500]);
});
afterAll(() => bench?.close());

describe('ways to get unearned seconds (Guangdong inspection table items 10, 11, 18, 30, 31)', () => {
  const all = [...attacks, ...moreAttacks];

  it('are at least 28, each with its own name', () => {
    expect(new Set(all.map((one) => one.name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(28);
  });

  it.each(all)('$name', async ({ most, marks, run }) => {
    const student = await Student.create(bench, world);
    await run(student);
    const serverSeconds = student.serverSeconds;
    await student.settle();
    const credited = await student.ledgerSeconds();
    expect(credited, 'what the server’s clock allows').toBeLessThanOrEqual(serverSeconds);
    expect(credited, 'what this play can have earned').toBeLessThanOrEqual(most);
    const left = await student.marks();
    expect(
      marks.some((mark) => left.has(mark)),
      `evidence: one of ${marks.join(', ')} in ${[...left].join(', ')}`,
    ).toBe(true);
    expect(await findDifferences(bench, student.personId)).toEqual([]);
  });
});

describe('the daily cap', () => {
  /** Watches for `seconds`, reporting as rarely as the rules bear. */
  async function watchLong(student: Student, seq: number, fromSeconds: number, seconds: number): Promise<number> {
    return student.watch(seq, fromSeconds, seconds, 115);
  }

  it('is not doubled by crossing midnight: each day gives its four hours and no more', async () => {
    const long = await makeWorld(bench, [12 * 3600], 'driver-licence');
    const student = await Student.create(bench, long);
    const dayMs = 86_400_000;
    const midnightMs = Math.ceil((student.nowMs + 8 * 3_600_000) / dayMs) * dayMs - 8 * 3_600_000;
    bench.test.clock.set(new Date(midnightMs - 5 * 3_600_000 + 7_000));
    await student.open(0);
    let seq = await watchLong(student, 1, 0, 5 * 3600 - 60);
    const status = await student.send([beat(seq++, 5 * 3600 - 60)]);
    expect(status.body).toMatchObject({ state: 'held', reason: 'daily-cap', creditedSeconds: 4 * 3600 });
    student.wait(90);
    await student.send([beat(seq++, 4 * 3600)]);
    await student.open(0);
    await watchLong(student, 1, 4 * 3600, 4.5 * 3600);
    await student.settle();
    expect(await student.ledgerSeconds()).toBeLessThanOrEqual(8 * 3600);
    expect(await student.ledgerSeconds()).toBeGreaterThan(7.9 * 3600);
    expect(await student.marks()).toContain('refused: daily-cap');
    expect(await findDifferences(bench, student.personId)).toEqual([]);
  });
});
