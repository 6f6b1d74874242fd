import { z } from 'zod';
import { defineJob } from '../../platform/jobs.ts';
import { closeForgottenSessions } from './sweep-sessions.ts';

/** Ends sessions that nobody keeps alive. Runs every minute; twice does no harm. */
export const sweepSessions = defineJob({
  name: 'learning.sweep-sessions',
  payload: z.object({}),
  handler: async (_payload, { platform, log, signal }) => {
    const closed = await closeForgottenSessions(platform.pool, platform.clock.nowMs(), signal);
    if (closed > 0) log.info({ closed }, 'study sessions ended by the sweeper');
  },
});

/** Notes how many learners study now, per county and scheme: a point of the day's curve. */
export const countCurve = defineJob({
  name: 'learning.count-curve',
  payload: z.object({}),
  handler: async (_payload, { platform }) => {
    const stepMs = 600_000;
    const at = new Date(Math.floor(platform.clock.nowMs() / stepMs) * stepMs);
    await platform.pool.query(
      `insert into study_curve (at, region_code, scheme, learners)
       select $1, coalesce(region_code, '000000'), scheme, count(*) from live_study_session group by 2, 3
       on conflict do nothing`,
      [at],
    );
  },
});
