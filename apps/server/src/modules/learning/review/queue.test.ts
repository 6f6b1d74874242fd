import { randomUUID } from 'node:crypto';
import type { ReviewCaseDetail } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Student } from '../testing/study-bench.ts';
import { makeStudyWorld } from '../testing/study-world.ts';
import { ReviewBench } from './testing/review-bench.ts';

let review: ReviewBench;
let student: Student;
const cases: { sessionId: string; caseId: string; score: number }[] = [];
beforeAll(async () => {
  review = await ReviewBench.start([600]);
  student = await review.student();
  for (const [at, score] of [40, 90, 60, 60, 75].entries()) {
    const sessionId = await review.study(student, at * 15, 15);
    cases.push({ sessionId, caseId: await review.putCase(sessionId, score), score });
  }
}, 60_000);
afterAll(() => review?.close());

const codeOf = (body: unknown) => (body as { error?: { code: string } }).error?.code;

describe('the queue', () => {
  it('runs by score, page by page, without losing or repeating a case', async () => {
    const scores: number[] = [];
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: { items: { id: string; score: number }[]; nextCursor: string | null; total: number } = (
        await review.as('officer').get<never>(`/api/review-cases?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      ).body;
      expect(page.total).toBe(5);
      for (const one of page.items) {
        scores.push(one.score);
        ids.add(one.id);
      }
      cursor = page.nextCursor;
    } while (cursor);
    expect(scores).toEqual([90, 75, 60, 60, 40]);
    expect(ids.size).toBe(5);
    expect((await review.as('officer').get('/api/review-cases?cursor=x')).status).toBe(400);
  });

  it('shows masked names, the place and what counts, and leaves an audit row', async () => {
    const [first] = (await review.queue(review.as('officer'))).items;
    expect(first).toMatchObject({
      score: 90,
      state: 'open',
      creditedSeconds: 15,
      hasOpenAppeal: false,
      scheme: 'road-transport',
    });
    expect(first?.nameMasked).toBe('容**');
    expect(first?.idNumberMasked).toMatch(/^\d{4}\*{10}[\dX]{4}$/);
    expect(first?.reasons).toEqual([{ reason: 'mismatch', points: 90, zh: '不符', en: 'other', sessions: [] }]);
    const { rows } = await review.owner.query(
      `select count(*)::int as n from audit_entry where action = 'review.cases-list' and account_id = $1`,
      [review.actor('officer').accountId],
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
  });

  it('narrows by state, reason, region and organisation', async () => {
    const total = async (query: string) => (await review.queue(review.as('officer'), query)).total;
    expect(await total('?reason=mismatch')).toBe(5);
    expect(await total('?reason=two-faces')).toBe(0);
    expect(await total(`?region=${review.regionCode}`)).toBe(5);
    expect(await total(`?organisationId=${review.world.organisationId}`)).toBe(5);
    await review.decide(review.as('officer'), cases[0]?.caseId ?? '', 'accept');
    expect(await total('')).toBe(4);
    expect(await total('?state=decided')).toBe(1);
    expect(await total('?state=appealed')).toBe(0);
    const { counts } = await review.queue(review.as('officer'), '?state=decided');
    expect(counts).toEqual({ open: 4, appealed: 0 });
    const outside = await review.as('officer').get('/api/review-cases?region=440104');
    expect(outside.status).toBe(403);
  });
});

describe('who may judge', () => {
  const seenBy = async (client: ReturnType<typeof review.as>, caseId: string) => ({
    listed: (await review.queue(client, '?limit=100')).total ?? 0,
    read: (await client.get(`/api/review-cases/${caseId}`)).status,
    decided: (await review.decide(client, caseId, 'void-all')).status,
  });

  it('the body that teaches the course and the authority of the place, nobody else', async () => {
    const open = cases.slice(1).map((one) => one.caseId);
    const other = await makeStudyWorld(review.owner, { lessonSeconds: [60] });
    expect(await seenBy(review.as('other body', 'body-manager', other.organisationId), open[0] ?? '')).toEqual({
      listed: 0,
      read: 403,
      decided: 403,
    });
    expect(await seenBy(review.as('elsewhere', 'officer-city', randomUUID(), '440100'), open[0] ?? '')).toEqual({
      listed: 0,
      read: 403,
      decided: 403,
    });
    const employed = review.as('employer', 'enterprise-manager', review.world.organisationId);
    expect((await employed.get(`/api/review-cases/${open[0]}`)).status).toBe(403);
    expect((await review.decide(employed, open[0] ?? '', 'accept')).status).toBe(403);
    expect(await seenBy(review.as('teacher', 'teacher'), open[0] ?? '')).toEqual({
      listed: 4,
      read: 200,
      decided: 200,
    });
    expect(await seenBy(review.as('manager', 'body-manager'), open[1] ?? '')).toEqual({
      listed: 3,
      read: 200,
      decided: 200,
    });
    const city = `${review.regionCode.slice(0, 4)}00`;
    expect(await seenBy(review.as('city', 'officer-city', randomUUID(), city), open[2] ?? '')).toEqual({
      listed: 2,
      read: 200,
      decided: 200,
    });
    const nothing = '00000000-0000-7000-8000-000000000000';
    expect((await review.as('officer').get(`/api/review-cases/${nothing}`)).status).toBe(404);
  });

  it('not a body over its own staff; the authority decides then', async () => {
    const own = await review.student();
    await review.employ(own, review.world.organisationId);
    const caseId = await review.putCase(await review.study(own, 0, 30));
    const { status, body } = await review.decide(review.as('teacher', 'teacher'), caseId, 'accept');
    expect([status, codeOf(body)]).toEqual([403, 'review.own_staff']);
    expect((await review.decide(review.as('officer'), caseId, 'accept')).status).toBe(200);
  });

  it('not the learner, whatever else they are', async () => {
    const teacher = await review.student();
    const caseId = await review.putCase(await review.study(teacher, 0, 30));
    const actor = { ...review.actor('teacher', 'teacher'), personId: teacher.personId, sessionId: randomUUID() };
    const client = review.bench.test.as(actor);
    expect((await review.queue(client, '?limit=100')).items.map((one) => one.personId)).not.toContain(teacher.personId);
    expect((await review.decide(client, caseId, 'accept')).status).toBe(403);
  });
});

describe('sessions that a reason is about', () => {
  it('are named masked where they are within reach, and left out where not', async () => {
    const neighbour = await review.student();
    const theirs = await review.study(neighbour, 0, 15);
    const far = await makeStudyWorld(review.owner, { lessonSeconds: [60] });
    const stranger = await review.student(far);
    const elsewhere = await review.study(stranger, 0, 15);
    await review.owner.query(`update study_session set region_code = '440104' where id = $1`, [elsewhere]);
    const sessionId = await review.study(await review.student(), 0, 15);
    const caseId = await review.putCase(sessionId);
    await review.owner.query('update review_case set reasons = $2 where id = $1', [
      caseId,
      JSON.stringify({
        ruleSetId: 'test',
        reasons: [
          { reason: 'same-device', points: 50, zh: '同一设备', en: 'same device', sessionIds: [theirs, elsewhere] },
        ],
      }),
    ]);
    const detail = (await review.as('officer').get<ReviewCaseDetail>(`/api/review-cases/${caseId}`)).body;
    expect(detail.reasons[0]?.sessions).toMatchObject([{ sessionId: theirs, nameMasked: '容**' }]);
    expect(detail).toMatchObject({
      lessonSeconds: 600,
      countedMediaSeconds: [[0, 15]],
      captures: [],
      appeals: [],
      decisions: [],
    });
    expect(detail.stretches.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(15);
  });
});
