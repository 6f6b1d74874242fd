import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { removeExpiredSessions } from './sessions.ts';

/** Hourly. Ended by time they are already; this keeps the table small. Harmless to run twice. */
export const purgeSessions = defineJob({
  name: 'people.purge-sessions',
  payload: z.object({}),
  handler: async (_payload, { platform, log }) => {
    const removed = await removeExpiredSessions(platform.pool, platform.clock.now());
    log.info({ removed }, 'sessions that ran out removed');
  },
});
