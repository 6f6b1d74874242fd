import pg from 'pg';
import { z } from 'zod';
import { resolveDatabase } from '../database/connect.ts';
import { makePartitions } from '../database/structure.ts';
import { defineJob } from '../jobs.ts';

/** Makes the partitions of the coming months. The only job that signs in as the owner of the tables. */
export const ensurePartitionsJob = defineJob({
  name: 'platform.ensure-partitions',
  payload: z.object({}),
  handler: async (_payload, { platform, log }) => {
    const { ownerUrl } = await resolveDatabase(platform.settings);
    const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'antu-partitions' });
    owner.on('error', (error) => log.warn({ err: error }, 'the owner connection was lost'));
    await owner.connect();
    try {
      await makePartitions(owner, platform.clock.nowMs());
    } finally {
      await owner.end();
    }
  },
});
