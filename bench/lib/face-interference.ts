import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeSignedInLearners } from '../../apps/server/src/modules/learning/testing/signed-in-learners.ts';
import { makeStudyWorld } from '../../apps/server/src/modules/learning/testing/study-world.ts';
import type { FaceOrder, FaceReport } from './api-with-faces.ts';
import { startBenchWorld } from './bench-world.ts';
import { openSessions } from './open-sessions.ts';
import { type PacedResult, runPaced } from './paced-load.ts';
import { findFreePort } from './server-process.ts';

export type InterferenceOrder = {
  picture: Buffer;
  learners: number;
  connections: number;
  /** Heartbeats per second: a learner sends one every 20 seconds. */
  heartbeatsPerSecond: number;
  seconds: number;
  /** Pictures offered per second. */
  perSecond: number;
  niceness: number;
  rounds: number;
  say(line: string): void;
};
export type Interference = {
  /** Median of the rounds' 99th percentiles, ms. */
  p99Ms: number;
  p99WithFacesMs: number;
  picturesPerSecond: number;
};

/** Heartbeats with and without pictures being measured, in turn, on one running server. */
export async function measureInterference(order: InterferenceOrder): Promise<Interference> {
  const world = await startBenchWorld();
  try {
    const study = await makeStudyWorld(world.owner, { lessonSeconds: [3 * 3600] });
    const people = await makeSignedInLearners(world.owner, study, order.learners);
    await world.owner.query('analyze');
    const port = await findFreePort();
    const api = fork(join(import.meta.dirname, 'api-with-faces.ts'), [], {
      env: { ...process.env, DATA_DIR: world.dataDir, LOG_LEVEL: 'warn', DEMO: 'false', PORT: String(port) },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(api, 'message');
    try {
      const learners = await openSessions(port, people, study.lessons[0]?.lessonVersionId ?? '');
      let firstSeq = 1;
      const load = async () => {
        const { connections, seconds, heartbeatsPerSecond: perSecond } = order;
        const result = await runPaced({ port, learners, connections, perSecond, warmSeconds: 3, seconds, firstSeq });
        // Of one learner: some more than were sent.
        firstSeq += result.requests;
        return result;
      };
      const without: PacedResult[] = [];
      const withFaces: PacedResult[] = [];
      const pictures: number[] = [];
      for (let round = 0; round < order.rounds; round += 1) {
        without.push(await load());
        const { picture, perSecond, niceness } = order;
        await askApi(api, { type: 'measure', picture, perSecond, niceness });
        const startedMs = performance.now();
        withFaces.push(await load());
        const seconds = (performance.now() - startedMs) / 1000;
        const counted = await askApi(api, { type: 'stop-measuring' });
        if (counted.type === 'measured') pictures.push(counted.measured / seconds);
        order.say(
          `round ${round + 1}: p99 ${without.at(-1)?.p99Ms} ms; with ${pictures.at(-1)?.toFixed(1)} pictures/s ${withFaces.at(-1)?.p99Ms} ms`,
        );
      }
      return {
        p99Ms: medianOf(without.map((one) => one.p99Ms)),
        p99WithFacesMs: medianOf(withFaces.map((one) => one.p99Ms)),
        picturesPerSecond: medianOf(pictures),
      };
    } finally {
      const ended = once(api, 'exit');
      api.kill('SIGTERM');
      await ended;
    }
  } finally {
    await world.stop();
  }
}

async function askApi(api: ChildProcess, order: FaceOrder): Promise<FaceReport> {
  const answered = once(api, 'message');
  api.send(order);
  const [report] = (await answered) as [FaceReport];
  return report;
}

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
