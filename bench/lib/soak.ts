import type { Pool } from '../../apps/server/src/platform/database/pool.ts';
import type { SignedInLearner } from '../../apps/server/src/modules/learning/testing/signed-in-learners.ts';
import { HttpConnection, postRequest, type RawAnswer } from './http-connection.ts';
import { openSession } from './open-sessions.ts';

export type SoakOrder = {
  port: number;
  people: readonly SignedInLearner[];
  lessonVersionId: string;
  minutes: number;
  owner: Pool;
};

export type SoakResult = {
  requests: number;
  openings: number;
  takeovers: number;
  closes: number;
  pauses: number;
  refused: number;
  failures: number;
  deadlocks: number;
};

const CONNECTIONS = 200;

/** Mixed load: opens, reports, pauses, takeovers and closes in random order. Counts what failed and the database's deadlocks. */
export async function soak({ port, people, lessonVersionId, minutes, owner }: SoakOrder): Promise<SoakResult> {
  const result: SoakResult = {
    requests: 0,
    openings: 0,
    takeovers: 0,
    closes: 0,
    pauses: 0,
    refused: 0,
    failures: 0,
    deadlocks: 0,
  };
  const endMs = performance.now() + minutes * 60_000;
  const work = async (index: number) => {
    const connection = new HttpConnection(port);
    const own = people.filter((_, position) => position % CONNECTIONS === index);
    const sessions = new Map<SignedInLearner, { sessionId: string; seq: number; startMs: number }>();
    while (performance.now() < endMs) {
      const learner = own[Math.floor(Math.random() * own.length)];
      if (!learner) return;
      const known = sessions.get(learner);
      const dice = Math.random();
      result.requests += 1;
      try {
        if (!known || dice < 0.005) {
          const { sessionId, tookOver } = await openSession(connection, learner, lessonVersionId);
          sessions.set(learner, { sessionId, seq: 0, startMs: performance.now() });
          result.openings += 1;
          if (tookOver) result.takeovers += 1;
          continue;
        }
        known.seq += 1;
        const isClose = dice > 0.995;
        const isPause = dice > 0.9 && !isClose;
        const beat = {
          seq: known.seq,
          mediaMs: Math.floor(performance.now() - known.startMs),
          activity: isPause ? 'paused' : 'playing',
          touched: dice > 0.5,
          ageMs: 0,
        };
        const path = `/api/study-sessions/${known.sessionId}/${isClose ? 'close' : 'beats'}`;
        const answer = await post(connection, learner, path, { beats: [beat] });
        if (isClose) {
          sessions.delete(learner);
          result.closes += 1;
        }
        if (isPause) result.pauses += 1;
        if (answer.status >= 500) result.failures += 1;
        else if (answer.status !== 200) result.refused += 1;
      } catch (error) {
        // Too many openings of one learner are refused; that is not a failure of the server.
        if (error instanceof Error && error.message.includes(' 429 ')) result.refused += 1;
        else result.failures += 1;
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => work(index)));
  const { rows } = await owner.query<{ deadlocks: number }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return { ...result, deadlocks: rows[0]?.deadlocks ?? 0 };
}

function post(connection: HttpConnection, learner: SignedInLearner, path: string, body: object): Promise<RawAnswer> {
  const headers = `cookie: ${learner.cookie}\r\nx-antu-csrf: ${learner.csrf}\r\n`;
  return new Promise((resolve, reject) => {
    connection.send(postRequest(path, headers, JSON.stringify(body)), resolve, reject);
  });
}
