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

/** Notes how many learners studied at any time of the ten minutes before, per county and scheme: a point of the day's curve. */
export const countCurve = defineJob({
  name: 'learning.count-curve',
  payload: z.object({}),
  handler: async (_payload, { platform }) => {
    const stepMs = 600_000;
    const at = new Date(Math.floor(platform.clock.nowMs() / stepMs) * stepMs);
    await platform.pool.query(
      `insert into study_curve (at, region_code, scheme, learners)
       select $1, coalesce(region_code, '000000'), scheme, count(distinct (bucket, person_id)) from (
         select bucket, person_id, region_code, scheme from live_study_session
         union all
         select s.bucket, s.person_id, s.region_code, s.scheme
         from study_evidence e join study_session s on s.bucket = e.bucket and s.id = e.session_id
         where e.kind = 4 and e.recorded_at >= $2
       ) as studied group by 2, 3
       on conflict do nothing`,
      [at, new Date(at.getTime() - stepMs)],
    );
  },
});
