import { chinaDateOf, type ExamLimits, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { Platform } from '../../../platform/module.ts';
import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { DEMO_ORGANISATIONS, demoId } from '../../people/index.ts';
import { findExam } from '../dates/exam-rows.ts';
import { moveExams, preparePapers } from '../dates/prepare-papers.ts';
import { takePlaceFor } from '../dates/take-place.ts';
import { demoContextOf } from './seed-questions.ts';
import { sitDemoExam } from './sit-demo-exam.ts';

const PLAN_TITLE = '企业负责人和安管人员考核';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ADDRESS = '东风中路 000 号岭学培训中心 301 教室（演示）';

/**
 * Two dates of one exam: one twelve days ago, sat and marked, and one in six days that can be booked; some of those who failed have.
 * Exams that are there already are left alone.
 */
export async function seedDemoExamDays(platform: Platform): Promise<void> {
  const { pool, clock } = platform;
  const today = chinaMidnightMs(clock.nowMs());
  const past = await addExam(
    platform,
    'past',
    `安管人员考核 ${monthOf(today - 12 * DAY_MS)}第一场`,
    today - 12 * DAY_MS + 9 * HOUR_MS,
  );
  if (past) await holdExam(pool, past, clock.nowMs());
  const next = await addExam(
    platform,
    'next',
    `安管人员考核 ${monthOf(today + 6 * DAY_MS)}第二场`,
    today + 6 * DAY_MS + 9 * HOUR_MS,
  );
  if (next && past) await bookAgain(pool, next, past, clock.nowMs());
}

const chinaMidnightMs = (ms: number): number => Date.parse(`${chinaDateOf(ms)}T00:00:00+08:00`);
const monthOf = (ms: number): string => `${Number(chinaDateOf(ms).slice(5, 7))} 月`;

/** @returns the id of the new exam; undefined if it was there */
async function addExam(platform: Platform, key: string, titleZh: string, opensMs: number): Promise<string | undefined> {
  const { actor } = await demoContextOf(platform, 'teacher');
  const id = demoId(`exam/${key}`);
  const { id: organisationId, regionCode } = DEMO_ORGANISATIONS.lingxue;
  const { rowCount } = await platform.pool.query(
    `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, address, opens_at, closes_at,
       capacity, course_ids, state, created_by, created_at)
     select $1, $2, $3, $4, p.scheme, p.rule_set_id, p.id, 'place', $5, $6, $7, 40, '{}', 'planned', $8, $9
     from exam_plan p where p.organisation_id = $2 and p.title_zh = $10 and p.retired_at is null
     on conflict do nothing`,
    [
      id,
      organisationId,
      regionCode,
      titleZh,
      ADDRESS,
      new Date(opensMs),
      new Date(opensMs + 3 * HOUR_MS),
      actor.accountId,
      new Date(Math.min(platform.clock.nowMs(), opensMs - 14 * DAY_MS)),
      PLAN_TITLE,
    ],
  );
  return rowCount === 1 ? id : undefined;
}

/** Everybody enrolled books, most come, and the clock moves the exam on as it would have. */
async function holdExam(pool: Pool, examId: string, nowMs: number): Promise<void> {
  const exam = await findExam(pool, examId);
  if (!exam) throw new Error(`the demo has no exam ${examId}`);
  const limits: ExamLimits = examLimitsOf(getExamRuleSet(exam.rule_set_id));
  const opensMs = exam.opens_at.getTime();
  const { rows } = await pool.query<{ person_id: string }>(
    `select a.person_id from person_affiliation a where a.organisation_id = $1 and a.to_date is null order by a.person_id limit 30`,
    [exam.organisation_id],
  );
  for (const [at, { person_id }] of rows.entries()) {
    const now = new Date(opensMs - 10 * DAY_MS + at * HOUR_MS);
    await transaction(pool, (tx) => takePlaceFor(tx, { personId: person_id, exam, states: ['planned'], now }));
  }
  await preparePapers(pool, exam, opensMs - limits.freezeSeconds * 1000);
  await moveExams(pool, opensMs);
  await sitDemoExam(pool, examId, { opensMs, durationSeconds: limits.durationSeconds });
  await moveExams(pool, Math.min(nowMs, exam.closes_at.getTime()));
}

/** A few of those who failed come again. */
async function bookAgain(pool: Pool, examId: string, pastId: string, nowMs: number): Promise<void> {
  const exam = await findExam(pool, examId);
  if (!exam) throw new Error(`the demo has no exam ${examId}`);
  const { rows } = await pool.query<{ person_id: string }>(
    `select s.person_id from exam_sitting s join exam_result r on r.bucket = s.bucket and r.sitting_id = s.id
     where s.exam_id = $1 and not r.passed order by s.id limit 4`,
    [pastId],
  );
  for (const [at, { person_id }] of rows.entries()) {
    const now = new Date(nowMs - at * HOUR_MS);
    await transaction(pool, (tx) => takePlaceFor(tx, { personId: person_id, exam, states: ['planned'], now }));
  }
}
