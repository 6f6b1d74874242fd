import { Logger as QueueLogger, parseCronItems, run, type Task, type TaskList } from 'graphile-worker';
import { systemClock } from '../clock.ts';
import type { JobDefinition } from '../jobs.ts';
import type { Logger } from '../log.ts';
import type { Platform, ServerModule } from '../module.ts';
import { ensurePartitionsJob } from './ensure-partitions.ts';
import { claimLeftJobs } from './left-jobs.ts';

/** Works off the jobs of all modules until stopped. @returns ends it after the running jobs, or aborts them after 5 s */
export async function startWorker(platform: Platform, modules: readonly ServerModule[]): Promise<() => Promise<void>> {
  const { log, settings, pool } = platform;
  const jobs = [ensurePartitionsJob, ...modules.flatMap((module) => module.jobs ?? [])];
  const cron = [
    { match: '17 18 * * *', job: ensurePartitionsJob, payload: {} },
    ...modules.flatMap((module) => module.cron ?? []),
  ];
  const tasks = taskList(jobs, platform);
  const release = await claimLeftJobs(pool);
  const runner = await run({
    pgPool: pool,
    concurrency: settings.workerConcurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    gracefulShutdownAbortTimeout: 5000,
    logger: queueLogger(log),
    taskList: tasks,
    parsedCronItems: parseCronItems(
      cron.map(({ match, job, payload }) => ({
        match,
        task: job.name,
        payload,
        options: { backfillPeriod: 86_400_000 },
      })),
    ),
  });
  const ends = modules.flatMap((module) => module.work?.(platform) ?? []);
  return async () => {
    await Promise.all([runner.stop(), ...ends.map((end) => end())]);
    await release();
  };
}

function taskList(jobs: readonly JobDefinition[], platform: Platform): TaskList {
  const tasks: TaskList = {};
  for (const job of jobs) {
    if (tasks[job.name]) throw new Error(`Two jobs are named ${job.name}.`);
    tasks[job.name] = taskOf(job, platform);
  }
  return tasks;
}

function taskOf(job: JobDefinition, platform: Platform): Task {
  return async (payload, { job: row, abortSignal }) => {
    const log = platform.log.child({ job: job.name, jobId: String(row.id) });
    const startedMs = systemClock.nowMs();
    try {
      await job.run(withoutCronDetails(payload), {
        platform,
        log,
        attempt: row.attempts,
        isLastAttempt: row.attempts >= row.max_attempts,
        signal: abortSignal,
      });
      log.debug({ ms: systemClock.nowMs() - startedMs }, 'job done');
    } catch (error) {
      log.error({ err: error, attempt: row.attempts }, 'job failed');
      throw error;
    }
  };
}

/** The queue adds `_cron` to payloads of the calendar; the jobs' schemas do not know it. */
function withoutCronDetails(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('_cron' in payload)) return payload;
  const { _cron, ...rest } = payload;
  return rest;
}

function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message) => {
    if (level === 'error') log.error(message);
    else if (level === 'warning') log.warn(message);
    else log.debug(message);
  });
}
