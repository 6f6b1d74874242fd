import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StudyStatus } from '@antu/contract';
import { bucketOf, type EvidenceFact, replaySession } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsToFact, evidenceColumns, type StoredEvidence } from './modules/learning/evidence-rows.ts';
import { limitsOfRuleSet, loadLiveSessions } from './modules/learning/live-session.ts';
import { makeSignedInLearners, type SignedInLearner } from './modules/learning/testing/signed-in-learners.ts';
import { makeStudyWorld, type StudyWorld } from './modules/learning/testing/study-world.ts';
import { verifyStudy } from './modules/learning/verify/verify-study.ts';
import { systemClock } from './platform/clock.ts';
import { resolveDatabase } from './platform/database/connect.ts';
import { openPool, type Pool } from './platform/database/pool.ts';
import { buildStructure } from './platform/database/structure.ts';
import { loadSettings } from './platform/settings.ts';
import { type DatabaseServer, provideDatabase } from './platform/supervisor/database-server.ts';

const LEARNERS = 40;
const KILLS_OF_THE_API = 8;
const KILLS_OF_THE_DATABASE = 12;

let dataDir: string;
let database: DatabaseServer;
let pool: Pool;
let world: StudyWorld;
let learners: SignedInLearner[];
let port: number;
let api: ChildProcess;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'antu-kill-'));
  port = await findFreePort();
  const settings = loadSettings({ DATA_DIR: dataDir, DEMO: 'false', LOG_LEVEL: 'silent' });
  // The settings of real use: fsync and synchronous commits.
  database = await provideDatabase(settings, () => undefined);
  const access = await resolveDatabase(settings);
  await buildStructure(access.ownerUrl, { clock: systemClock });
  const owner = openPool({ url: access.ownerUrl, max: 1 });
  world = await makeStudyWorld(owner, { lessonSeconds: [3600] });
  learners = await makeSignedInLearners(owner, world, LEARNERS);
  await owner.end();
  pool = openPool({ url: access.appUrl, max: 4 });
  api = await startApi();
}, 120_000);
afterAll(async () => {
  api?.kill('SIGKILL');
  await pool?.end();
  await database?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** What the server said was done, by session. */
type Acknowledged = { lastSeq: number; creditedSeconds: number; closed: boolean };

/** A player that reports all the time and sends again what got no answer. */
async function play(learner: SignedInLearner, told: Map<string, Acknowledged>, signal: AbortSignal): Promise<void> {
  const send = async <T>(path: string, body: object): Promise<T | undefined> => {
    while (!signal.aborted) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}${path}`, {
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
      ...Array<string>(KILLS_OF_THE_API).fill('api'),
      ...Array<string>(KILLS_OF_THE_DATABASE).fill('database'),
    ];
    kills.sort(() => Math.random() - 0.5);
    for (const victim of kills) {
      await sleep(300 + Math.random() * 1_200);
      if (victim === 'api') {
        const ended = once(api, 'exit');
        api.kill('SIGKILL');
        await ended;
        api = await startApi();
      } else {
        await killDatabase();
      }
    }
    await sleep(1_500);
    stop.abort();
    await Promise.all(players);
    await waitForDatabase();

    const acknowledged = [...told];
    expect(acknowledged.reduce((sum, [, one]) => sum + one.lastSeq, 0)).toBeGreaterThan(LEARNERS * 10);
    for (const [sessionId, one] of acknowledged) {
      const { lastSeq, lessonSeconds, isClosed } = await readBack(sessionId);
      expect(lastSeq, `session ${sessionId}: reports`).toBeGreaterThanOrEqual(one.lastSeq);
      expect(lessonSeconds, `session ${sessionId}: seconds`).toBeGreaterThanOrEqual(one.creditedSeconds);
      if (one.closed) expect(isClosed, `session ${sessionId}: its end`).toBe(true);
    }
    const found: string[] = [];
    const verdict = await verifyStudy(pool, undefined, ({ table, key, what }) =>
      found.push(`${table} (${key}) ${what}`),
    );
    expect(found).toEqual([]);
    expect(verdict.sessions).toBeGreaterThanOrEqual(LEARNERS);
  }, 180_000);
});

/** What the database holds of a session: replayed from its evidence, or the running state. */
async function readBack(sessionId: string): Promise<{ lastSeq: number; lessonSeconds: number; isClosed: boolean }> {
  const bucket = bucketOf(sessionId);
  const { rows } = await pool.query<StoredEvidence & { person_id: string }>(
    `select ${evidenceColumns}, s.person_id from study_session s join study_evidence e on e.bucket = s.bucket and e.session_id = s.id
     where s.bucket = $1 and s.id = $2 order by e.index`,
    [bucket, sessionId],
  );
  const facts: EvidenceFact[] = rows.map(columnsToFact);
  const [opened] = facts;
  const personId = rows[0]?.person_id ?? '';
  if (opened?.kind !== 'opened') throw new Error(`session ${sessionId} is not there`);
  const isClosed = facts.at(-1)?.kind === 'closed';
  const live = (await loadLiveSessions(pool, [{ bucket, personId }])).get(personId);
  const state =
    !isClosed && live?.sessionId === sessionId
      ? live.state
      : replaySession(facts, limitsOfRuleSet(opened.ruleSetId)).state;
  const sets = [...state.viewed, ...state.confirmed, ...state.pending];
  const lessonSeconds = Math.floor(Math.max(0, ...sets.map((one) => one.to)) / 1000);
  return { lastSeq: state.lastSeq, lessonSeconds, isClosed };
}

async function startApi(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'main-api.ts'), [], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      DEMO: 'false',
      LOG_LEVEL: 'silent',
      BEAT_WINDOW_MS: '20',
    },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const first = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => ['ended'])]);
  // The database may be away at that very moment: the supervisor of real use starts it again as well.
  if (first[0] === 'ended' || (first[0] as { type?: string }).type !== 'ready') {
    await sleep(200);
    return startApi();
  }
  return child;
}

async function killDatabase(): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    await waitForDatabase();
    const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(text.split('\n')[0]);
    try {
      if (pid > 1) {
        process.kill(pid, 'SIGKILL');
        return;
      }
    } catch (error) {
      // The file still names the one that was killed before.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await sleep(50);
  }
  throw new Error('there is no database to kill');
}

async function waitForDatabase(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      await pool.query('select 1');
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error('the database did not come back');
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
