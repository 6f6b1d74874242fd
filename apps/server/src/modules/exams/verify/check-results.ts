import { canonicalJson } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { type Marks, markPaper } from '../marking/mark-paper.ts';
import { hashOfResult, type StoredResult, withoutHash } from '../marking/result-rows.ts';
import { type Difference, keyOf } from './check-paper.ts';
import type { SittingRecords } from './read-sittings.ts';

/** Nobody waits for marking so long. */
const MARKED_WITHIN_MS = 3_600_000;

/** Marks a sitting anew from paper, saves and rules, and compares with every version of its result. */
export async function checkResults(
  db: Queryable,
  sitting: SittingRecords,
  nowMs: number,
  found: Difference[],
): Promise<void> {
  const { state, results, endedAtMs, awaitsIdentity } = sitting;
  const missing = (what: string): void => {
    found.push({ table: 'exam_result', key: keyOf(sitting), what });
  };
  const isToBeMarked = (state === 'submitted' || state === 'timed-out') && !awaitsIdentity;
  if (state === 'marked' && results.length === 0) missing('is missing: the sitting is marked');
  if (isToBeMarked && endedAtMs !== null && nowMs - endedAtMs > MARKED_WITHIN_MS)
    missing('is missing: the sitting has waited for marking for more than an hour');
  if ((state === 'frozen' || state === 'running') && results.length > 0)
    missing('is there although the sitting is not over');
  for (const [at, result] of results.entries()) await checkVersion(db, sitting, result, at + 1, found);
  await checkLatest(db, sitting, found);
}

async function checkVersion(
  db: Queryable,
  sitting: SittingRecords,
  result: StoredResult,
  version: number,
  found: Difference[],
): Promise<void> {
  const differs = (what: string): void => {
    found.push({ table: 'exam_result', key: keyOf(sitting, `, version ${result.version}`), what });
  };
  if (result.version !== version) differs(`follows no version ${version}`);
  if (hashOfResult(withoutHash(result)) !== result.hash) differs('does not have its hash');
  if (result.personId !== sitting.personId) differs('belongs to another person than the sitting');
  if (result.ruleSetId !== sitting.ruleSetId) differs('names other rules than the sitting');
  for (const versionId of result.accepted) {
    const decidedAtMs = sitting.accepted.get(versionId);
    if (decidedAtMs === undefined || decidedAtMs > result.decidedAtMs)
      differs(`counts question ${versionId} as right for everybody, which nobody had decided`);
  }
  const marks = await remark(db, sitting, new Set(result.accepted));
  if (!marks) return;
  for (const name of Object.keys(marks) as (keyof Marks)[]) {
    if (canonicalJson(marks[name]) !== canonicalJson(result[name]))
      differs(`has ${name} ${canonicalJson(result[name])}, what was saved gives ${canonicalJson(marks[name])}`);
  }
}

/** What stands last has to know every question that counts for everybody, unless that is on its way. */
async function checkLatest(db: Queryable, sitting: SittingRecords, found: Difference[]): Promise<void> {
  const latest = sitting.results.at(-1);
  if (!latest || sitting.state !== 'marked' || sitting.isRemarkDue) return;
  const known = new Set(latest.accepted);
  const marks = await remark(db, sitting, new Set([...known, ...sitting.accepted.keys()]));
  if (!marks || canonicalJson(marks.earned) === canonicalJson(latest.earned)) return;
  if (marks.accepted.length === known.size) return;
  found.push({
    table: 'exam_result',
    key: keyOf(sitting, `, version ${latest.version}`),
    what: 'leaves out a question that counts as right for everybody',
  });
}

/** Undefined where the paper is gone or names questions that are: that was told already. */
async function remark(
  db: Queryable,
  { id, ruleSetId, paper }: SittingRecords,
  accepted: ReadonlySet<string>,
): Promise<Marks | undefined> {
  if (!paper) return undefined;
  try {
    return (await markPaper(db, id, ruleSetId, accepted)).marks;
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
