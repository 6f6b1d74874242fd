import { hashOfPaper } from '../sittings/freeze-paper.ts';
import type { SittingRecords } from './read-sittings.ts';

/** Something that does not follow from what was kept. */
export interface Difference {
  readonly table: string;
  readonly key: string;
  readonly what: string;
}

export const keyOf = ({ id }: Pick<SittingRecords, 'id'>, more = ''): string => `sitting ${id}${more}`;

/** Compares a paper with its hash and its sums. */
export function checkPaper(sitting: SittingRecords, found: Difference[]): void {
  const { paper } = sitting;
  const differs = (what: string): void => {
    found.push({ table: 'exam_paper', key: keyOf(sitting), what });
  };
  if (!paper) return differs('is missing');
  if (hashOfPaper(paper) !== paper.hash) differs('does not have its hash: it is another paper than the one handed out');
  const { parsed, questionCount, centipoints } = paper;
  if (parsed.length !== questionCount) differs(`has ${parsed.length} questions, stored are ${questionCount}`);
  const points = parsed.reduce((sum, one) => sum + one.centipoints, 0);
  if (points !== centipoints) differs(`has ${points} hundredths of points, stored are ${centipoints}`);
}
