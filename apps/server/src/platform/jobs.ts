import type { z } from 'zod';
import type { Tx } from './database/pool.ts';
import type { Logger } from './log.ts';
import type { Platform } from './module.ts';

export type JobContext = {
  platform: Platform;
  log: Logger;
  /** 1 at the first run. */
  attempt: number;
  /** True if a failure now would be the last. */
  isLastAttempt: boolean;
  /** Aborts when the worker ends. */
  signal: AbortSignal | undefined;
};

/** A kind of background work. Its handler may run twice: it must do no harm then. */
export type JobDefinition<S extends z.ZodType = z.ZodType> = {
  readonly name: string;
  readonly payload: S;
  readonly run: (payload: unknown, context: JobContext) => Promise<void>;
};

/** A job that is started by the calendar. */
export type CronLine = {
  /** Five fields: minute hour day month weekday, in UTC (China time less 8 hours). */
  match: string;
  job: JobDefinition;
  payload: Record<string, unknown>;
};

/** Describes a job. The handler gets the payload only if it fits the schema. */
export function defineJob<S extends z.ZodType>(job: {
  name: string;
  payload: S;
  handler: (payload: z.output<S>, context: JobContext) => Promise<void>;
}): JobDefinition<S> {
  const { name, payload, handler } = job;
  return { name, payload, run: (given, context) => handler(payload.parse(given), context) };
}

export type JobOptions = {
  /** A second job of the same key replaces the first one while it waits. */
  jobKey?: string;
  /** Not before this instant. */
  runAt?: Date;
  /** Default 25, with growing pauses. */
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. */
  queueName?: string;
};

/** Adds a job in the transaction of the fact that causes it: both are there or neither. */
export async function addJob<S extends z.ZodType>(
  tx: Tx,
  job: JobDefinition<S>,
  payload: z.input<S>,
  { jobKey, runAt, maxAttempts, queueName }: JobOptions = {},
): Promise<void> {
  const checked = JSON.stringify(job.payload.parse(payload) ?? {});
  await tx.query(
    `select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, run_at := $4, max_attempts := $5, job_key := $6)`,
    [job.name, checked, queueName ?? null, runAt ?? null, maxAttempts ?? null, jobKey ?? null],
  );
}
