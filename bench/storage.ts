import { parseArgs } from 'node:util';
import { makePeople, makeStudyWorld } from '../apps/server/src/modules/learning/testing/study-world.ts';
import { openPool } from '../apps/server/src/platform/database/pool.ts';
import { BeatRounds, compareRounds } from './lib/beat-rounds.ts';
import { type BenchWorld, startBenchWorld } from './lib/bench-world.ts';
import { LESSONS, measureBytesPerHour } from './lib/credited-hours.ts';
import { storeOldSessions } from './lib/stored-sessions.ts';

// What an hour costs on disk, and what a heartbeat costs when millions of sessions are stored against none. The full run stores
// ten million sessions: about 13 GB in the temporary directory, on a machine that does nothing else. Smaller: --stored 1000000.
const { values } = parseArgs({
  options: {
    stored: { type: 'string', default: '10000000' },
    watched: { type: 'string', default: '4000' },
    learners: { type: 'string', default: '1000' },
    pairs: { type: 'string', default: '11' },
    rounds: { type: 'string', default: '8' },
  },
});
const [pairs, rounds, learners] = [Number(values.pairs), Number(values.rounds), Number(values.learners)];
/** A minute per round, those that warm up included. */
const longLessonSeconds = (pairs + 1) * rounds * 60 + 600;
const say = (line: string) => console.log(line);

type Side = { world: BenchWorld; rounds: BeatRounds };
const worlds: BenchWorld[] = [];
const pools: ReturnType<typeof openPool>[] = [];
try {
  const bytes = await weighHours();
  const empty = await makeSide(0);
  const full = await makeSide(Number(values.stored));
  const { growth, emptyMicroseconds, fullMicroseconds, ratios } = await compareRounds(
    empty.rounds,
    full.rounds,
    pairs,
    rounds,
    say,
  );
  say(
    `${emptyMicroseconds.toFixed(1)} µs per heartbeat in an empty database, ${fullMicroseconds.toFixed(1)} µs after ${values.stored} sessions`,
  );
  const sorted = ratios.toSorted((a, b) => a - b);
  say(`ratios from ${sorted[0]?.toFixed(3)} to ${sorted.at(-1)?.toFixed(3)}, median ${growth.toFixed(3)}`);
  say(
    JSON.stringify({
      bench: 'storage',
      bytes_per_hour: bytes.lasting,
      bytes_per_hour_with_outcomes: bytes.withOutcomes,
      stored: Number(values.stored),
      pairs,
      growth: Number(growth.toFixed(3)),
    }),
  );
} finally {
  for (const pool of pools) await pool.end();
  for (const world of worlds) await world.stop();
}

async function start(lessonSeconds: readonly number[]) {
  const world = await startBenchWorld();
  worlds.push(world);
  const pool = openPool({ url: world.appUrl, max: 10, statementTimeoutMs: 0 });
  pools.push(pool);
  return { world, pool, study: await makeStudyWorld(world.owner, { lessonSeconds }) };
}

async function weighHours() {
  const { world, pool, study } = await start(Array<number>(LESSONS).fill(1500));
  const bytes = await measureBytesPerHour(world.owner, pool, study, Number(values.watched), say);
  say(
    `${bytes.lasting} bytes per credited hour; ${bytes.withOutcomes} with outcomes, which are deleted after three days`,
  );
  return bytes;
}

/** A database with so many stored sessions and learners who study. */
async function makeSide(stored: number): Promise<Side> {
  const { world, pool, study } = await start([longLessonSeconds]);
  const people = await makePeople(world.owner, learners);
  if (stored > 0) await storeOldSessions(world.owner, study, people, stored, say);
  const open = await BeatRounds.open(pool, people, study.lessons[0]?.lessonVersionId ?? '');
  return { world, rounds: open };
}
