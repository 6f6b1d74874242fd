import { randomUUID } from 'node:crypto';
import type { ExamView, SittingPaper } from '@antu/contract';
import { bucketOf, placeInBucket } from '@antu/domain';
import { findDueExams, preparePapers } from '../dates/prepare-papers.ts';
import { type Candidate, type ExamWorld, TWO_KINDS } from './exam-world.ts';

const HOUR_MS = 3_600_000;

/** What tests do to hold an exam. */
export interface ExamDay {
  nowMs(): number;
  moveTo(ms: number): void;
  /** An exam that opens in three hours, for three hours. @param address of the room; absent: online */
  makeExam(options?: { capacity?: number; address?: string }): Promise<ExamView>;
  book(who: Candidate, exam: ExamView): ReturnType<Candidate['client']['post']>;
  /** Draws the papers a quarter of an hour before it opens. */
  prepare(exam: ExamView): Promise<void>;
  sittingOf(who: Candidate, exam: ExamView): Promise<string>;
  /** Somebody on site has just confirmed who the candidate is. */
  confirm(who: Candidate, sittingId: string): Promise<unknown>;
  start(who: Candidate, sittingId: string): ReturnType<typeof startSitting>;
}

const startSitting = (who: Candidate, sittingId: string) =>
  who.client.post<SittingPaper>(`/api/exam-sittings/${sittingId}/start`, { deviceId: randomUUID() });

/** @param planId of a plan for formal exams */
export function examDay(world: ExamWorld, planId: string): ExamDay {
  const { teacher, bodyId, database, test } = world.bank;
  const { pool } = database;
  const nowMs = () => test.clock.nowMs();
  const moveTo = (ms: number) => test.clock.set(new Date(ms));
  return {
    nowMs,
    moveTo,
    makeExam: async ({ capacity = 10, address } = {}) => {
      const answer = await teacher.client.post<ExamView>('/api/exams', {
        organisationId: bodyId,
        titleZh: `考试 ${randomUUID().slice(0, 8)}`,
        planId,
        ruleSetId: TWO_KINDS,
        place: address === undefined ? { mode: 'online', address: null } : { mode: 'place', address },
        opensAt: new Date(nowMs() + 3 * HOUR_MS).toISOString(),
        closesAt: new Date(nowMs() + 6 * HOUR_MS).toISOString(),
        capacity,
      });
      if (answer.status !== 201) throw new Error(`no exam: ${answer.text}`);
      return answer.body;
    },
    book: (who, exam) => who.client.post(`/api/exams/${exam.id}/bookings`),
    prepare: async (exam) => {
      moveTo(Date.parse(exam.opensAt) - 900_000);
      const due = (await findDueExams(pool, nowMs())).find(({ id }) => id === exam.id);
      if (!due) throw new Error('the exam is not due');
      await preparePapers(pool, due, nowMs());
    },
    sittingOf: async (who, exam) => {
      const { rows } = await pool.query<{ id: string }>(
        'select id from exam_sitting where bucket = $1 and person_id = $2 and exam_id = $3',
        [bucketOf(who.personId), who.personId, exam.id],
      );
      return rows[0]?.id ?? '';
    },
    confirm: ({ personId, actor }, sittingId) =>
      database.owner.query(
        `insert into identity_check (bucket, id, person_id, purpose, session_id, login_session_id, scheme, rule_set_id, method, outcome, detail,
           address, asked_at, decided_at, hash)
         select $1, $2, $3, 'exam', s.id, $4, 'road-transport', 'identity.check.2026-11-25', 'on-site', 'passed',
           json_build_object('organisationId', e.organisation_id)::text, '10.0.0.1', $5, $5, decode(repeat('00', 32), 'hex')
         from exam_sitting s join exam e on e.id = s.exam_id where s.bucket = $1 and s.id = $6`,
        [
          bucketOf(personId),
          placeInBucket(uuidAt(nowMs()), bucketOf(personId)),
          personId,
          actor.sessionId,
          new Date(nowMs()),
          sittingId,
        ],
      ),
    start: startSitting,
  };
}

const uuidAt = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${randomUUID().slice(24)}`;
};
