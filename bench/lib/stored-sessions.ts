import type { Pool } from '../../apps/server/src/platform/database/pool.ts';
import type { StudyWorld } from '../../apps/server/src/modules/learning/testing/study-world.ts';

const CHUNK = 100_000;

/**
 * Fills the tables with sessions of former times: per session its row, two rows of evidence and a ledger entry, of
 * the sizes that real ones have. Their hashes are random: they are there to be in the way, not to be verified.
 */
export async function storeOldSessions(
  owner: Pool,
  world: StudyWorld,
  count: number,
  report: (line: string) => void,
): Promise<void> {
  const lessonId = world.lessons[0]?.lessonVersionId;
  for (let done = 0; done < count; done += CHUNK) {
    const size = Math.min(CHUNK, count - done);
    await owner.query(insertText, [size, lessonId, world.courseId, world.organisationId]);
    if ((done / CHUNK) % 10 === 9) report(`${done + size} stored sessions`);
  }
  await owner.query('vacuum analyze');
  await owner.query('checkpoint').catch(() => undefined);
}

/** Ids carry times of the last sixty days; the last six bits of a session's id are its person's bucket. */
const insertText = `
  with made as materialized (
    select n, (random() * 63)::integer as bucket, (extract(epoch from now()) * 1000)::bigint - (random() * 60 * 86400000)::bigint as ms,
           md5(random()::text || n) as noise
    from generate_series(1, $1::integer) as n
  ), ids as materialized (
    select bucket, to_timestamp(ms / 1000.0) as at,
           (lpad(to_hex(ms), 12, '0') || '7' || substr(noise, 1, 3) || '8' || substr(noise, 4, 13) || lpad(to_hex(bucket), 2, '0'))::uuid as id,
           (substr(noise, 5, 12) || '4' || substr(noise, 1, 3) || '8' || substr(noise, 9, 13) || lpad(to_hex(bucket), 2, '0'))::uuid as person_id,
           decode(noise || reverse(noise), 'hex') as hash
    from made
  ), sessions as (
    insert into study_session (bucket, id, person_id, lesson_version_id, course_id, scheme, rule_set_id, organisation_id, region_code,
      device_kind, device_name, address, opened_at)
    select bucket, id, person_id, $2, $3, 'work-safety', 'work-safety.study.2022-07-01', $4, '440104', 'phone', 'Android', '10.1.2.3', at
    from ids
  ), evidence as (
    insert into study_evidence (bucket, session_id, index, recorded_at, kind, beats, detail, hash)
    select bucket, id, i, at + i * interval '25 minutes', case i when 0 then 1 else 4 end,
           case when i > 0 then decode(repeat('004a2c', 80), 'hex') end,
           case i when 0 then '{"clientClockOffsetMs":812,"durationMs":1500000}' when 1 then '{"reason":"finished"}' end, hash
    from ids, generate_series(0, 1) as i
  )
  insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, media, credited_seconds,
    started_at, ended_at, day, rule_set_id, hash)
  select bucket, overlay(id::text placing lpad(to_hex(1000 + i), 4, '0') from 20 for 4)::uuid, person_id, id, i, 'work-safety', $2,
         int4multirange(int4range(0, 1500)), 1500, at, at + interval '25 minutes', at::date,
         'work-safety.study.2022-07-01', hash
  from ids, generate_series(1, 1) as i`;
