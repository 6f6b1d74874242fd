import type { ExamItem } from '@antu/contract';
import { choiceCounts, type QuestionMoments, statisticsOf } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findOrganisationScope, requireReach } from '../../people/index.ts';
import { rowsOf } from '../bank/context.ts';
import { loadVersions } from '../bank/index.ts';

type Ctx = RouteContext<'questions.read'>;
interface ItemRow {
  question_version_id: string;
  question_id: string;
  topic_title_zh: string;
  moments: string;
}

/** How each question of an exam did. Nothing before the exam is over: the questions are still being asked. */
export async function readExamItems(
  ctx: Ctx,
  examId: string,
): Promise<{ titleZh: string; candidates: number; items: ExamItem[] }> {
  const { pool, actor } = ctx;
  const [exam] = await rowsOf<{ title_zh: string; organisation_id: string; state: string; closes_at: Date }>(
    pool,
    'select title_zh, organisation_id, state, closes_at from exam where id = $1',
    [examId],
  );
  const scope = exam && (await findOrganisationScope(pool, exam.organisation_id));
  if (!exam || !scope) throw new AppError('exams.not_found');
  requireReach(actor, 'questions.read', scope);
  const isOver = exam.closes_at.getTime() <= ctx.nowMs();
  const rows = isOver
    ? await rowsOf<ItemRow>(
        pool,
        `select i.question_version_id, v.question_id, t.title_zh as topic_title_zh, i.moments
         from exam_item_statistic i join question_version v on v.id = i.question_version_id join syllabus_topic t on t.id = v.topic_id
         where i.exam_id = $1`,
        [examId],
      )
    : [];
  const [counted] = await rowsOf<{ candidates: number }>(
    pool,
    `select count(*)::int as candidates from exam_sitting s
       join exam_counted c on c.bucket = s.bucket and c.sitting_id = s.id and c.version > 0 where s.exam_id = $1`,
    [examId],
  );
  await recordAudit(pool, ctx, {
    action: 'exams.items',
    object: { kind: 'exam', id: examId },
    detail: { shown: rows.length },
  });
  const versions = await loadVersions(
    pool,
    rows.map((row) => row.question_version_id),
  );
  const items = rows.flatMap((row): ExamItem[] => {
    const version = versions.get(row.question_version_id);
    const moments = JSON.parse(row.moments) as QuestionMoments;
    if (!version || moments.answered === 0) return [];
    return [
      {
        questionId: row.question_id,
        versionId: row.question_version_id,
        topicTitleZh: row.topic_title_zh,
        question: version.question,
        ...statisticsOf(moments),
        choices: [...choiceCounts(version.question, moments.choices)],
      },
    ];
  });
  return {
    titleZh: exam.title_zh,
    candidates: isOver ? (counted?.candidates ?? 0) : 0,
    items: items.toSorted(worstFirst),
  };
}

/** A question that the better candidates miss comes first; of the others the hardest. */
function worstFirst(a: ExamItem, b: ExamItem): number {
  return (
    (a.discrimination ?? 1) - (b.discrimination ?? 1) ||
    (a.pValue ?? 1) - (b.pValue ?? 1) ||
    a.versionId.localeCompare(b.versionId)
  );
}
