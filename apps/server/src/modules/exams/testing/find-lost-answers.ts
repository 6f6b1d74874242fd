import {
  type Answer,
  bucketOf,
  examLimitsOf,
  getExamRuleSet,
  markAnswer,
  type PaperItem,
  toOriginalAnswer,
} from '@antu/domain';
import type { Pool } from '../../../platform/database/pool.ts';
import { loadVersions, type LoadedVersion } from '../bank/index.ts';

/** What the server said was saved and counts, by one device in the order of its numbers. */
export interface Acknowledged {
  readonly sittingId: string;
  readonly saves: readonly { readonly seq: number; readonly answers: readonly GivenAnswer[] }[];
}
export interface GivenAnswer {
  readonly item: number;
  readonly answer: Answer;
}

interface Stored {
  sitting_id: string;
  seq: number;
  answers: string;
}
interface MarkedPaper {
  sitting_id: string;
  rule_set_id: string;
  items: string;
  earned: string | null;
}

/**
 * Looks for acknowledged answers that are not stored as they were sent, and for those that the result does not know. Reads the
 * tables and marks by the rules of the domain, without the code that saves and marks. Each device must have waited for every answer
 * before it sent the next save.
 * @returns a sentence for each answer that is lost
 */
export async function findLostAnswers(pool: Pool, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const ids = acknowledged.map(({ sittingId }) => sittingId);
  const buckets = [...new Set(ids.map(bucketOf))];
  const [saves, papers] = await Promise.all([
    pool.query<Stored>(
      'select sitting_id, seq, answers from exam_save where bucket = any($1::smallint[]) and sitting_id = any($2::uuid[]) and counts',
      [buckets, ids],
    ),
    pool.query<MarkedPaper>(
      `select s.id as sitting_id, s.rule_set_id, p.items, r.earned from exam_sitting s
         join exam_paper p on p.bucket = s.bucket and p.sitting_id = s.id
         left join exam_result r on r.bucket = s.bucket and r.sitting_id = s.id and r.version = 1
       where s.bucket = any($1::smallint[]) and s.id = any($2::uuid[])`,
      [buckets, ids],
    ),
  ]);
  const stored = new Map(saves.rows.map((row) => [`${row.sitting_id} ${row.seq}`, JSON.parse(row.answers) as unknown]));
  const marked = new Map(papers.rows.map((row) => [row.sitting_id, row]));
  const versions = await loadVersions(pool, [
    ...new Set(papers.rows.flatMap((row) => itemsOf(row).map(({ versionId }) => versionId))),
  ]);
  return acknowledged.flatMap((one) => [
    ...one.saves.flatMap(({ seq, answers }) =>
      isSame(stored.get(`${one.sittingId} ${seq}`), answers)
        ? []
        : answers.map(({ item }) => `${one.sittingId}: save ${seq}, item ${item} is not stored`),
    ),
    ...findUnmarked(one, marked.get(one.sittingId), versions),
  ]);
}

// Written by the module whose work is looked at.
const itemsOf = ({ items }: MarkedPaper): PaperItem[] => JSON.parse(items) as PaperItem[];

function isSame(stored: unknown, sent: readonly GivenAnswer[]): boolean {
  return (
    Array.isArray(stored) &&
    stored.length === sent.length &&
    sent.every(({ item, answer }, at) => {
      const kept: unknown = stored[at];
      const plain = kept as Partial<GivenAnswer> | null;
      return plain?.item === item && JSON.stringify(plain.answer) === JSON.stringify(answer);
    })
  );
}

function findUnmarked(
  { sittingId, saves }: Acknowledged,
  paper: MarkedPaper | undefined,
  versions: ReadonlyMap<string, LoadedVersion>,
): string[] {
  if (!paper?.earned) return [`${sittingId}: was not marked`];
  const { multipleScoring } = examLimitsOf(getExamRuleSet(paper.rule_set_id));
  const earned = JSON.parse(paper.earned) as number[];
  const last = new Map(saves.flatMap(({ answers }) => answers.map(({ item, answer }) => [item, answer] as const)));
  return itemsOf(paper).flatMap(({ versionId, centipoints, optionOrders }, item) => {
    const given = last.get(item);
    const question = versions.get(versionId)?.question;
    if (given === undefined || !question) return [];
    const wanted = markAnswer(question, toOriginalAnswer(question, optionOrders, given), centipoints, multipleScoring);
    return earned[item] === wanted ? [] : [`${sittingId}: item ${item} earned ${earned[item]}, not ${wanted}`];
  });
}
