import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { type Migration, pendingMigrations, readMigrations } from '../database/migrate.ts';
import { AppError } from '../errors.ts';
import { version } from '../version.ts';
import { route } from './route.ts';

const healthAnswer = z.object({
  status: z.literal('ok'),
  version: z.string(),
  database: z.literal('ok'),
  /** Number of migrations, all applied. */
  migrations: z.number().int(),
  time: z.iso.datetime(),
});

/** `GET /api/health`: 200 only if the database answers and every migration of this version has run, else 503. */
export async function registerHealth(app: FastifyInstance, migrations?: readonly Migration[]): Promise<void> {
  const wanted = migrations ?? (await readMigrations());
  route(app, {
    method: 'GET',
    url: '/api/health',
    policy: 'public',
    summary: 'Whether this instance can work',
    schema: { answer: healthAnswer },
    handler: async ({ pool, now, log }) => {
      const pending = await pendingMigrations(pool, wanted).catch((cause: unknown) => {
        log.warn({ err: cause }, 'health: the database does not answer');
        throw new AppError('platform.not_ready', { database: 'unreachable' });
      });
      if (pending.length > 0) throw new AppError('platform.not_ready', { database: 'ok', pendingMigrations: pending });
      return { status: 'ok', version, database: 'ok', migrations: wanted.length, time: now().toISOString() };
    },
  });
}
