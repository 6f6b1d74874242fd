import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyStudy } from '../apps/server/src/modules/learning/verify/verify-study.ts';
import { openPool } from '../apps/server/src/platform/database/pool.ts';
import { makeSignedInLearners } from '../apps/server/src/modules/learning/testing/signed-in-learners.ts';
import { makeStudyWorld } from '../apps/server/src/modules/learning/testing/study-world.ts';
import { startBenchWorld } from './lib/bench-world.ts';
import { cpuSecondsOf } from './lib/cpu-time.ts';
import type { LoadLearner, LoadResult } from './lib/load-generator.ts';
import { openSessions } from './lib/open-sessions.ts';
import { runLoad } from './lib/run-load.ts';
import { startServerProcess } from './lib/server-process.ts';
import { soak } from './lib/soak.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '600' },
    seconds: { type: 'string', default: '15' },
    /** Instead of the bench: mixed load for so long. */
    minutes: { type: 'string' },
    profile: { type: 'string' },
    groups: { type: 'string', default: '4' },
    window: { type: 'string', default: '25' },
  },
});
const say = (line: string) => console.log(line);
const say2 = (what: string, result: object) => say(`${what}: ${JSON.stringify(result)}`);
const connections = Number(values.connections);
const seconds = Number(values.seconds);
const serverDir = join(import.meta.dirname, '..', 'apps', 'server', 'src');
const round = (value: number, digits: number) => Number(value.toFixed(digits));

say(
  `${availableParallelism()} cores, load before: ${loadavg()
    .map((one) => round(one, 2))
    .join(' ')}`,
);
const world = await startBenchWorld();
try {
  const study = await makeStudyWorld(world.owner, { lessonSeconds: [3 * 3600] });
  const people = await makeSignedInLearners(world.owner, study, Number(values.learners));
  await world.owner.query('analyze');
  const api = await startServerProcess(
    join(serverDir, 'main-api.ts'),
    {
      DATA_DIR: world.dataDir,
      LOG_LEVEL: 'warn',
      DEMO: 'false',
      BEAT_GROUPS: values.groups,
      BEAT_WINDOW_MS: values.window,
    },
    values.profile ? ['--cpu-prof', '--cpu-prof-dir', values.profile] : [],
  );
  const lessonVersionId = study.lessons[0]?.lessonVersionId ?? '';
  if (values.minutes) {
    const result = await soak({
      port: api.port,
      people,
      lessonVersionId,
      minutes: Number(values.minutes),
      owner: world.owner,
    });
    say2('soak', result);
    await api.stop();
    await verify();
    say(JSON.stringify({ bench: 'heartbeat-soak', ...result }));
  } else {
    const startedMs = performance.now();
    const learners: LoadLearner[] = await openSessions(api.port, people, lessonVersionId);
    say(`${learners.length} sessions opened in ${round((performance.now() - startedMs) / 1000, 1)} s`);
    const order = { learners, connections, warmSeconds: 4, seconds };
    const before = await measureBare(order);
    const value = await measured('real', { server: api.pid, database: world.server.pid }, () =>
      runLoad({ ...order, port: api.port, firstSeq: 1 }),
    );
    say2('heartbeats', value);
    await api.stop();
    // Before and after: a machine that others use changes its speed meanwhile.
    const baseline = (before + (await measureBare(order))) / 2;
    const found = await verify();
    if (value.failures > 0 || found > 0) process.exitCode = 1;
    say(
      JSON.stringify({
        bench: 'heartbeat',
        baseline: round(baseline, 0),
        value: value.perSecond,
        ratio: round(value.perSecond / baseline, 3),
        p99_ms: value.p99Ms,
      }),
    );
  }
} finally {
  await world.stop();
}

/** Requests per second of the endpoint that does nothing. */
async function measureBare(order: Omit<Parameters<typeof runLoad>[0], 'port' | 'firstSeq'>): Promise<number> {
  const bare = await startServerProcess(join(import.meta.dirname, 'lib', 'bare-server.ts'), {});
  const result = await measured('bare', { server: bare.pid }, () =>
    runLoad({ ...order, port: bare.port, firstSeq: 1 }),
  );
  await bare.stop();
  say2('bare endpoint', result);
  return result.perSecond;
}

/** CPU time per request tells more than the rate when other work shares the machine. */
async function measured(
  what: string,
  pids: Record<string, number>,
  work: () => Promise<LoadResult>,
): Promise<LoadResult> {
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, seconds: cpuSecondsOf(pid) }));
  const result = await work();
  for (const { name, pid, seconds: used } of before) {
    const micros = ((cpuSecondsOf(pid) - used) * 1e6) / Math.max(1, result.requests);
    say(`${what}: ${name} ${round(micros, 1)} µs of CPU per request`);
  }
  return result;
}

/** Speed without truth is worth nothing: what was written must follow from its evidence. */
async function verify(): Promise<number> {
  const pool = openPool({ url: world.appUrl, max: 2, statementTimeoutMs: 0 });
  const startedMs = performance.now();
  const verdict = await verifyStudy(pool, undefined, ({ table, key, what }) => say(`${table} (${key}) ${what}`));
  await pool.end();
  say(`verify in ${round((performance.now() - startedMs) / 1000, 1)} s: ${JSON.stringify(verdict)}`);
  return verdict.differences;
}
