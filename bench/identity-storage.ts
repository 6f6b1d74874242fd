import { bucketOf, findStudyRuleSet, limitsOf, placeInBucket } from '../packages/domain/src/index.ts';
import { identityModule, storeSnapshot } from '../apps/server/src/modules/identity/index.ts';
import { freshPicture } from '../apps/server/src/modules/identity/testing/fake-provider.ts';
import { buildIdentityWorld, type Learner } from '../apps/server/src/modules/identity/testing/identity-world.ts';
import { uuidv7 } from '../apps/server/src/platform/ids.ts';
import { openPool } from '../apps/server/src/platform/database/pool.ts';
import { startBenchWorld } from './lib/bench-world.ts';
import { bytesByTable } from './lib/credited-hours.ts';

// What checks of identity add to an hour in the database. Pictures lie in the storage, encrypted, and are not counted.
const LEARNERS = 20;
const CHECKS_EACH = 100;
/** Rows that are deleted minutes after the check, and jobs that are done. */
const STANDING_TABLES: ReadonlySet<string> = new Set(['identity_challenge', 'identity_challenge_frame']);
const REGION = '440104';

const bench = await startBenchWorld();
const pool = openPool({ url: bench.appUrl, max: 10 });
const database = { pool, owner: bench.owner, name: '', appUrl: bench.appUrl, ownerUrl: '', close: () => pool.end() };
const world = await buildIdentityWorld([], { database });
try {
  const { platform, clock } = world.test;
  const { identityGapSeconds, snapshotGapSeconds } = limitsOf(
    findStudyRuleSet('work-safety', REGION, clock.now().toISOString().slice(0, 10)),
  );
  if (identityGapSeconds === null || snapshotGapSeconds === null) throw new Error('the rules ask for no checks');
  const learners: Learner[] = [];
  while (learners.length < LEARNERS) learners.push(await world.addEnrolled());
  const judge = identityModule.jobs?.find(({ name }) => name === 'identity.judge-snapshot');
  const gone = () => world.rows('delete from graphile_worker._private_jobs');

  const perOne = async (act: (at: number) => Promise<unknown>): Promise<number> => {
    const before = await bytesByTable(world.database.owner);
    for (let n = 0; n < CHECKS_EACH; n += 1) {
      clock.advance(identityGapSeconds * 1000);
      for (let at = 0; at < LEARNERS; at += 1) await act(at);
    }
    await gone();
    let grown = 0;
    for (const [name, bytes] of await bytesByTable(world.database.owner)) {
      const more = bytes - (before.get(name) ?? 0);
      if (more <= 0 || STANDING_TABLES.has(name)) continue;
      console.log(`  ${name}: ${Math.round(more / (LEARNERS * CHECKS_EACH))} bytes each`);
      grown += more;
    }
    return Math.round(grown / (LEARNERS * CHECKS_EACH));
  };

  console.log('a check');
  const check = await perOne(async (at) => {
    const learner = learners[at];
    if (!learner) return;
    const { body } = await world.pass(learner);
    if (body.type !== 'verdict' || body.outcome !== 'passed') throw new Error('a check did not pass');
  });
  console.log('a picture in passing');
  const snapshot = await perOne(async (at) => {
    const personId = learners[at]?.personId ?? '';
    const sessionId = placeInBucket(uuidv7(clock.nowMs()), bucketOf(personId));
    const picture = { scheme: 'work-safety', regionCode: REGION, picture: await freshPicture() } as const;
    const kept = await storeSnapshot(platform, { personId, sessionId, ...picture });
    if (!kept) throw new Error('a picture was not kept');
    const task = { captureId: kept.captureId, scheme: 'work-safety', regionCode: REGION, seenBefore: false };
    await judge?.run(task, { platform, log: platform.log, attempt: 1, isLastAttempt: true, signal: undefined });
  });
  const perHour = Math.round((check * 3600) / identityGapSeconds + (snapshot * 3600) / snapshotGapSeconds);
  console.log(
    JSON.stringify({
      bench: 'identity-storage',
      check_bytes: check,
      snapshot_bytes: snapshot,
      bytes_per_hour: perHour,
    }),
  );
} finally {
  await world.close();
  await bench.stop();
}
