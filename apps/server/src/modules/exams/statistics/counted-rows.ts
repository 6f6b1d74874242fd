import { chinaDateOf, type CountedResult, getExamRuleSet, type PaperItem } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { rowsOf } from '../bank/context.ts';

/** A sitting whose part in the sums has changed. */
export interface DueSitting {
  readonly bucket: number;
  readonly sittingId: string;
  readonly examId: string;
  readonly ruleSetId: string;
  /** Version of the result that is in the sums; 0: none. */
  readonly countedVersion: number;
  /** Version that should be; 0 for a voided sitting. */
  readonly wantedVersion: number;
  /** What each of the two versions adds. */
  readonly results: ReadonlyMap<number, CountedResult>;
}

interface DueRow {
  bucket: number;
  sitting_id: string;
  exam_id: string;
  body_id: string;
  rule_set_id: string;
  region_code: string | null;
  organisation_id: string | null;
  opens_at: Date;
  counted: number;
  wanted: number;
  items: string;
}
interface VersionRow {
  sitting_id: string;
  version: number;
  centipoints: number;
  total_centipoints: number;
  passed: boolean;
  earned: string;
}

/** Reads what the given sittings add to the sums before and after. */
export async function readDueSittings(tx: Tx, ids: readonly string[]): Promise<DueSitting[]> {
  const rows = await rowsOf<DueRow>(
    tx,
    `select s.bucket, s.id as sitting_id, s.exam_id, e.organisation_id as body_id, s.rule_set_id, s.region_code, s.organisation_id,
       s.opens_at, coalesce(c.version, 0) as counted, p.items,
       case when s.state = 'marked' then coalesce(
         (select max(r.version) from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id), 0) else 0 end as wanted
     from exam_sitting s
       join exam e on e.id = s.exam_id
       join exam_paper p on p.bucket = s.bucket and p.sitting_id = s.id
       left join exam_counted c on c.bucket = s.bucket and c.sitting_id = s.id
     where (s.bucket, s.id) in (select get_byte(uuid_send(one), 15) & 63, one from unnest($1::uuid[]) as one)
     order by s.bucket, s.id`,
    [ids],
  );
  const changed = rows.filter((row) => row.counted !== row.wanted);
  const versions = await rowsOf<VersionRow>(
    tx,
    `select sitting_id, version, centipoints, total_centipoints, passed, earned from exam_result
     where (bucket, sitting_id) in (select get_byte(uuid_send(one), 15) & 63, one from unnest($1::uuid[]) as one)`,
    [changed.map((row) => row.sitting_id)],
  );
  const topicOf = await readTopics(tx, changed);
  const bySitting = Map.groupBy(versions, (row) => row.sitting_id);
  return changed.map((row) => ({
    bucket: row.bucket,
    sittingId: row.sitting_id,
    examId: row.exam_id,
    ruleSetId: row.rule_set_id,
    countedVersion: row.counted,
    wantedVersion: row.wanted,
    results: new Map(
      (bySitting.get(row.sitting_id) ?? []).map((version) => [version.version, resultOf(row, version, topicOf)]),
    ),
  }));
}

const itemsOf = ({ items }: DueRow): PaperItem[] => JSON.parse(items) as PaperItem[];

async function readTopics(tx: Tx, rows: readonly DueRow[]): Promise<ReadonlyMap<string, string>> {
  const versionIds = new Set(rows.flatMap((row) => itemsOf(row).map(({ versionId }) => versionId)));
  const found = await rowsOf<{ id: string; topic_id: string }>(
    tx,
    'select id, topic_id from question_version where id = any($1::uuid[])',
    [[...versionIds]],
  );
  return new Map(found.map((row) => [row.id, row.topic_id]));
}

function resultOf(row: DueRow, version: VersionRow, topicOf: ReadonlyMap<string, string>): CountedResult {
  const earned = JSON.parse(version.earned) as number[];
  const asked = itemsOf(row).map(({ versionId, centipoints }, item) => ({
    topicId: topicOf.get(versionId) ?? '',
    earned: earned[item] ?? 0,
    points: centipoints,
  }));
  return {
    exam: getExamRuleSet(row.rule_set_id).exam,
    month: chinaDateOf(row.opens_at.getTime()).slice(0, 7),
    regionCode: row.region_code,
    bodyId: row.body_id,
    employerId: row.organisation_id,
    centipoints: version.centipoints,
    totalCentipoints: version.total_centipoints,
    passed: version.passed,
    topics: [...Map.groupBy(asked, ({ topicId }) => topicId)].map(([topicId, ones]) => ({
      topicId,
      earned: ones.reduce((sum, one) => sum + one.earned, 0),
      points: ones.reduce((sum, one) => sum + one.points, 0),
    })),
  };
}
