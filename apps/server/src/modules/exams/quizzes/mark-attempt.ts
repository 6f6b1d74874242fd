import { type Answer, isRight, type PaperItem } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { type LoadedVersion, loadVersions } from '../bank/index.ts';
import { answerOf, type GivenAnswer } from './attempt-rows.ts';

/** One question of an attempt with what was answered. */
export interface MarkedItem {
  readonly item: number;
  readonly paper: PaperItem;
  readonly version: LoadedVersion;
  /** In the keys of the question; null: not answered, or the learner did not know. */
  readonly answer: Answer;
  readonly isRight: boolean;
}

/** Versions of the questions of papers. */
export const versionsOfPapers = (
  db: Queryable,
  papers: readonly (readonly PaperItem[])[],
): Promise<ReadonlyMap<string, LoadedVersion>> =>
  loadVersions(
    db,
    papers.flat().map(({ versionId }) => versionId),
  );

/** Marks what was answered. Throws RangeError for a question that is not there. Pure. */
export function markItems(
  items: readonly PaperItem[],
  answers: readonly GivenAnswer[],
  versions: ReadonlyMap<string, LoadedVersion>,
): MarkedItem[] {
  return items.map((paper, item) => {
    const version = versions.get(paper.versionId);
    if (!version) throw new RangeError(`a quiz asks for a question that is not there: ${paper.versionId}`);
    const given = answers.find((one) => one.item === item);
    const answer = given ? answerOf(given) : null;
    return { item, paper, version, answer, isRight: isRight(version.question, answer) };
  });
}
