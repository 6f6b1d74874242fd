import { parseArgs } from 'node:util';
import { listLearnerProgress } from '@antu/contract';
import { listProgress } from '../apps/server/src/modules/learning/views/list-learner-progress.ts';
import { uuidv7 } from '../apps/server/src/platform/ids.ts';
import { openPlatform } from '../apps/server/src/platform/platform.ts';
import { startBenchWorld } from './lib/bench-world.ts';
import { cpuSecondsOf } from './lib/cpu-time.ts';
import { makePeopleWorld } from './lib/people-world.ts';

/**
 * The first page of a company's people with exact counts: the middle of five readings for each order, and the processor
 * time of the database for the first, which a busy machine changes less.
 */
const { values } = parseArgs({ options: { people: { type: 'string', default: '50000' } } });
const people = Number(values.people);
const READINGS = 5;

const world = await startBenchWorld();
try {
  const platform = await openPlatform(world.settings, 'bench');
  const { organisationId } = await makePeopleWorld(world, platform, people);
  const membership = {
    membershipId: uuidv7(),
    role: 'enterprise-manager',
    organisationId,
    regionCode: '440104',
  } as const;
  const actor = { accountId: uuidv7(), personId: null, sessionId: uuidv7(), csrfToken: '', memberships: [membership] };
  const context = {
    platform,
    pool: platform.pool,
    actor,
    now: () => new Date(),
    nowMs: () => Date.now(),
    address: '127.0.0.1',
    requestId: uuidv7(),
  } as unknown as Parameters<typeof listProgress>[0];

  const middle = async (query: object): Promise<number> => {
    const times: number[] = [];
    for (let reading = 0; reading <= READINGS; reading += 1) {
      const startedMs = performance.now();
      const answer = await listProgress(context, listLearnerProgress.query.parse(query));
      // The first reading fills caches.
      if (reading > 0) times.push(performance.now() - startedMs);
      if (answer.counts.all !== people) throw new Error(`${answer.counts.all} of ${people} people were counted`);
    }
    times.sort((a, b) => a - b);
    console.log(`${JSON.stringify(query)}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    return Math.round(times[Math.floor(READINGS / 2)] ?? 0);
  };
  const cpuBefore = cpuSecondsOf(world.server.pid);
  const ms = await middle({});
  const cpuMs = Math.round(((cpuSecondsOf(world.server.pid) - cpuBefore) * 1000) / (READINGS + 1));
  const credited = await middle({ sort: 'credited' });
  const byName = await middle({ sort: 'name' });
  await platform.pool.end();
  console.log(
    JSON.stringify({ bench: 'people-list', people, ms, cpu_ms: cpuMs, credited_ms: credited, by_name_ms: byName }),
  );
} finally {
  await world.stop();
}
