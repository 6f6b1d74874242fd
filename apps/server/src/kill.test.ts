import { setTimeout as sleep } from 'node:timers/promises';
import type { StudyStatus } from '@antu/contract';
import { bucketOf, type EvidenceFact, replaySession } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsToFact, evidenceColumns, type StoredEvidence } from './modules/learning/evidence-rows.ts';
import { limitsOfRuleSet, loadLiveSessions } from './modules/learning/live-session.ts';
import { makeSignedInLearners, type SignedInLearner } from './modules/learning/testing/signed-in-learners.ts';
import { makeStudyWorld, type StudyWorld } from './modules/learning/testing/study-world.ts';
import { verifyStudy } from './modules/learning/verify/verify-study.ts';
import { openPool } from './platform/database/pool.ts';
import { KillableServer, type Victim } from './platform/testing/killable-server.ts';

const LEARNERS = 40;
const KILLS_OF_THE_API = 8;
const KILLS_OF_THE_DATABASE = 12;

let server: KillableServer;
let world: StudyWorld;
let learners: SignedInLearner[];

beforeAll(async () => {
  server = await KillableServer.open();
  const owner = openPool({ url: server.ownerUrl, max: 1 });
  world = await makeStudyWorld(owner, { lessonSeconds: [3600] });
  learners = await makeSignedInLearners(owner, world, LEARNERS);
  await owner.end();
  await server.start('api');
}, 120_000);
afterAll(() => server?.close());

/** What the server said was done, by session. */
type Acknowledged = { lastSeq: number; creditedSeconds: number; closed: boolean };

/** A player that reports all the time and sends again what got no answer. */
async function play(learner: SignedInLearner, told: Map<string, Acknowledged>, signal: AbortSignal): Promise<void> {
  const send = async <T>(path: string, body: object): Promise<T | undefined> => {
    while (!signal.aborted) {
      try {
        const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: learner.cookie, 'x-antu-csrf': learner.csrf },
          body: JSON.stringify(body),
        });
        if (response.status === 200) return (await response.json()) as T;
        await response.body?.cancel();
      } catch {
        // Killed in the middle of it.
      }
      await sleep(60);
    }
    return undefined;
  };
  while (!signal.aborted) {
    const opened = await send<{ status: StudyStatus; resumeAtMs: number }>('/api/study-sessions', {
      lessonVersionId: world.lessons[0]?.lessonVersionId,
      device: { kind: 'phone', name: 'kill' },
    });
    if (!opened) return;
    const { sessionId } = opened.status;
    const url = `/api/study-sessions/${sessionId}`;
    const startMs = performance.now();
    const beatOf = (seq: number) => ({
      seq,
      mediaMs: opened.resumeAtMs + Math.floor(performance.now() - startMs),
      activity: 'playing',
      touched: seq % 5 === 0,
      ageMs: 0,
    });
    const heard = (status: StudyStatus | undefined, closed: boolean) => {
      if (!status || (status.state === 'ended' && !closed)) return;
      const known = told.get(sessionId);
      told.set(sessionId, {
        lastSeq: Math.max(known?.lastSeq ?? 0, status.lastSeq),
        creditedSeconds: Math.max(known?.creditedSeconds ?? 0, status.creditedSeconds),
        closed,
      });
    };
    const beats = 20 + (learner.personId.charCodeAt(0) % 60);
    for (let seq = 1; seq <= beats && !signal.aborted; seq += 1) {
      heard(await send<StudyStatus>(`${url}/beats`, { beats: [beatOf(seq)] }), false);
      await sleep(310);
    }
    heard(await send<StudyStatus>(`${url}/close`, { beats: [] }), true);
  }
}

describe('kill -9 under load', () => {
  it('loses nothing that was acknowledged, doubles nothing, and verify is clean', async () => {
    const told = new Map<string, Acknowledged>();
    const stop = new AbortController();
    const players = learners.map((learner) => play(learner, told, stop.signal));
    const kills = [
      ...Array<Victim>(KILLS_OF_THE_API).fill('api'),
      ...Array<Victim>(KILLS_OF_THE_DATABASE).fill('database'),
    ];
    kills.sort(() => Math.random() - 0.5);
    for (const victim of kills) {
      await sleep(300 + Math.random() * 1_200);
      await server.kill(victim);
    }
    await sleep(1_500);
    stop.abort();
    await Promise.all(players);
    await server.waitForDatabase();

    const acknowledged = [...told];
    expect(acknowledged.reduce((sum, [, one]) => sum + one.lastSeq, 0)).toBeGreaterThan(LEARNERS * 10);
    for (const [sessionId, one] of acknowledged) {
      const { lastSeq, lessonSeconds, isClosed } = await readBack(sessionId);
      expect(lastSeq, `session ${sessionId}: reports`).toBeGreaterThanOrEqual(one.lastSeq);
      expect(lessonSeconds, `session ${sessionId}: seconds`).toBeGreaterThanOrEqual(one.creditedSeconds);
      if (one.closed) expect(isClosed, `session ${sessionId}: its end`).toBe(true);
    }
    const found: string[] = [];
    const verdict = await verifyStudy(server.pool, undefined, ({ table, key, what }) =>
      found.push(`${table} (${key}) ${what}`),
    );
    expect(found).toEqual([]);
    expect(verdict.sessions).toBeGreaterThanOrEqual(LEARNERS);
  }, 180_000);
});

/** What the database holds of a session: replayed from its evidence, or the running state. */
async function readBack(sessionId: string): Promise<{ lastSeq: number; lessonSeconds: number; isClosed: boolean }> {
  const bucket = bucketOf(sessionId);
  const { rows } = await server.pool.query<StoredEvidence & { person_id: string }>(
    `select ${evidenceColumns}, s.person_id from study_session s join study_evidence e on e.bucket = s.bucket and e.session_id = s.id
     where s.bucket = $1 and s.id = $2 order by e.index`,
    [bucket, sessionId],
  );
  const facts: EvidenceFact[] = rows.map(columnsToFact);
  const [opened] = facts;
  const personId = rows[0]?.person_id ?? '';
  if (opened?.kind !== 'opened') throw new Error(`session ${sessionId} is not there`);
  const isClosed = facts.at(-1)?.kind === 'closed';
  const live = (await loadLiveSessions(server.pool, [{ bucket, personId }])).get(personId);
  const state =
    !isClosed && live?.sessionId === sessionId
      ? live.state
      : replaySession(facts, limitsOfRuleSet(opened.ruleSetId)).state;
  const sets = [...state.viewed, ...state.confirmed, ...state.pending];
  const lessonSeconds = Math.floor(Math.max(0, ...sets.map((one) => one.to)) / 1000);
  return { lastSeq: state.lastSeq, lessonSeconds, isClosed };
}
