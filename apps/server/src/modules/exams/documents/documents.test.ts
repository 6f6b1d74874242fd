import type { ExamView, getExamBoard, getOwnExams, SittingResult } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { assignSeats } from '../dates/assign-seats.ts';
import { markSitting } from '../marking/mark-sitting.ts';
import { textOf } from '../../../platform/print/testing/pdf-text.ts';
import { type ExamDay, examDay } from '../testing/exam-day.ts';
import { type Candidate, type ExamWorld, makeExamWorld, makePlan } from '../testing/exam-world.ts';

type Offered = z.infer<(typeof getOwnExams)['answer']>;
type Board = z.infer<(typeof getExamBoard)['answer']>;
const PHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';

let world: ExamWorld;
let day: ExamDay;
beforeAll(async () => {
  world = await makeExamWorld();
  day = examDay(world, await makePlan(world, false));
}, 60_000);
afterAll(() => world.bank.close());
const pool = () => world.bank.database.pool;

/** A candidate with a name and a number, as registered people have. */
async function named(name: string, idNumber: string): Promise<Candidate> {
  const who = await world.candidate();
  const { keys } = world.bank.test.platform;
  await world.bank.database.owner.query(
    'update person set name_sealed = $3, id_number_sealed = $4 where bucket = $1 and id = $2',
    [
      bucketOf(who.personId),
      who.personId,
      keys.encrypt('person.name', name, who.personId),
      keys.encrypt('person.id-number', idNumber, who.personId),
    ],
  );
  return who;
}
const bookingOf = async (who: Candidate, exam: ExamView) =>
  (await who.client.get<Offered>('/api/learning/exams')).body.exams.find(({ id }) => id === exam.id)?.booking;
const ticket = (who: Candidate, exam: ExamView) => who.client.get(`/api/exams/${exam.id}/ticket.pdf`);

describe('A ticket', () => {
  it('is printed for its owner, with the seat once booking has ended', async () => {
    const exam = await day.makeExam({ address: '中山大道 89 号 302' });
    const [first, gone, second] = [
      await named('张建国', '440106199001010013'),
      await world.candidate(),
      await named('李秀英', '440524188001010014'),
    ];
    for (const who of [first, gone, second]) await day.book(who, exam);
    await gone.client.post(`/api/exams/${exam.id}/bookings/cancel`);
    day.moveTo(Date.parse(exam.bookingUntil) - 1);
    await assignSeats(pool(), day.nowMs());
    expect(textOf((await ticket(first, exam)).raw)).toContain('座位号报名截止后排定');
    day.moveTo(Date.parse(exam.bookingUntil));
    expect(await assignSeats(pool(), day.nowMs())).toBe(1);
    expect(await assignSeats(pool(), day.nowMs())).toBe(0);

    const booking = await bookingOf(second, exam);
    expect(booking).toMatchObject({ seat: '2' });
    const printed = await ticket(second, exam);
    expect(printed.headers['content-type']).toBe('application/pdf');
    expect(printed.headers['cache-control']).toBe('private, no-store');
    const text = textOf(printed.raw);
    for (const words of [
      '准　考　证',
      exam.titleZh,
      '姓名李秀英',
      '证件号4405**********0014',
      `准考证号${booking?.ticketNumber}`,
      '座位号2',
      '地点中山大道 89 号 302',
      '答题时间90 分钟，满分 100 分，80 分合格',
      '考场规则',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('440524188001010014');
    expect(codeOf(await ticket(gone, exam))).toBe('exams.booking_not_found');
  });

  it('carries a seal that says whose it is, and is found by it on the board', async () => {
    const exam = await day.makeExam();
    const [one, other] = [await world.candidate(), await world.candidate()];
    for (const who of [one, other]) await day.book(who, exam);
    const codes = await Promise.all([one, other].map(async (who) => (await bookingOf(who, exam))?.ticketCode ?? ''));
    expect(codes[0]).toMatch(/^\d{13}\.[\w-]{16}$/);
    expect(new Set(codes.map((code) => code.split('.')[1])).size).toBe(2);
    const { rows } = (await world.bank.teacher.client.get<Board>(`/api/exams/${exam.id}/board`)).body;
    expect(rows.map(({ ticketCode }) => ticketCode)).toEqual(codes);
  });

  it('is given to those who run the exam with the name masked, and to nobody else', async () => {
    const exam = await day.makeExam();
    const who = await named('王小明', '440106199001010013');
    await day.book(who, exam);
    const path = `/api/exam-bookings/${(await bookingOf(who, exam))?.id}/ticket.pdf`;
    const { teacher, otherTeacher } = world.bank;
    const text = textOf((await teacher.client.get(path)).raw);
    expect(text).toContain('准　考　证');
    expect(text).not.toContain('王小明');
    expect((await otherTeacher.client.get(path)).status).toBe(403);
    expect((await who.client.get(path)).status).toBe(403);
    expect(codeOf(await ticket(await world.candidate(), exam))).toBe('exams.booking_not_found');
    const { rows } = await pool().query(
      `select from audit_entry where action = 'exams.ticket-read' and object_id = $1`,
      [who.personId],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('A printed result', () => {
  it('is there once the sitting was marked, for its owner and those who run the exam', async () => {
    const exam = await day.makeExam();
    const who = await named('赵志强', '440106199001010013');
    await day.book(who, exam);
    await day.prepare(exam);
    const sittingId = await day.sittingOf(who, exam);
    day.moveTo(Date.parse(exam.opensAt));
    await day.confirm(who, sittingId);
    const { body: paper } = await who.client.post<{ deviceToken: string }>(
      `/api/exam-sittings/${sittingId}/start`,
      { deviceId: who.personId },
      { headers: { 'user-agent': PHONE } },
    );
    const board = await world.bank.teacher.client.get<Board>(`/api/exams/${exam.id}/board`);
    expect(board.body.rows).toMatchObject([{ device: 'phone', seat: null }]);
    await who.client.post(`/api/exam-sittings/${sittingId}/submit`, { deviceToken: paper.deviceToken });
    const own = `/api/exam-sittings/${sittingId}/certificate.pdf`;
    expect(codeOf(await who.client.get(own))).toBe('exams.sitting_not_found');
    await markSitting(pool(), sittingId, day.nowMs());

    const { body: result } = await who.client.get<SittingResult>(`/api/exam-sittings/${sittingId}/result`);
    expect(result).toMatchObject({
      passed: false,
      certificateUrl: own,
      resit: { state: 'possible', attemptsLeft: null },
    });
    const text = textOf((await who.client.get(own)).raw);
    const { rows } = await pool().query<{ start: string }>(
      `select upper(left(encode(hash, 'hex'), 16)) as start from exam_result where sitting_id = $1`,
      [sittingId],
    );
    for (const words of ['考试成绩单', `-${rows[0]?.start}`, '姓名赵志强', '成绩0 分', '结论不合格']) {
      expect(text).toContain(words);
    }
    const theirs = `/api/exam-results/${sittingId}/certificate.pdf`;
    const { teacher, otherTeacher } = world.bank;
    expect(textOf((await teacher.client.get(theirs)).raw)).not.toContain('赵志强');
    expect((await otherTeacher.client.get(theirs)).status).toBe(403);
    expect((await who.client.get(theirs)).status).toBe(403);
    expect(codeOf(await (await world.candidate()).client.get(own))).toBe('exams.sitting_not_found');
  });
});
