import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type SignedInCandidate, openExamOffice } from '../apps/server/src/modules/exams/testing/exam-office.ts';
import { findLostAnswers } from '../apps/server/src/modules/exams/testing/find-lost-answers.ts';
import { verifyExams } from '../apps/server/src/modules/exams/verify/verify-exams.ts';
import { startBenchWorld } from './lib/bench-world.ts';
import { cpuSecondsOf } from './lib/cpu-time.ts';
import type { ExamOrder, ExamResult } from './lib/exam-load.ts';
import type { LoopOrder, LoopResult } from './lib/exam-loop.ts';
import { runApart } from './lib/run-load.ts';
import { startServerProcess } from './lib/server-process.ts';

/**
 * An exam of many who begin in the same second, save every answer, and hand in within half a minute; then few who save pages as fast
 * as they are answered. API, worker, database and load share the machine; every answer that was acknowledged is looked for afterwards.
 */
const { values } = parseArgs({
  options: {
    candidates: { type: 'string', default: '3000' },
    users: { type: 'string', default: '50' },
    /** Mean time between two answers of a candidate, ms. */
    think: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '15' },
    profile: { type: 'string' },
  },
});
const say = (line: string) => console.log(line);
const count = Number(values.candidates);
const users = Number(values.users);
const HOUR_MS = 3_600_000;
const MARKING_PATIENCE_MS = 300_000;
const serverDir = join(import.meta.dirname, '..', 'apps', 'server', 'src');
const round = (value: number, digits: number) => Number(value.toFixed(digits));

const load = loadavg().map((one) => round(one, 2));
say(`${availableParallelism()} cores, load before: ${load.join(' ')}`);
const world = await startBenchWorld();
try {
  const candidates = await prepare();
  await world.owner.query('vacuum analyze');
  const environment = { DATA_DIR: world.dataDir, LOG_LEVEL: 'warn', DEMO: 'false' };
  const profile = values.profile ? ['--cpu-prof', '--cpu-prof-dir', values.profile] : [];
  const api = await startServerProcess(join(serverDir, 'main-api.ts'), environment, profile);
  const worker = await startServerProcess(join(serverDir, 'main-worker.ts'), environment);
  const pids = { api: api.pid, worker: worker.pid, database: world.server.pid };

  const order = { startSpreadMs: 1_000, thinkMs: Number(values.think), submitSpreadMs: 30_000 };
  const exam = await measured(pids, () =>
    runApart<ExamOrder, ExamResult>('exam-load.ts', {
      ...order,
      port: api.port,
      candidates: candidates.slice(0, count),
    }),
  );
  const { acknowledged, ...figures } = exam;
  say(`exam: ${JSON.stringify(figures)}`);
  const markedSeconds = await waitForMarks(count);

  const loop = await measured(pids, () =>
    runApart<LoopOrder, LoopResult>('exam-loop.ts', {
      port: api.port,
      candidates: candidates.slice(count),
      warmSeconds: 3,
      seconds: Number(values.seconds),
    }),
  );
  say(`loop: ${JSON.stringify({ pages: loop.pages, mixed: loop.mixed, first: loop.firstFailure })}`);
  await waitForMarks(count + users);
  await api.stop();
  await worker.stop();

  const lost = await findLostAnswers(world.owner, [...acknowledged, ...loop.acknowledged]);
  for (const line of lost.slice(0, 20)) say(line);
  const verdict = await verifyExams(world.owner, {}, Date.now(), ({ table, key, what }) =>
    say(`${table} (${key}) ${what}`),
  );
  say(`verify: ${JSON.stringify(verdict)}`);
  const failures = exam.failures + loop.failures;
  if (lost.length > 0 || failures > 0 || verdict.differences > 0) process.exitCode = 1;
  say(
    JSON.stringify({
      bench: 'exam',
      candidates: count,
      start_p50_ms: exam.start.p50Ms,
      start_p99_ms: exam.start.p99Ms,
      save_p50_ms: exam.save.p50Ms,
      save_p99_ms: exam.save.p99Ms,
      submit_p50_ms: exam.submit.p50Ms,
      submit_p99_ms: exam.submit.p99Ms,
      marked_after_s: markedSeconds,
      pages_per_second: loop.pages.perSecond,
      pages_p95_ms: loop.pages.p95Ms,
      mixed_per_second: loop.mixed.perSecond,
      mixed_p95_ms: loop.mixed.p95Ms,
      failures,
      lost: lost.length,
    }),
  );
} finally {
  await world.stop();
}

/** Papers for everybody, drawn by the product; the window has just opened and somebody has looked at every face. */
async function prepare(): Promise<readonly SignedInCandidate[]> {
  const startedMs = performance.now();
  const office = await openExamOffice(world.settings, world.owner);
  const nowMs = Date.now();
  const prepared = await office.prepare({ count: count + users, opensAtMs: nowMs, closesAtMs: nowMs + 6 * HOUR_MS });
  office.clock.set(new Date());
  await office.confirm(prepared.candidates);
  await office.close();
  say(`${prepared.candidates.length} papers after ${round((performance.now() - startedMs) / 1000, 1)} s`);
  return prepared.candidates;
}

/** @returns seconds until so many results were there */
async function waitForMarks(wanted: number): Promise<number> {
  const startedMs = performance.now();
  for (;;) {
    const { rows } = await world.owner.query<{ results: number }>('select count(*)::int as results from exam_result');
    const ms = performance.now() - startedMs;
    if ((rows[0]?.results ?? 0) >= wanted) return round(ms / 1000, 1);
    if (ms > MARKING_PATIENCE_MS) throw new Error(`${rows[0]?.results} of ${wanted} sittings were marked`);
    await sleep(100);
  }
}

/** CPU time tells more than latency when other work shares the machine. */
async function measured<Result>(pids: Record<string, number>, work: () => Promise<Result>): Promise<Result> {
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, seconds: cpuSecondsOf(pid) }));
  const result = await work();
  const used = before.map(({ name, pid, seconds }) => `${name} ${round(cpuSecondsOf(pid) - seconds, 1)} s`);
  say(`CPU: ${used.join(', ')}`);
  return result;
}
