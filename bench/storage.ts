import { parseArgs } from 'node:util';
import { bucketOf } from '@antu/domain';
import { advanceSession, untouched, type Wish } from '../apps/server/src/modules/learning/advance-session.ts';
import { createBeatWriter } from '../apps/server/src/modules/learning/beat-writer.ts';
import { findStudyLesson } from '../apps/server/src/modules/learning/find-lesson.ts';
import { openStudy } from '../apps/server/src/modules/learning/open-session.ts';
import {
  makePeople,
  makeStudyWorld,
  type StudyWorld,
} from '../apps/server/src/modules/learning/testing/study-world.ts';
import { writeChanges } from '../apps/server/src/modules/learning/write-changes.ts';
import { openPool, type Pool } from '../apps/server/src/platform/database/pool.ts';
import { startBenchWorld } from './lib/bench-world.ts';
import { playLesson, seededRandom } from './lib/lesson-play.ts';
import { storeOldSessions } from './lib/stored-sessions.ts';

const { values } = parseArgs({
  options: {
    stored: { type: 'string', default: '10000000' },
    watched: { type: 'string', default: '4000' },
    learners: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '120' },
  },
});
/** A course of eight lessons of 25 minutes. */
const LESSONS = 8;
const say = (line: string) => console.log(line);
const world = await startBenchWorld();
const pool = openPool({ url: world.appUrl, max: 10, statementTimeoutMs: 0 });
try {
  const study = await makeStudyWorld(world.owner, { lessonSeconds: [...Array<number>(LESSONS).fill(1500), 40_000] });
  const bytesPerHour = await measureBytesPerHour(study, Number(values.watched));
  say(`${bytesPerHour} bytes per credited hour`);
  const before = await measureBeats(study, Number(values.learners));
  say(`${before.toFixed(2)} µs per heartbeat, nearly empty`);
  await storeOldSessions(world.owner, study, Number(values.stored), say);
  const after = await measureBeats(study, Number(values.learners));
  say(`${after.toFixed(2)} µs per heartbeat after ${values.stored} stored sessions`);
  say(JSON.stringify({ bench: 'storage', bytes_per_hour: bytesPerHour, growth: Number((after / before).toFixed(3)) }));
} finally {
  await pool.end();
  await world.stop();
}

/**
 * What the tables about study take on disk, with indexes and TOAST, by table; partitions count for their table. The table of
 * running sessions is as big as the number of learners at a time and does not grow with hours.
 */
async function studyBytes(): Promise<Map<string, number>> {
  await world.owner.query('vacuum analyze');
  const { rows } = await world.owner.query<{ name: string; bytes: number }>(
    `select regexp_replace(c.relname, '_y\\d+m\\d+$', '') as name, sum(pg_total_relation_size(c.oid))::bigint as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r'
       and c.relname ~ '^(study_|hour_ledger_entry|lesson_progress|course_progress)'
     group by 1 order by 1`,
  );
  return new Map(rows.map((row) => [row.name, row.bytes]));
}

/** Lets people watch a lesson of 25 minutes each and weighs what that left. */
async function measureBytesPerHour(study: StudyWorld, count: number): Promise<number> {
  const people = await makePeople(world.owner, Math.ceil(count / LESSONS));
  const bytesBefore = await studyBytes();
  for (let index = 0; index < count; index += 1) {
    const personId = people[index % people.length] ?? '';
    const lesson = Math.floor(index / people.length);
    // Lessons of a course on consecutive evenings.
    const startMs = Date.now() - (LESSONS - lesson) * 86_400_000;
    const session = await open(personId, study.lessons[lesson]?.lessonVersionId ?? '', startMs);
    const random = seededRandom(index + 1);
    let after = untouched(session);
    for (const wish of playLesson(startMs, 1_500_000, random)) {
      after = advanceSession(after, answered(after.session.promptId, wish), []);
    }
    await writeChanges(pool, [{ before: session, after }]);
  }
  const grown = [...(await studyBytes())].map(([name, size]) => ({ name, size: size - (bytesBefore.get(name) ?? 0) }));
  for (const { name, size } of grown) if (size > 0) say(`  ${name}: ${Math.round(size / count)} bytes per lesson`);
  const bytes = grown.reduce((sum, one) => sum + one.size, 0);
  const { rows } = await pool.query<{ seconds: number }>(
    'select sum(credited_seconds)::bigint as seconds from hour_ledger_entry',
  );
  const seconds = rows[0]?.seconds ?? 0;
  say(`${count} lessons watched, ${seconds} s credited, ${bytes} bytes`);
  return Math.round((bytes * 3600) / seconds);
}

/** Somebody who is asked whether they are there answers with the next report. */
function answered(promptId: string | null, wish: Wish): Wish {
  const claim = wish.type === 'beats' ? wish.claims[0] : undefined;
  if (promptId === null || wish.type !== 'beats' || !claim) return wish;
  return { type: 'presence', promptId, claim, nowMs: wish.nowMs };
}

async function open(personId: string, lessonVersionId: string, nowMs: number) {
  const lesson = await findStudyLesson(pool, bucketOf(personId), personId, lessonVersionId);
  const device = { kind: 'phone', name: 'Android 14; WebView' } as const;
  const address = '120.230.45.67';
  return (await openStudy(pool, { personId, lesson, device, clientNowMs: nowMs + 800, address, nowMs })).session;
}

/** Median time of a heartbeat through the writer, segments and ledger entries included. */
async function measureBeats(study: StudyWorld, count: number): Promise<number> {
  const people = await makePeople(world.owner, count);
  const lessonVersionId = study.lessons[LESSONS]?.lessonVersionId ?? '';
  let nowMs = Date.now();
  const sessions: { personId: string; sessionId: string }[] = [];
  for (const personId of people)
    sessions.push({ personId, sessionId: (await open(personId, lessonVersionId, nowMs)).sessionId });
  const writer = createBeatWriter({ pool, groups: 4, windowMs: 0 });
  const rounds = Number(values.rounds);
  const times: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const startedMs = performance.now();
    await Promise.all(
      sessions.map(({ personId, sessionId }, index) => {
        // Segments of sixty reports end evenly spread over the rounds.
        const seq = round;
        const activity = round === 1 + (index % 30) ? ('paused' as const) : ('playing' as const);
        const claims = [{ seq, mediaMs: (round - 1) * 15_000, activity, touched: true, ageMs: 0 }];
        return writer.submit({ personId, sessionId, wish: { type: 'beats', claims, nowMs } });
      }),
    );
    nowMs += 15_000;
    times.push(((performance.now() - startedMs) * 1000) / sessions.length);
  }
  await endAll(pool);
  // The first rounds load and compile; a median is not moved by a checkpoint or a noisy neighbour.
  const counted = times.slice(Math.floor(rounds / 6)).toSorted((a, b) => a - b);
  return counted[Math.floor(counted.length / 2)] ?? 0;
}

async function endAll(connection: Pool): Promise<void> {
  await connection.query('delete from live_study_session');
  await world.owner.query('vacuum analyze live_study_session');
}
