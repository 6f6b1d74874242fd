import type { ExamView, getExamBoard, getOwnExams, SittingPaper } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { closeTimedOut } from '../marking/jobs.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { type ExamDay, examDay } from '../testing/exam-day.ts';
import { type Candidate, type ExamWorld, makeExamWorld, makePlan, TWO_KINDS } from '../testing/exam-world.ts';
import { moveExams } from './prepare-papers.ts';

type Offered = z.infer<(typeof getOwnExams)['answer']>;
type Board = z.infer<(typeof getExamBoard)['answer']>;
const HOUR_MS = 3_600_000;

let world: ExamWorld;
let planId: string;
let day: ExamDay;
beforeAll(async () => {
  world = await makeExamWorld();
  planId = await makePlan(world, false);
  day = examDay(world, planId);
}, 60_000);
afterAll(() => world.bank.close());

const pool = () => world.bank.database.pool;
const nowMs = () => day.nowMs();
const moveTo = (ms: number) => day.moveTo(ms);
const makeExam = (capacity = 10) => day.makeExam({ capacity });
const book = (who: Candidate, exam: ExamView) => day.book(who, exam);
const own = async (who: Candidate) => (await who.client.get<Offered>('/api/learning/exams')).body;
const sittingOf = (who: Candidate, exam: ExamView) => day.sittingOf(who, exam);
const confirm = (who: Candidate, sittingId: string) => day.confirm(who, sittingId);
const start = (who: Candidate, sittingId: string) => day.start(who, sittingId);
const prepare = (exam: ExamView) => day.prepare(exam);

describe('A formal exam', () => {
  it('is booked, prepared before the bell, begun after it with a check of identity, and closed', async () => {
    const exam = await makeExam();
    const [who, absent] = [await world.candidate(), await world.candidate()];
    expect((await book(who, exam)).status).toBe(201);
    expect((await book(who, exam)).status).toBe(201);
    await book(absent, exam);
    await prepare(exam);
    const sittingId = await sittingOf(who, exam);
    moveTo(Date.parse(exam.opensAt) - 1);
    expect(codeOf(await start(who, sittingId))).toBe('exams.not_yet');
    moveTo(Date.parse(exam.opensAt));
    expect(codeOf(await start(who, sittingId))).toBe('exams.identity_needed');
    await confirm(who, sittingId);
    const { body: paper } = await start(who, sittingId);
    expect(paper.items).toHaveLength(75);
    await moveExams(pool(), nowMs());
    await who.client.post(`/api/exam-sittings/${sittingId}/submit`, { deviceToken: paper.deviceToken });
    const offered = (await own(who)).exams.find(({ id }) => id === exam.id);
    expect(offered?.booking).toMatchObject({ state: 'sat', sittingId });
    moveTo(Date.parse(exam.closesAt));
    await moveExams(pool(), nowMs());
    expect((await world.bank.teacher.client.get<ExamView>(`/api/exams/${exam.id}`)).body.state).toBe('open');
    await markSitting(pool(), sittingId, nowMs());
    await moveExams(pool(), nowMs());
    expect((await world.bank.teacher.client.get<ExamView>(`/api/exams/${exam.id}`)).body.state).toBe('closed');
    const { rows } = await pool().query('select person_id, state from exam_booking where exam_id = $1', [exam.id]);
    expect(new Map(rows.map((row) => [row.person_id, row.state]))).toEqual(
      new Map([
        [who.personId, 'sat'],
        [absent.personId, 'missed'],
      ]),
    );
    expect((await own(who)).results).toMatchObject([{ sittingId, state: 'marked', points: 0, passed: false }]);
  });

  it('gives the last place to one of many who ask at once', async () => {
    const exam = await makeExam(3);
    const people = await Promise.all(Array.from({ length: 12 }, () => world.candidate()));
    const answers = await Promise.all(people.map((who) => book(who, exam)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    const { rows } = await pool().query<{ booked: number; tickets: string }>(
      `select e.booked, (select count(distinct b.ticket_number) from exam_booking b where b.exam_id = e.id)::text as tickets
       from exam e where e.id = $1`,
      [exam.id],
    );
    expect(rows).toEqual([{ booked: 3, tickets: '3' }]);
  });

  it('lists everything that is missing at once', async () => {
    const exam = await makeExam(1);
    await book(await world.candidate(), exam);
    const late = await world.candidate();
    moveTo(Date.parse(exam.bookingUntil));
    const refused = await book(late, exam);
    expect(codeOf(refused)).toBe('exams.not_eligible');
    const { conditions } = (refused.body as { error: { details: { conditions: { code: string }[] } } }).error.details;
    expect(conditions.map(({ code }) => code)).toEqual(['capacity', 'booking-closed']);
  });

  it('gives a place back until booking ends, not a second later', async () => {
    const exam = await makeExam(1);
    const [first, second] = [await world.candidate(), await world.candidate()];
    await book(first, exam);
    const giveBack = () => first.client.post(`/api/exams/${exam.id}/bookings/cancel`);
    moveTo(Date.parse(exam.bookingUntil) - 1_000);
    expect((await giveBack()).status).toBe(200);
    expect((await book(second, exam)).status).toBe(201);
    expect(codeOf(await giveBack())).toBe('exams.booking_not_found');
    moveTo(Date.parse(exam.bookingUntil));
    expect(codeOf(await second.client.post(`/api/exams/${exam.id}/bookings/cancel`))).toBe('exams.booking_closed');
  });

  it('lets the invigilator see, speak, give time and declare void', async () => {
    const exam = await makeExam();
    const [slow, cheat] = [await world.candidate(), await world.candidate()];
    await book(slow, exam);
    await book(cheat, exam);
    await prepare(exam);
    moveTo(Date.parse(exam.opensAt));
    const papers = new Map<Candidate, SittingPaper>();
    for (const who of [slow, cheat]) {
      await confirm(who, await sittingOf(who, exam));
      papers.set(who, (await start(who, await sittingOf(who, exam))).body);
    }
    const room = <Answer>(path: string, body: Record<string, unknown>) =>
      world.bank.teacher.client.post<Answer>(`/api/exams/${exam.id}/${path}`, body);
    const paperOf = (who: Candidate): SittingPaper => papers.get(who) as SittingPaper;
    expect((await room('extend', { sittingId: paperOf(slow).id, seconds: 600, reason: '手部不便' })).body).toEqual({
      extended: 1,
    });
    await room('messages', { text: '还有一小时' });
    // For so long the word before it, none, is believed.
    moveTo(nowMs() + 2_000);
    await room('void', { sittingId: paperOf(cheat).id, reason: '携带手机进入考场' });
    const saved = await slow.client.post<{ endsAt: string; message: unknown }>(
      `/api/exam-sittings/${paperOf(slow).id}/answers`,
      { deviceToken: paperOf(slow).deviceToken, seq: 1, answers: [{ item: 0, answer: true, agoMs: 0 }] },
    );
    expect(Date.parse(saved.body.endsAt) - Date.parse(paperOf(slow).endsAt ?? '')).toBe(600_000);
    expect(saved.body.message).toMatchObject({ text: '还有一小时' });
    const refused = await cheat.client.post(`/api/exam-sittings/${paperOf(cheat).id}/answers`, {
      deviceToken: paperOf(cheat).deviceToken,
      seq: 1,
      answers: [{ item: 0, answer: true, agoMs: 0 }],
    });
    expect(codeOf(refused)).toBe('exams.voided');
    const board = (await world.bank.teacher.client.get<Board>(`/api/exams/${exam.id}/board`)).body;
    expect(board.counts).toMatchObject({ booked: 2, running: 1, voided: 1 });
    expect(board.rows.find(({ personId }) => personId === slow.personId)).toMatchObject({
      state: 'running',
      answered: 1,
      questions: 75,
      extraSeconds: 600,
    });
    expect((await world.bank.otherTeacher.client.get(`/api/exams/${exam.id}/board`)).status).toBe(403);
    moveTo(Date.parse(exam.opensAt) + 90 * 60_000 + 720_000);
    await closeTimedOut(pool(), nowMs());
    expect((await slow.client.get<{ state: string }>(`/api/exam-sittings/${paperOf(slow).id}`)).body.state).toBe(
      'running',
    );
    moveTo(nowMs() + 1_000);
    await closeTimedOut(pool(), nowMs());
    expect((await slow.client.get<{ state: string }>(`/api/exam-sittings/${paperOf(slow).id}`)).body.state).toBe(
      'timed-out',
    );
  });

  it('is listed from its first page when the position is none', async () => {
    expect(codeOf(await world.bank.teacher.client.get('/api/exams?cursor=x'))).toBe('exams.bad_cursor');
  });

  it.each([
    ['in the past', -1, 3, TWO_KINDS, 'exams.window_bad'],
    ['shorter than its time', 24, 1, TWO_KINDS, 'exams.window_bad'],
    ['under other rules than its plan', 24, 3, 'road-transport.exam.annual.2020-06-01', 'exams.rule_set_unknown'],
  ])('is not made %s', async (_, inHours, hours, ruleSetId, code) => {
    const opensMs = nowMs() + inHours * HOUR_MS;
    const answer = await world.bank.teacher.client.post('/api/exams', {
      organisationId: world.bank.bodyId,
      titleZh: '考试',
      planId,
      ruleSetId,
      place: { mode: 'online', address: null },
      opensAt: new Date(opensMs).toISOString(),
      closesAt: new Date(opensMs + hours * HOUR_MS).toISOString(),
      capacity: 1,
    });
    expect(codeOf(answer)).toBe(code);
  });
});
