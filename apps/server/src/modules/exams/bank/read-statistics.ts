import type { QuestionVersionView } from '@antu/contract';
import { addMoments, NO_MOMENTS, type QuestionMoments, statisticsOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { rowsOf } from './context.ts';
import type { UseSource } from './record-uses.ts';

interface UseRow {
  readonly question_version_id: string;
  readonly source: UseSource;
  readonly answered: number;
  readonly right_count: number;
  readonly sum_score: number;
  readonly paired: number;
  readonly sum_x: number;
  readonly sum_y: number;
  readonly sum_xx: number;
  readonly sum_yy: number;
  readonly sum_xy: number;
  readonly choices: number[];
}

export interface VersionStatistics {
  readonly all: QuestionVersionView['statistics']['all'];
  readonly bySource: QuestionVersionView['statistics']['bySource'];
  /** Counts by place, for `choiceCounts`. */
  readonly choices: readonly number[];
}

export const NO_STATISTICS: VersionStatistics = { all: statisticsOf(NO_MOMENTS), bySource: [], choices: [] };

/** Statistics of versions over all their marked answers, by version; versions that nobody answered are left out. */
export async function readStatistics(
  db: Queryable,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, VersionStatistics>> {
  if (versionIds.length === 0) return new Map();
  const rows = await rowsOf<UseRow>(
    db,
    `select question_version_id, source, answered, right_count, sum_score, paired, sum_x, sum_y, sum_xx, sum_yy, sum_xy, choices
     from question_use where question_version_id = any($1::uuid[]) order by question_version_id, source, lane`,
    [versionIds],
  );
  const byVersion = Map.groupBy(rows, ({ question_version_id: id }) => id);
  return new Map(
    [...byVersion].map(([versionId, uses]) => {
      const sums = sumOf(uses);
      const bySource = [...Map.groupBy(uses, ({ source }) => source)].map(([source, some]) => ({
        source,
        ...statisticsOf(sumOf(some)),
      }));
      return [versionId, { all: statisticsOf(sums), bySource, choices: sums.choices }];
    }),
  );
}

const sumOf = (rows: readonly UseRow[]): QuestionMoments => rows.map(momentsOfRow).reduce(addMoments, NO_MOMENTS);

const momentsOfRow = (row: UseRow): QuestionMoments => ({
  answered: row.answered,
  right: row.right_count,
  sumScore: row.sum_score,
  paired: row.paired,
  sumX: row.sum_x,
  sumY: row.sum_y,
  sumXX: row.sum_xx,
  sumYY: row.sum_yy,
  sumXY: row.sum_xy,
  choices: row.choices.map(Number),
});
