import type { SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';

/** Law and region of an exam: they say who judges faces and how long pictures are kept. */
export interface ExamPlace {
  readonly scheme: SchemeCode;
  readonly regionCode: string;
}

export async function findExamPlace(db: Queryable, examId: string): Promise<ExamPlace> {
  const { rows } = await db.query<ExamPlace>('select scheme, region_code as "regionCode" from exam where id = $1', [
    examId,
  ]);
  const [exam] = rows;
  if (!exam) throw new AppError('exams.not_found');
  return exam;
}
