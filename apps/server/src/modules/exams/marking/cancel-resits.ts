import { bucketOf, examRuleSets, getExamRuleSet } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { recordAudit, systemAuditContext } from '../../audit/index.ts';

/**
 * Gives back the places that somebody holds at an exam which they have passed by now, as far as it has not begun for them: papers that
 * lie ready are void. The learner reads of it in the list of their exams.
 * @returns how many
 */
export async function cancelResits(
  tx: Tx,
  { personId, ruleSetId, nowMs }: { personId: string; ruleSetId: string; nowMs: number },
): Promise<number> {
  const { exam } = getExamRuleSet(ruleSetId);
  const sameExam = examRuleSets.filter((one) => one.exam === exam).map(({ id }) => id);
  const bucket = bucketOf(personId);
  const { rows } = await tx.query<{ id: string; exam_id: string }>(
    `update exam_booking b set state = 'cancelled', cancelled_at = $4, cancelled_because = 'passed'
     from exam e where b.bucket = $1 and b.person_id = $2 and b.state = 'booked' and e.id = b.exam_id and e.rule_set_id = any($3)
       and e.state in ('planned', 'frozen', 'open') and e.closes_at > $4
       and not exists (select from exam_sitting s where s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id
         and s.state <> 'frozen')
     returning b.id, b.exam_id`,
    [bucket, personId, sameExam, new Date(nowMs)],
  );
  for (const { id, exam_id } of rows) {
    await tx.query('update exam set booked = booked - 1 where id = $1', [exam_id]);
    await tx.query(
      `update exam_sitting set state = 'voided', void_reason = $4
       where bucket = $1 and person_id = $2 and exam_id = $3 and state = 'frozen'`,
      [bucket, personId, exam_id, '已合格，补考取消'],
    );
    await recordAudit(
      tx,
      systemAuditContext(() => new Date(nowMs), `booking/${id}`),
      {
        action: 'exams.cancel-resit',
        object: { kind: 'exam', id: exam_id },
        detail: { bookingId: id, personId },
      },
    );
  }
  return rows.length;
}
