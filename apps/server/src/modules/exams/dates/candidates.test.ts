import { randomUUID } from 'node:crypto';
import type { ExamView, listExamCandidates, registerCandidates } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { type Candidate, type ExamWorld, makeExamWorld, makePlan, TWO_KINDS } from '../testing/exam-world.ts';
import { findDueExams, moveExams, preparePapers } from './prepare-papers.ts';

type Listed = z.infer<(typeof listExamCandidates)['answer']>;
type Registered = z.infer<(typeof registerCandidates)['answer']>;
const MINUTE_MS = 60_000;

let world: ExamWorld;
let planId: string;
beforeAll(async () => {
  world = await makeExamWorld();
  planId = await makePlan(world, false);
}, 60_000);
afterAll(() => world.bank.close());

const pool = () => world.bank.database.pool;
const nowMs = () => world.bank.test.clock.nowMs();
const moveTo = (ms: number) => world.bank.test.clock.set(new Date(ms));

/** An exam that opens in ten minutes: nobody can book any more. */
async function makeExam(capacity = 10): Promise<ExamView> {
  const answer = await world.bank.teacher.client.post<ExamView>('/api/exams', {
    organisationId: world.bank.bodyId,
    titleZh: `考试 ${randomUUID().slice(0, 8)}`,
    planId,
    ruleSetId: TWO_KINDS,
    place: { mode: 'online', address: null },
    opensAt: new Date(nowMs() + 10 * MINUTE_MS).toISOString(),
    closesAt: new Date(nowMs() + 130 * MINUTE_MS).toISOString(),
    capacity,
  });
  expect(answer.status).toBe(201);
  return answer.body;
}
const register = (exam: ExamView, people: readonly Candidate[]) =>
  world.bank.teacher.client.post<Registered>(`/api/exams/${exam.id}/candidates`, {
    personIds: people.map(({ personId }) => personId),
  });
const papersOf = async (exam: ExamView): Promise<string[]> => {
  const { rows } = await pool().query<{ person_id: string }>('select person_id from exam_sitting where exam_id = $1', [
    exam.id,
  ]);
  return rows.map(({ person_id }) => person_id);
};
async function prepare(exam: ExamView): Promise<void> {
  const due = (await findDueExams(pool(), nowMs())).find(({ id }) => id === exam.id);
  if (due) await preparePapers(pool(), due, nowMs());
}

describe('Registering candidates', () => {
  it('goes on when booking has ended and the first papers are drawn, and each gets a paper', async () => {
    const exam = await makeExam();
    const [first, second] = [await world.candidate(), await world.candidate()];
    expect(codeOf(await first.client.post(`/api/exams/${exam.id}/bookings`))).toBe('exams.not_eligible');
    expect((await register(exam, [first])).body).toEqual({ registered: 1, refused: [] });
    await prepare(exam);
    expect(await papersOf(exam)).toEqual([first.personId]);
    expect((await register(exam, [first, second])).body).toEqual({ registered: 2, refused: [] });
    await prepare(exam);
    expect(new Set(await papersOf(exam))).toEqual(new Set([first.personId, second.personId]));
    const { rows } = await pool().query('select booked, state from exam where id = $1', [exam.id]);
    expect(rows).toEqual([{ booked: 2, state: 'frozen' }]);
    await prepare(exam);
    expect(await papersOf(exam)).toHaveLength(2);
  });

  it('ends with the bell, at the very second', async () => {
    const exam = await makeExam();
    const [last, late] = [await world.candidate(), await world.candidate()];
    moveTo(Date.parse(exam.opensAt) - 1);
    expect((await register(exam, [last])).body.registered).toBe(1);
    moveTo(Date.parse(exam.opensAt));
    const { body } = await register(exam, [late]);
    expect(body.registered).toBe(0);
    expect(body.refused).toMatchObject([{ personId: late.personId, unmet: [{ code: 'booking-closed', met: false }] }]);
    await prepare(exam);
    await moveExams(pool(), nowMs());
    expect(await papersOf(exam)).toEqual([last.personId]);
  });

  it('gives the last place to the first of the list and says why the others have none', async () => {
    const exam = await makeExam(1);
    const people = [await world.candidate(), await world.candidate()];
    const { body } = await register(exam, people);
    expect(body.registered).toBe(1);
    expect(body.refused).toMatchObject([{ personId: people[1]?.personId, unmet: [{ code: 'capacity' }] }]);
  });

  it('lists the roster page by page, finds one by ID number, and keeps others out', async () => {
    const exam = await makeExam();
    const booked = await world.candidate();
    await register(exam, [booked]);
    const fresh = new Set<string>();
    while (fresh.size < 21) fresh.add((await world.candidate()).personId);
    const seen: Listed['items'] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `?cursor=${cursor}`;
      const { body } = await world.bank.teacher.client.get<Listed>(`/api/exams/${exam.id}/candidates${query}`);
      expect(body.items.length).toBeLessThanOrEqual(20);
      seen.push(...body.items);
      cursor = body.nextCursor;
      expect(body.total).toBeGreaterThanOrEqual(22);
    } while (cursor !== null);
    expect(new Set(seen.map(({ personId }) => personId)).size).toBe(seen.length);
    expect(seen.filter(({ isBooked }) => isBooked).map(({ personId }) => personId)).toEqual([booked.personId]);
    expect(seen.filter(({ personId, unmet }) => fresh.has(personId) && unmet.length === 0)).toHaveLength(fresh.size);
    const nobody = await world.bank.teacher.client.get<Listed>(`/api/exams/${exam.id}/candidates?q=无此人`);
    expect(nobody.body).toEqual({ items: [], nextCursor: null, total: 0 });
    expect((await world.bank.otherTeacher.client.get(`/api/exams/${exam.id}/candidates`)).status).toBe(403);
    expect(
      (await world.bank.otherTeacher.client.post(`/api/exams/${exam.id}/candidates`, { personIds: [booked.personId] }))
        .status,
    ).toBe(403);
  });

  it('lets whoever failed sit again while the first date still runs, and nobody before the result', async () => {
    const [first, second] = [await makeExam(), await makeExam()];
    const who = await world.candidate();
    await register(first, [who]);
    const codes = async () =>
      (await register(second, [who])).body.refused.flatMap(({ unmet }) => unmet.map(({ code }) => code));
    expect(await codes()).toEqual(['booked-elsewhere']);
    await prepare(first);
    const { rows } = await pool().query<{ id: string }>('select id from exam_sitting where exam_id = $1', [first.id]);
    const sittingId = rows[0]?.id ?? '';
    await world.bank.database.owner.query(
      `update exam_sitting set state = 'submitted', started_at = $2, ends_at = $3, ended_at = $2 where id = $1`,
      [sittingId, world.bank.test.clock.now(), new Date(nowMs() + 90 * MINUTE_MS)],
    );
    expect(await codes()).toEqual(['booked-elsewhere']);
    await markSitting(pool(), sittingId, nowMs());
    expect(await codes()).toEqual([]);
  });

  it('registers nobody who is not on the roster of the organisation', async () => {
    const exam = await makeExam();
    const gone = await world.candidate();
    await world.bank.database.owner.query(
      `update person_affiliation set to_date = '2026-02-01' where bucket = $1 and person_id = $2`,
      [bucketOf(gone.personId), gone.personId],
    );
    expect(codeOf(await register(exam, [gone]))).toBe('people.not_found');
  });
});
