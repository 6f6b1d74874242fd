import type { StudyWorld } from '../../apps/server/src/modules/learning/testing/study-world.ts';
import type { Pool } from '../../apps/server/src/platform/database/pool.ts';

const CHUNK = 100_000;
const SESSIONS_PER_PERSON = 50;
const TABLES = ['study_session', 'study_evidence', 'hour_ledger_entry'];

/**
 * Fills the tables with sessions of the last sixty days: per session its row, two rows of evidence and a ledger entry; the first
 * people are `people`, so that those who report have a history like everybody else. Hashes are random and the packed reports shorter
 * than real ones: the rows are there to be in the way. Keys and indexes are made after the rows, which is ten times faster.
 */
export async function storeOldSessions(
  owner: Pool,
  world: StudyWorld,
  people: readonly string[],
  count: number,
  report: (line: string) => void,
): Promise<void> {
  const startedMs = performance.now();
  const seconds = () => ((performance.now() - startedMs) / 1000).toFixed(0);
  const { rows: keys } = await owner.query<{ drop: string; make: string }>(findKeys, [TABLES]);
  for (const key of keys) await owner.query(key.drop);
  const lessonId = world.lessons[0]?.lessonVersionId;
  const persons = Math.max(people.length, Math.ceil(count / SESSIONS_PER_PERSON));
  let next = 0;
  const load = async () => {
    for (let from = next; from < count; from = next) {
      next += CHUNK;
      const until = Math.min(from + CHUNK, count) - 1;
      await owner.query(insertText, [
        from,
        until,
        count,
        persons,
        people,
        lessonId,
        world.courseId,
        world.organisationId,
      ]);
      if ((from / CHUNK) % 10 === 9) report(`  ${until + 1} stored sessions after ${seconds()} s`);
    }
  };
  await Promise.all([load(), load()]);
  // Two at a time: there are two connections.
  const makes = keys.map((key) => key.make);
  const make = async () => {
    for (let text = makes.shift(); text !== undefined; text = makes.shift()) await owner.query(text);
  };
  await Promise.all([make(), make()]);
  report(`  keys and indexes after ${seconds()} s`);
  await owner.query('vacuum analyze');
  report(`  vacuumed after ${seconds()} s`);
}

/** Statements that drop and make again the primary keys and the other indexes of partitioned tables. */
const findKeys = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
         format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
  from pg_constraint where contype = 'p' and conrelid = any($1::regclass[])
  union all
  select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  from pg_index where not indisprimary and indrelid = any($1::regclass[])`;

/** Sessions $1 to $2 of $3, in the order of time. The last six bits of a session's id are its person's bucket. */
const insertText = `
  with made as materialized (
    select n, (n * 7919 % $4::bigint)::integer + 1 as person, md5(n::text) as noise,
           ((extract(epoch from now()) - 60 * 86400.0 * (1 - n::double precision / $3::bigint)) * 1000)::bigint as ms
    from generate_series($1::bigint, $2::bigint) as n
  ), owned as (
    select n, ms, noise, coalesce(($5::uuid[])[person], md5('person' || person)::uuid) as person_id from made
  ), ids as materialized (
    select bucket, to_timestamp(ms / 1000.0) as at, person_id, decode(noise || reverse(noise), 'hex') as hash,
           (lpad(to_hex(ms), 12, '0') || '7' || substr(noise, 1, 3) || '8' || substr(noise, 4, 13) || lpad(to_hex(bucket), 2, '0'))::uuid as id
    from owned, lateral (select get_byte(uuid_send(person_id), 15) & 63 as bucket) as b
  ), sessions as (
    insert into study_session (bucket, id, person_id, lesson_version_id, course_id, scheme, rule_set_id, organisation_id, region_code,
      device_kind, device_name, address, opened_at)
    select bucket, id, person_id, $6, $7, 'work-safety', 'work-safety.study.2022-07-01', $8, '440104', 'phone', 'Android', '10.1.2.3', at
    from ids
  ), evidence as (
    insert into study_evidence (bucket, session_id, index, recorded_at, kind, beats, detail, hash)
    select bucket, id, i, at + i * interval '25 minutes', case i when 0 then 1 else 4 end,
           case when i > 0 then decode(repeat('004a2c', 20), 'hex') end,
           case i when 0 then '{"durationMs":1500000}' when 1 then '{"reason":"finished"}' end, hash
    from ids, generate_series(0, 1) as i
  )
  insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, media, credited_seconds,
    started_at, ended_at, day, rule_set_id, hash)
  select bucket, id, person_id, id, 1, 'work-safety', $6, int4multirange(int4range(0, 1500)), 1500, at, at + interval '25 minutes',
         at::date, 'work-safety.study.2022-07-01', hash
  from ids`;
