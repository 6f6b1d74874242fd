import { lengthOf, mediaSecondsOf } from '@antu/domain';
import { multirange } from '../write-changes.ts';
import type { Difference } from './check-session.ts';
import type { PersonRecords } from './read-people.ts';
import type { StudySums } from './study-sums.ts';

/** Compares the sums per lesson with the ledger, entries that take back included. */
export function checkProgress(records: PersonRecords, sums: StudySums, found: Difference[]): void {
  const keyOf = (lesson: string) => `bucket ${records.bucket}, person ${records.personId}, lesson ${lesson}`;
  const report = (lesson: string, what: string) => found.push({ table: 'lesson_progress', key: keyOf(lesson), what });
  const stored = new Map(records.progress.map((row) => [row.lesson_version_id, row]));
  for (const row of records.progress) {
    const isChecked = sums.checked.has(row.lesson_version_id);
    if (row.identity_checked && !isChecked) report(row.lesson_version_id, 'identity_checked is in no evidence');
    if (!row.identity_checked && isChecked)
      report(row.lesson_version_id, 'identity_checked is false, a check was passed');
  }
  for (const [lesson, { courseId, scheme }] of sums.lessons) {
    const set = sums.viewedOf(lesson);
    const row = stored.get(lesson);
    stored.delete(lesson);
    if (!row) {
      report(lesson, `is missing: the ledger holds ${lengthOf(set) / 1000} s`);
      continue;
    }
    const viewed = multirange(mediaSecondsOf(set));
    if (row.viewed !== viewed) report(lesson, `viewed is ${row.viewed}, the ledger says ${viewed}`);
    if (row.credited_seconds !== lengthOf(set) / 1000) {
      report(lesson, `credited_seconds is ${row.credited_seconds}, the ledger says ${lengthOf(set) / 1000}`);
    }
    if (courseId !== '' && row.course_id !== courseId) report(lesson, `course_id is ${row.course_id}, not ${courseId}`);
    if (row.scheme !== scheme) report(lesson, `scheme is ${row.scheme}, not ${scheme}`);
  }
  for (const row of stored.values()) {
    if (row.credited_seconds > 0 || row.viewed !== '{}') report(row.lesson_version_id, 'is in no ledger entry');
  }
}

/** Compares what counted against the cap of the last day. A later decision does not give a day back. */
export function checkDays(records: PersonRecords, sums: StudySums, found: Difference[]): void {
  const stored = new Map(records.days.map((row) => [row.scheme, row]));
  for (const [scheme, last] of sums.days) {
    if (!last) continue;
    const { day, creditedMs } = last;
    const row = stored.get(scheme);
    if (row?.day === day && row.credited_ms === creditedMs) continue;
    const key = `bucket ${records.bucket}, person ${records.personId}, scheme ${scheme}`;
    const is = row ? `is ${row.credited_ms} ms on ${row.day}` : 'is missing';
    found.push({ table: 'study_day', key, what: `${is}, the evidence says ${creditedMs} ms on ${day}` });
  }
}
