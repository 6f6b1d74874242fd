import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Appeal, getOwnHours, HourDecision, ReviewCaseDetail } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { rootDir } from '../../../platform/paths.ts';
import { readHours } from '../views/exports/hours-rows.ts';
import { hoursCells } from '../views/exports/write-hours-workbook.ts';
import { findDifferences, type Student } from '../testing/study-bench.ts';
import { ReviewBench } from './testing/review-bench.ts';

let review: ReviewBench;
beforeAll(async () => {
  review = await ReviewBench.start([120, 600]);
}, 60_000);
afterAll(() => review?.close());

const officer = () => review.as('officer');
const colleague = () => review.as('colleague');
const codeOf = (body: unknown) => (body as { error?: { code: string } }).error?.code;

/** A learner who has studied two parts of the first lesson in two sessions, with a case about the first. */
async function studied(): Promise<{ student: Student; first: string; second: string; caseId: string }> {
  const student = await review.student();
  const first = await review.study(student, 0, 60);
  const second = await review.study(student, 60, 45);
  return { student, first, second, caseId: await review.putCase(first) };
}

const appealOf = async (student: Student, sessionId: string): Promise<Appeal> =>
  (await review.own(student).post<Appeal>('/api/learning/appeals', { sessionId, text: '那天是我本人在学' })).body;
const answer = (client: ReturnType<typeof officer>, appealId: string, grant: boolean) =>
  client.post<Appeal>(`/api/appeals/${appealId}/answer`, { grant, answer: grant ? '核对后恢复' : '核对后维持' });

async function expectClean(student: Student): Promise<void> {
  const { viewed, seconds, ledger } = await review.counted(student);
  const length = [...viewed.matchAll(/\[(\d+),(\d+)\)/g)].reduce(
    (sum, [, from, to]) => sum + Number(to) - Number(from),
    0,
  );
  expect({ seconds, ledger }).toEqual({ seconds: length, ledger: length });
  expect(await findDifferences(review.bench, student.personId)).toEqual([]);
}

describe('a decision about a case', () => {
  it('accepting leaves the hours and is told', async () => {
    const { student, caseId } = await studied();
    const { status, body } = await review.decide(officer(), caseId, 'accept');
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'accepted', creditedSeconds: 60, countedMediaSeconds: [[0, 60]] });
    expect(body.decisions).toMatchObject([{ kind: 'accept', seconds: 0, mediaSeconds: [], reasonZh: '因为accept' }]);
    await expectClean(student);
  });

  it('voiding all takes back what the session credited, and nothing of another session', async () => {
    const { student, first, caseId } = await studied();
    const { status, body } = await review.decide(officer(), caseId, 'void-all');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'voided-all',
      creditedSeconds: 0,
      countedMediaSeconds: [],
      restorableSeconds: 60,
    });
    expect(body.decisions[0]).toMatchObject({ kind: 'void', seconds: 60, mediaSeconds: [[0, 60]] });
    expect(await review.counted(student)).toEqual({ viewed: '{[60,105)}', seconds: 45, ledger: 45, course: 45 });
    await expectClean(student);
    const { rows } = await review.owner.query(
      `select detail ->> 'seconds' as seconds from audit_entry where action = 'review.case-decide' and detail ->> 'sessionId' = $1`,
      [first],
    );
    expect(rows).toEqual([{ seconds: '60' }]);
  });

  it('voiding a part takes back only what is chosen and still counts, whole seconds, each once', async () => {
    const { student, caseId } = await studied();
    const chosen: [number, number][] = [
      [10, 20],
      [15, 30],
      [55, 90],
      [300, 400],
    ];
    const { body } = await review.decide(officer(), caseId, 'void-part', chosen);
    expect(body).toMatchObject({
      state: 'voided-part',
      countedMediaSeconds: [
        [0, 10],
        [30, 55],
      ],
      creditedSeconds: 35,
    });
    expect((await review.counted(student)).viewed).toBe('{[0,10),[30,55),[60,105)}');
    await expectClean(student);
  });

  it('a part that is all of it is called so', async () => {
    const { caseId } = await studied();
    expect((await review.decide(officer(), caseId, 'void-part', [[0, 500]])).body.state).toBe('voided-all');
  });

  it('refuses to void what does not count', async () => {
    const { student, caseId } = await studied();
    const { status, body } = await review.decide(officer(), caseId, 'void-part', [[60, 100]]);
    expect([status, codeOf(body)]).toEqual([422, 'review.nothing_to_void']);
    await expectClean(student);
  });

  it('is taken once; a decided case waits for an appeal', async () => {
    const { caseId } = await studied();
    await review.decide(officer(), caseId, 'void-all');
    for (const client of [officer(), colleague()]) {
      const { status, body } = await review.decide(client, caseId, 'accept');
      expect([status, codeOf(body)]).toEqual([409, 'review.case_decided']);
    }
  });

  it('waits until the session is over', async () => {
    const student = await review.student();
    await student.open(1);
    await student.watch(1, 0, 30);
    const caseId = await review.putCase(student.sessionId);
    const { status, body } = await review.decide(officer(), caseId, 'void-all');
    expect([status, codeOf(body)]).toEqual([409, 'review.session_running']);
    expect((await review.as('reader').get<ReviewCaseDetail>(`/api/review-cases/${caseId}`)).body.endedAt).toBeNull();
    await student.finish();
  });

  it('opens a finished course again and closes it when the part is studied once more', async () => {
    const student = await review.student();
    const sessionId = await review.study(student, 0, 120);
    const finished = () =>
      review.owner
        .query(
          `select credited_seconds as seconds, finished_at is not null as done from course_progress where person_id = $1`,
          [student.personId],
        )
        .then(({ rows }) => rows[0]);
    expect(await finished()).toEqual({ seconds: 120, done: false });
    await review.study(student, 0, 600, 1);
    expect(await finished()).toEqual({ seconds: 720, done: true });
    await review.decide(officer(), await review.putCase(sessionId), 'void-part', [[100, 120]]);
    expect(await finished()).toEqual({ seconds: 700, done: false });
    await review.study(student, 100, 20);
    expect(await finished()).toEqual({ seconds: 720, done: true });
    await expectClean(student);
  });
});

describe('an appeal', () => {
  it('is for own sessions that are over, one at a time, and the learner reads what becomes of it', async () => {
    const { student, first, caseId } = await studied();
    const stranger = await review.student();
    await review.decide(officer(), caseId, 'void-all');
    const post = (who: Student, sessionId: string) =>
      review.own(who).post('/api/learning/appeals', { sessionId, text: '请再核对一次' });
    expect((await post(stranger, first)).status).toBe(404);
    expect((await post(student, first)).status).toBe(200);
    const again = await post(student, first);
    expect([again.status, codeOf(again.body)]).toEqual([409, 'review.appeal_open']);
    const { items } = (await review.own(student).get<{ items: Appeal[] }>('/api/learning/appeals')).body;
    expect(items).toMatchObject([{ sessionId: first, state: 'open', answer: null }]);
    expect((await review.own(stranger).get<{ items: Appeal[] }>('/api/learning/appeals')).body.items).toEqual([]);
    const queue = await review.queue(officer(), '?state=appealed&limit=100');
    expect(queue.items.map((one) => one.sessionId)).toContain(first);
    const running = await review.student();
    await running.open(1);
    const early = await post(running, running.sessionId);
    expect([early.status, codeOf(early.body)]).toEqual([409, 'review.session_running']);
    await running.finish();
  });

  it('is answered by somebody else; granting gives everything back, once', async () => {
    const { student, first, caseId } = await studied();
    await review.decide(officer(), caseId, 'void-part', [[10, 60]]);
    const { id } = await appealOf(student, first);
    const own = await answer(officer(), id, true);
    expect([own.status, codeOf(own.body)]).toEqual([403, 'review.own_decision']);
    const seen = (client: ReturnType<typeof officer>) => client.get<ReviewCaseDetail>(`/api/review-cases/${caseId}`);
    expect((await seen(officer())).body.mayAnswerAppeal).toBe(false);
    expect((await seen(colleague())).body).toMatchObject({ mayAnswerAppeal: true, restorableSeconds: 50 });
    const granted = await answer(colleague(), id, true);
    expect(granted.body).toMatchObject({ state: 'granted', answer: '核对后恢复' });
    const again = await answer(colleague(), id, true);
    expect([again.status, codeOf(again.body)]).toEqual([409, 'review.appeal_answered']);
    expect((await seen(colleague())).body).toMatchObject({
      state: 'accepted',
      hasOpenAppeal: false,
      restorableSeconds: 0,
    });
    expect(await review.counted(student)).toMatchObject({ viewed: '{[0,105)}', ledger: 105 });
    await expectClean(student);
  });

  it('does not give back what was studied again since', async () => {
    const { student, first, caseId } = await studied();
    await review.decide(officer(), caseId, 'void-all');
    await review.study(student, 0, 30);
    const { id } = await appealOf(student, first);
    expect((await answer(colleague(), id, true)).status).toBe(200);
    expect(await review.counted(student)).toMatchObject({ viewed: '{[0,105)}', ledger: 105 });
    await expectClean(student);
    const second = await appealOf(student, first);
    const nothing = await answer(colleague(), second.id, true);
    expect([nothing.status, codeOf(nothing.body)]).toEqual([422, 'review.nothing_to_restore']);
    expect((await answer(colleague(), second.id, false)).body).toMatchObject({
      state: 'rejected',
      answer: '核对后维持',
    });
  });

  it('waits while the learner studies the lesson: those hours would be credited twice', async () => {
    const { student, first, caseId } = await studied();
    await review.decide(officer(), caseId, 'void-all');
    const { id } = await appealOf(student, first);
    student.wait(2);
    await student.open(0);
    const seq = await student.watch(1, 0, 15);
    const refused = await answer(colleague(), id, true);
    expect([refused.status, codeOf(refused.body)]).toEqual([409, 'review.lesson_running']);
    student.wait(5);
    await student.finish([{ seq, mediaMs: 20_000, activity: 'paused', touched: true, ageMs: 0 }]);
    expect((await answer(colleague(), id, true)).status).toBe(200);
    expect(await review.counted(student)).toMatchObject({ viewed: '{[0,105)}', ledger: 105 });
    await expectClean(student);
  });

  it('granted, lets somebody else decide the case once more; rejected, does not', async () => {
    const granted = await studied();
    await review.decide(officer(), granted.caseId, 'void-all');
    granted.student.wait(60);
    const { id } = await appealOf(granted.student, granted.first);
    await answer(colleague(), id, true);
    const own = await review.decide(officer(), granted.caseId, 'void-part', [[0, 10]]);
    expect([own.status, codeOf(own.body)]).toEqual([403, 'review.own_decision']);
    granted.student.wait(60);
    expect((await review.decide(colleague(), granted.caseId, 'void-part', [[0, 10]])).body.state).toBe('voided-part');
    expect(codeOf((await review.decide(officer(), granted.caseId, 'accept')).body)).toBe('review.case_decided');
    await expectClean(granted.student);

    const rejected = await studied();
    await review.decide(officer(), rejected.caseId, 'void-part', [[0, 10]]);
    rejected.student.wait(60);
    await answer(colleague(), (await appealOf(rejected.student, rejected.first)).id, false);
    expect(codeOf((await review.decide(colleague(), rejected.caseId, 'void-all')).body)).toBe('review.case_decided');
  });

  it('about a session without a case makes one, which is over with the answer', async () => {
    const student = await review.student();
    const sessionId = await review.study(student, 0, 30);
    const { id } = await appealOf(student, sessionId);
    const appealed = (await review.queue(officer(), '?state=appealed&limit=100')).items;
    const found = appealed.find((one) => one.sessionId === sessionId);
    expect(found).toMatchObject({ score: 0, reasons: [], hasOpenAppeal: true });
    await answer(officer(), id, false);
    const after = (await review.as('reader').get<ReviewCaseDetail>(`/api/review-cases/${found?.id}`)).body;
    expect(after).toMatchObject({ state: 'accepted', hasOpenAppeal: false });
    expect((await review.queue(officer(), '?limit=100')).items.map((one) => one.sessionId)).not.toContain(sessionId);
  });
});

describe('what the learner reads', () => {
  it('tells every decision with its reason, and the sums have no gap', async () => {
    const { student, first, caseId } = await studied();
    await review.decide(officer(), caseId, 'void-part', [[0, 25]]);
    const hours = (await review.own(student).get<z.output<(typeof getOwnHours)['answer']>>('/api/learning/hours')).body;
    const sessions = hours.days.flatMap((day) => day.sessions);
    const voided = sessions.find((one) => one.sessionId === first);
    expect(voided).toMatchObject({ creditedSeconds: 35, voidedSeconds: 25, awaitingSeconds: 0 });
    expect(voided?.decisions).toMatchObject([{ kind: 'void', seconds: 25, reasonZh: '因为void-part' }]);
    expect(voided?.stretches.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(60);
    expect(sessions.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(80);
    expect(hours.totals.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(80);
    expect(hours.days.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(80);
  });
});

describe('the proof of a session', () => {
  it('tells what was voided as a reason, and the file still checks', async () => {
    const { first, caseId } = await studied();
    await review.decide(officer(), caseId, 'void-part', [[0, 25]]);
    type Proof = {
      totalSeconds: number;
      creditedSeconds: number;
      notCreditedSeconds: number;
      byReason: { reason: string; seconds: number }[];
      decisions: HourDecision[];
      check: object;
    };
    const proof = (await officer().get<Proof>(`/api/study-sessions/${first}/proof`)).body;
    expect(proof.creditedSeconds).toBe(35);
    expect(proof.creditedSeconds + proof.notCreditedSeconds).toBe(proof.totalSeconds);
    expect(proof.byReason.reduce((sum, one) => sum + one.seconds, 0)).toBe(proof.notCreditedSeconds);
    expect(proof.byReason).toContainEqual({ reason: 'voided', seconds: 25, clause: null });
    expect(proof.decisions).toMatchObject([{ kind: 'void', mediaSeconds: [[0, 25]] }]);
    expect(proof.check).toMatchObject({ chainOk: true, recomputedOk: true, recomputedSeconds: 60 });
  });

  it('can be downloaded and recomputed without the server, decisions included', async () => {
    const { first, caseId } = await studied();
    await review.decide(officer(), caseId, 'void-part', [[0, 25]]);
    const evidence = (await officer().get<Evidence>(`/api/study-sessions/${first}/evidence`)).body;
    expect(evidence.ledger.map((one) => one.creditedSeconds)).toEqual([60, -25]);
    expect(await check(evidence)).toMatch(/^session .* 60 seconds credited by the rules\nOK/);
    const [decision] = evidence.decisions;
    expect(await check({ ...evidence, decisions: [{ ...decision, reason: '另一个理由' }] })).toContain('the digest is');
    expect(await check({ ...evidence, ledger: evidence.ledger.slice(0, 1) })).toContain(
      'moves -25 s, the ledger does not',
    );
  });
});

type Evidence = { ledger: { creditedSeconds: number }[]; decisions: object[] };

async function check(evidence: Evidence): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'antu-decisions-'));
  try {
    const file = join(directory, 'evidence.json');
    await writeFile(file, JSON.stringify(evidence));
    return await promisify(execFile)(process.execPath, [join(rootDir, 'scripts/check-evidence.mjs'), file]).then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('an export of hours', () => {
  it('holds what was taken back beside what was given, and sums up to what counts', async () => {
    const { student, caseId } = await studied();
    await review.employ(student, review.world.organisationId);
    await review.decide(officer(), caseId, 'void-part', [[0, 25]]);
    const selection = { organisationId: review.world.organisationId, from: '2026-01-01', to: '2099-12-31' };
    const rows = await readHours(review.pool, selection, [
      { bucket: bucketOf(student.personId), id: student.personId },
    ]);
    expect(rows.map((row) => [row.credited_seconds, row.decision_kind])).toEqual([
      [60, null],
      [-25, 'void'],
      [45, null],
    ]);
    expect(rows.reduce((sum, row) => sum + row.credited_seconds, 0)).toBe((await review.counted(student)).seconds);
    const cells = rows.map((row) => hoursCells({ hours: row, person: undefined, post: null }, false));
    expect(cells.map((row) => row.at(-1))).toEqual(['', '作废：因为void-part', '']);
    expect(rows[1]?.day).toBe(rows[0]?.day);
  });
});
