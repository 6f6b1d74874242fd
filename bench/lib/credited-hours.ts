import { bucketOf } from '@antu/domain';
import {
  type Advanced,
  advanceSession,
  untouched,
  type Wish,
} from '../../apps/server/src/modules/learning/advance-session.ts';
import { findStudyLesson } from '../../apps/server/src/modules/learning/find-lesson.ts';
import type { LiveSession } from '../../apps/server/src/modules/learning/live-session.ts';
import { openStudy } from '../../apps/server/src/modules/learning/open-session.ts';
import { makePeople, type StudyWorld } from '../../apps/server/src/modules/learning/testing/study-world.ts';
import { deriveOutcomes } from '../../apps/server/src/modules/learning/views/live/live-jobs.ts';
import { writeChanges } from '../../apps/server/src/modules/learning/write-changes.ts';
import type { Pool } from '../../apps/server/src/platform/database/pool.ts';
import { playLesson, seededRandom } from './lesson-play.ts';

/** A course of eight lessons of 25 minutes. */
export const LESSONS = 8;
const DAY_MS = 86_400_000;

/**
 * Tables that hold as many rows as people study at a time, as sessions ended in three days, or as wait for the next run of the
 * transparency log, whose leaves lie in files: hours do not make them grow.
 */
const STANDING_TABLES: ReadonlySet<string> = new Set(['live_study_session', 'study_session_outcome', 'log_pending']);

/** Bytes on disk per credited hour: what stays for ever, and the same with the outcomes that stay for three days. */
export type BytesPerHour = { lasting: number; withOutcomes: number };

/** Lets people watch a lesson of 25 minutes each, derives what the worker derives, and weighs what that left. */
export async function measureBytesPerHour(
  owner: Pool,
  pool: Pool,
  study: StudyWorld,
  lessons: number,
  say: (line: string) => void,
): Promise<BytesPerHour> {
  const people = await makePeople(owner, Math.ceil(lessons / LESSONS));
  const count = people.length * LESSONS;
  const before = await bytesByTable(owner);
  for (let index = 0; index < count; index += 1) {
    const personId = people[index % people.length] ?? '';
    const lesson = Math.floor(index / people.length);
    // Lessons of a course on consecutive evenings.
    const startMs = Date.now() - (LESSONS - lesson) * DAY_MS;
    const session = await openFor(pool, personId, study.lessons[lesson]?.lessonVersionId ?? '', startMs);
    const after = watch(session, startMs, seededRandom(index + 1));
    await writeChanges(pool, [{ before: session, after }]);
    if ((index + 1) % people.length > 0) continue;
    // At the end of the evening: what the worker does every minute (it looks back two days only), and autovacuum in a day.
    await deriveOutcomes(pool, after.session.state.lastAtMs + 3_600_000);
    await owner.query('vacuum');
  }
  const grown = [...(await bytesByTable(owner))]
    .map(([name, bytes]) => ({ name, bytes: bytes - (before.get(name) ?? 0) }))
    .filter(({ bytes }) => bytes > 0);
  for (const { name, bytes } of grown) {
    const stays = STANDING_TABLES.has(name) ? ', does not grow with hours: not counted' : '';
    say(`  ${name}: ${Math.round(bytes / count)} bytes per lesson${stays}`);
  }
  const { rows } = await owner.query<{ seconds: number; outcomes: number }>(
    `select (select sum(credited_seconds)::bigint from hour_ledger_entry) as seconds,
            (select count(*)::int from study_session_outcome) as outcomes`,
  );
  const { seconds = 0, outcomes = 0 } = rows[0] ?? {};
  if (outcomes !== count) throw new Error(`${outcomes} outcomes of ${count} lessons were derived`);
  say(`${count} lessons watched, ${seconds} s credited`);
  const perHour = (names: (name: string) => boolean) =>
    Math.round((grown.reduce((sum, { name, bytes }) => sum + (names(name) ? bytes : 0), 0) * 3600) / seconds);
  return {
    lasting: perHour((name) => !STANDING_TABLES.has(name)),
    withOutcomes: perHour((name) => !STANDING_TABLES.has(name) || name === 'study_session_outcome'),
  };
}

/** Opens a session at a time of the past or the future, as the route does. */
export async function openFor(pool: Pool, personId: string, lessonVersionId: string, nowMs: number) {
  const lesson = await findStudyLesson(pool, bucketOf(personId), personId, lessonVersionId);
  const device = { kind: 'phone', name: 'Android 14; WebView', id: null } as const;
  const address = '120.230.45.67';
  const request = { personId, lesson, device, clientNowMs: nowMs + 800, address, nowMs, findCheckOfSignIn: nobody };
  return (await openStudy(pool, request)).session;
}

/** The bench studies a scheme without identity checks. */
const nobody = async () => undefined;

function watch(session: LiveSession, startMs: number, random: () => number): Advanced {
  let after = untouched(session);
  for (const wish of playLesson(startMs, 1_500_000, random)) {
    after = advanceSession(after, answered(after.session.promptId, wish), []);
  }
  return after;
}

/** Somebody who is asked whether they are there answers with the next report. */
function answered(promptId: string | null, wish: Wish): Wish {
  const claim = wish.type === 'beats' ? wish.claims[0] : undefined;
  if (promptId === null || wish.type !== 'beats' || !claim) return wish;
  return { type: 'presence', promptId, claim, nowMs: wish.nowMs };
}

/** What every table takes on disk after a vacuum, with indexes and TOAST; partitions count for their table. */
export async function bytesByTable(owner: Pool): Promise<Map<string, number>> {
  await owner.query('vacuum analyze');
  const { rows } = await owner.query<{ name: string; bytes: number }>(
    `select regexp_replace(c.relname, '_y\\d+m\\d+$', '') as name, sum(pg_total_relation_size(c.oid))::bigint as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' group by 1 order by 1`,
  );
  return new Map(rows.map((row) => [row.name, row.bytes]));
}
