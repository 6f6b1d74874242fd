import { randomUUID } from 'node:crypto';
import { bucketOf, checkIdNumber, idNumberCheckCharacter, type PlainDate, placeInBucket } from '@antu/domain';
import { insertAffiliation, insertPerson } from '../../apps/server/src/modules/people/index.ts';
import { transaction } from '../../apps/server/src/platform/database/pool.ts';
import { uuidv7 } from '../../apps/server/src/platform/ids.ts';
import type { Platform } from '../../apps/server/src/platform/module.ts';
import { makeStudyWorld, type StudyWorld } from '../../apps/server/src/modules/learning/testing/study-world.ts';
import type { BenchWorld } from './bench-world.ts';

const REGION = '440104';
const ENTRIES_PER_INSERT = 5_000;

/** A company with people whose names are sealed, and ledger entries of a lesson each. Chains are not written: nothing here reads them. */
export async function makeExportWorld(
  world: BenchWorld,
  platform: Platform,
  people: number,
  entriesPerPerson: number,
): Promise<StudyWorld> {
  const study = await makeStudyWorld(world.owner, { lessonSeconds: [900] });
  const ids = await transaction(platform.pool, async (tx) => {
    const made: string[] = [];
    for (let n = 0; n < people; n += 1) {
      const now = new Date();
      const person = { name: `考${n.toString(36)}`, idNumber: idNumberOf(n), regionCode: REGION, now };
      const { id } = await insertPerson(tx, platform.keys, person);
      const roster = { personId: id, organisationId: study.organisationId, post: '驾驶员', now };
      await insertAffiliation(tx, { ...roster, kind: 'employed', from: '2020-01-01' as PlainDate });
      made.push(id);
    }
    return made;
  });
  const entries = ids.flatMap((personId) => Array.from({ length: entriesPerPerson }, () => personId));
  for (let at = 0; at < entries.length; at += ENTRIES_PER_INSERT) {
    await insertEntries(world, study, entries.slice(at, at + ENTRIES_PER_INSERT));
  }
  await world.owner.query('analyze');
  return study;
}

/** 449999 is not assigned to any county: nobody has these numbers. */
export function idNumberOf(n: number) {
  const day = String((Math.floor(n / 999) % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(n / 27_972) % 12) + 1).padStart(2, '0');
  const first17 = `4499991980${month}${day}${String((n % 999) + 1).padStart(3, '0')}`;
  const checked = checkIdNumber(first17 + idNumberCheckCharacter(first17));
  if (!checked.valid) throw new Error(`${first17} makes no ID number`);
  return checked;
}

async function insertEntries(world: BenchWorld, study: StudyWorld, personIds: readonly string[]): Promise<void> {
  const nowMs = Date.now();
  const rows = personIds.map((personId) => {
    const bucket = bucketOf(personId);
    return {
      bucket,
      person_id: personId,
      session_id: placeInBucket(uuidv7(nowMs), bucket),
      id: placeInBucket(uuidv7(nowMs), bucket),
      hash: randomUUID().replaceAll('-', '').repeat(2),
    };
  });
  await world.owner.query(
    `with given as materialized (
       select * from json_to_recordset($1) as r (bucket smallint, person_id uuid, session_id uuid, id uuid, hash text)
     ), sessions as (
       insert into study_session (bucket, id, person_id, lesson_version_id, course_id, scheme, rule_set_id, organisation_id, region_code,
         device_kind, device_name, address, opened_at)
       select bucket, session_id, person_id, $2, $3, 'work-safety', 'work-safety.study.2022-07-01', $4, $5, 'phone', 'Android',
         '203.0.113.1', now() from given
     )
     insert into hour_ledger_entry (bucket, id, person_id, session_id, evidence_index, scheme, lesson_version_id, media, credited_seconds,
       started_at, ended_at, day, rule_set_id, hash)
     select bucket, id, person_id, session_id, 1, 'work-safety', $2, '{[0,900)}', 900, now() - interval '15 minutes', now(),
       (now() at time zone 'Asia/Shanghai')::date, 'work-safety.study.2022-07-01', decode(hash, 'hex') from given`,
    [JSON.stringify(rows), study.lessons[0]?.lessonVersionId, study.courseId, study.organisationId, REGION],
  );
}
