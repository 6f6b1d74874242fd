import { randomBytes } from 'node:crypto';
import { bucketOf, chinaDateOf, examLimitsOf, getExamRuleSet, placeInBucket } from '@antu/domain';
import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { findPlan, paperDrawer } from '../plans/index.ts';
import { freezePaper, insertPapers, versionsOf } from '../sittings/freeze-paper.ts';
import { type ExamRow, selectExams } from './exam-rows.ts';

/** Candidates of one transaction. */
const PAGE = 100;

/** Exams whose papers are due to be drawn; those of people registered when the others had theirs already are due at once. */
export async function findDueExams(pool: Pool, nowMs: number): Promise<ExamRow[]> {
  const found = await selectExams(
    pool,
    `e.opens_at < $1 and (e.state = 'planned' or e.state in ('frozen', 'open') and e.closes_at > $2 and exists (
       select from exam_booking b where b.exam_id = e.id and b.state = 'booked' and not exists (
         select from exam_sitting s where s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id)))`,
    [new Date(nowMs + 86_400_000), new Date(nowMs)],
  );
  return found.filter(
    ({ opens_at, rule_set_id }) =>
      opens_at.getTime() - examLimitsOf(getExamRuleSet(rule_set_id)).freezeSeconds * 1000 <= nowMs,
  );
}

interface Booked {
  person_id: string;
  organisation_id: string | null;
  region_code: string | null;
}

/**
 * Draws and freezes a paper for everybody who has booked, page by page; who has one already is left alone, so that a run that was
 * cut off is gone on with. Afterwards the exam is `frozen` and the bell only hands papers out.
 * @returns how many papers were drawn
 * Throws RangeError when the bank cannot serve the plan any more: the exam stays `planned`, and the job tells it again.
 */
export async function preparePapers(pool: Pool, exam: ExamRow, nowMs: number): Promise<number> {
  const plan = await findPlan(pool, exam.plan_id);
  if (!plan) throw new RangeError(`exam ${exam.id} has no plan`);
  const draw = await paperDrawer(pool, plan, chinaDateOf(exam.opens_at.getTime()));
  let drawnCount = 0;
  for (;;) {
    const { rows } = await pool.query<Booked>(
      `select b.person_id, b.organisation_id, b.region_code from exam_booking b
       where b.exam_id = $1 and b.state = 'booked' and not exists (
         select from exam_sitting s where s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id)
       order by b.bucket, b.id limit ${PAGE}`,
      [exam.id],
    );
    if (rows.length === 0) break;
    const made = rows.map((booked) => {
      const sittingId = placeInBucket(uuidv7(nowMs), bucketOf(booked.person_id));
      const seed = randomBytes(16).toString('hex');
      const drawn = draw(seed);
      if (!drawn.ok) throw new RangeError(`exam ${exam.id}: the bank lacks ${JSON.stringify(drawn.shortages)}`);
      return { booked, sittingId, seed, items: drawn.items };
    });
    const versions = await versionsOf(
      pool,
      made.flatMap(({ items }) => items),
    );
    const at = new Date(nowMs);
    const limits = examLimitsOf(getExamRuleSet(exam.rule_set_id));
    await transaction(pool, async (tx) => {
      await tx.query(
        `insert into exam_sitting (bucket, id, person_id, kind, exam_id, plan_id, rule_set_id, organisation_id, region_code, title_zh,
           state, opens_at, closes_at, duration_seconds, grace_seconds, created_at)
         select r.bucket, r.id, r.person_id, 'formal', $2, $3, $4, r.organisation_id, r.region_code, $5, 'frozen', $6, $7, $8, $9, $10
         from jsonb_to_recordset($1::jsonb) as r(bucket smallint, id uuid, person_id uuid, organisation_id uuid, region_code text)`,
        [
          JSON.stringify(
            made.map(({ booked, sittingId }) => ({ ...booked, id: sittingId, bucket: bucketOf(sittingId) })),
          ),
          exam.id,
          exam.plan_id,
          exam.rule_set_id,
          exam.title_zh,
          exam.opens_at,
          exam.closes_at,
          limits.durationSeconds,
          limits.lateGraceSeconds,
          at,
        ],
      );
      await insertPapers(
        tx,
        made.map(({ sittingId, seed, items }) => freezePaper(sittingId, seed, items, versions, at)),
      );
    });
    drawnCount += made.length;
  }
  await pool.query(`update exam set state = 'frozen' where id = $1 and state = 'planned'`, [exam.id]);
  return drawnCount;
}

/** Moves exams on with the clock: the window opens, and closes once nobody is at it any more. */
export async function moveExams(pool: Pool, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  await pool.query(`update exam set state = 'open' where state = 'frozen' and opens_at <= $1`, [now]);
  await transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `update exam e set state = 'closed' where e.state = 'open' and e.closes_at <= $1 and not exists (
         select from exam_sitting s where s.exam_id = e.id and s.state in ('running', 'submitted', 'timed-out')) returning e.id`,
      [now],
    );
    if (rows.length === 0) return;
    await tx.query(
      `update exam_booking b set state = case when exists (
           select from exam_sitting s where s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id
             and s.started_at is not null) then 'sat' else 'missed' end
       where b.exam_id = any($1::uuid[]) and b.state = 'booked'`,
      [rows.map(({ id }) => id)],
    );
  });
}
