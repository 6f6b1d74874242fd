import type { OpenAnswer } from './open-session.ts';
import type { StudyStatus } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildTestApp,
  createTestDatabase,
  expectAppendOnly,
  type TestApp,
  type TestClient,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts';
import { learningModule } from './index.ts';
import { assignWorld, makePeople, makeStudyWorld, type StudyWorld } from './testing/study-world.ts';
import { verifyStudy } from './verify/verify-study.ts';

let database: TestDatabase;
let test: TestApp;
let world: StudyWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  test = await buildTestApp({ database, modules: [learningModule], settings: { BEAT_WINDOW_MS: '0' } });
  world = await makeStudyWorld(database.owner);
});
afterAll(async () => {
  await test?.close();
  await database?.close();
});

async function learner(): Promise<{ personId: string; client: TestClient }> {
  const [personId = ''] = await makePeople(database.owner, 1);
  await assignWorld(database.owner, world, [personId]);
  return { personId, client: test.as(testActor({ personId, permissions: ['study.own'] })) };
}

const device = { kind: 'phone', name: 'Android' } as const;

async function open(client: TestClient, lesson = 0) {
  const answer = await client.post<OpenAnswer>('/api/study-sessions', {
    lessonVersionId: world.lessons[lesson]?.lessonVersionId,
    device,
  });
  expect(answer.status).toBe(200);
  return answer.body;
}

function beat(seq: number, mediaSeconds: number, activity = 'playing', more: object = {}) {
  return { seq, mediaMs: Math.round(mediaSeconds * 1000), activity, touched: false, ageMs: 0, ...more };
}

async function differences(): Promise<string[]> {
  const found: string[] = [];
  await verifyStudy(database.pool, undefined, ({ table, key, what }) => found.push(`${table} (${key}) ${what}`));
  return found;
}

describe('a study session', () => {
  it('credits what was watched, ends as finished and verifies', async () => {
    const { personId, client } = await learner();
    const { status, resumeAtMs, lesson, rules } = await open(client);
    expect(resumeAtMs).toBe(0);
    expect(lesson.kind).toBe('document');
    expect(rules.bridgeableGapSeconds).toBe(120);
    expect(status.state).toBe('standing');
    const url = `/api/study-sessions/${status.sessionId}`;
    for (let second = 0; second <= 60; second += 15) {
      const answer = await client.post<StudyStatus>(`${url}/beats`, {
        beats: [beat(second / 15 + 1, second, second === 60 ? 'ended' : 'playing')],
      });
      expect(answer.status).toBe(200);
      expect(answer.body.creditedSeconds).toBe(second);
      test.clock.advance(15_000);
    }
    const closed = await client.post<StudyStatus>(`${url}/close`, { beats: [] });
    expect(closed.body).toMatchObject({ state: 'ended', reason: 'finished', creditedSeconds: 60 });
    const { rows } = await database.pool.query(
      'select sum(credited_seconds)::int as seconds from hour_ledger_entry where person_id = $1',
      [personId],
    );
    expect(rows[0]).toEqual({ seconds: 60 });
    const later = await client.post<StudyStatus>(`${url}/beats`, { beats: [beat(9, 60)] });
    expect(later.body).toMatchObject({ state: 'ended', reason: 'finished', creditedSeconds: 60 });
    expect(await differences()).toEqual([]);
  });

  it('taking over ends the older session with a notice there and goes on at the credited second', async () => {
    const { client } = await learner();
    const first = await open(client, 1);
    await client.post(`/api/study-sessions/${first.status.sessionId}/beats`, { beats: [beat(1, 0)] });
    test.clock.advance(20_500);
    await client.post(`/api/study-sessions/${first.status.sessionId}/beats`, { beats: [beat(2, 20.5)] });
    const second = await open(client, 1);
    expect(second).toMatchObject({ tookOver: true, resumeAtMs: 20_000 });
    test.clock.advance(15_000);
    const old = await client.post<StudyStatus>(`/api/study-sessions/${first.status.sessionId}/beats`, {
      beats: [beat(3, 35.5)],
    });
    expect(old.body).toMatchObject({ state: 'ended', reason: 'taken-over', creditedSeconds: 20 });
    expect(await differences()).toEqual([]);
  });

  it('keeps its facts append-only', async () => {
    await expectAppendOnly(database, ['study_session', 'study_evidence', 'hour_ledger_entry']);
  });
});
