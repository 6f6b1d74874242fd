import { createHash } from 'node:crypto';
import { askQuestion, bucketOf, canonicalJson, type PaperItem } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { type LoadedVersion, loadVersions } from '../bank/index.ts';

/** A drawn paper as it is kept: what is shown apart from what is right. */
export interface FrozenPaper {
  readonly sittingId: string;
  readonly seed: string;
  /** JSON of what the candidate gets. */
  readonly asked: string;
  /** JSON of the drawn items. */
  readonly items: string;
  readonly questionCount: number;
  readonly centipoints: number;
  readonly frozenAt: Date;
}

/** The versions of a drawn paper; throws RangeError where one is missing, which the foreign key of nothing can prevent. */
export async function versionsOf(
  db: Queryable,
  items: readonly PaperItem[],
): Promise<ReadonlyMap<string, LoadedVersion>> {
  const versions = await loadVersions(
    db,
    items.map(({ versionId }) => versionId),
  );
  const missing = items.find(({ versionId }) => !versions.has(versionId));
  if (missing) throw new RangeError(`a paper asks for a question that is not there: ${missing.versionId}`);
  return versions;
}

/** Writes down a drawn paper for a sitting. Pure. */
export function freezePaper(
  sittingId: string,
  seed: string,
  items: readonly PaperItem[],
  versions: ReadonlyMap<string, LoadedVersion>,
  frozenAt: Date,
): FrozenPaper {
  const asked = items.map(({ versionId, centipoints, optionOrders }, item) => {
    const version = versions.get(versionId);
    if (!version) throw new RangeError(`no question ${versionId}`);
    return { item, points: centipoints / 100, question: askQuestion(version.question, optionOrders) };
  });
  return {
    sittingId,
    seed,
    asked: JSON.stringify(asked),
    items: JSON.stringify(items),
    questionCount: items.length,
    centipoints: items.reduce((sum, one) => sum + one.centipoints, 0),
    frozenAt,
  };
}

/** SHA-256 over everything that the paper is, hexadecimal. */
export const hashOfPaper = ({ sittingId, seed, asked, items, frozenAt }: FrozenPaper): string =>
  createHash('sha256')
    .update(canonicalJson({ asked, frozenAtMs: frozenAt.getTime(), items, seed, sittingId }))
    .digest('hex');

/** Adds papers in one statement. */
export async function insertPapers(tx: Tx, papers: readonly FrozenPaper[]): Promise<void> {
  await tx.query(
    `insert into exam_paper (bucket, sitting_id, seed, asked, items, question_count, centipoints, frozen_at, hash)
     select bucket, sitting_id, seed, asked, items, question_count, centipoints, frozen_at, decode(hash, 'hex')
     from jsonb_to_recordset($1::jsonb) as r(bucket smallint, sitting_id uuid, seed text, asked text, items text,
       question_count integer, centipoints integer, frozen_at timestamptz, hash text)`,
    [
      JSON.stringify(
        papers.map((paper) => ({
          bucket: bucketOf(paper.sittingId),
          sitting_id: paper.sittingId,
          seed: paper.seed,
          asked: paper.asked,
          items: paper.items,
          question_count: paper.questionCount,
          centipoints: paper.centipoints,
          frozen_at: paper.frozenAt,
          hash: hashOfPaper(paper),
        })),
      ),
    ],
  );
}
