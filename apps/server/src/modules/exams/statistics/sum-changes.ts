import {
  addMoments,
  addResults,
  type CountedResult,
  NO_MOMENTS,
  NO_RESULTS,
  placesOf,
  type QuestionMoments,
  type ResultSums,
  resultSums,
  type StatisticPlace,
  type TopicSums,
} from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';

interface CellKey {
  readonly kind: StatisticPlace;
  readonly place: string;
  readonly exam: string;
  readonly month: string;
}

/** Changes of the sums, gathered over many sittings and written at once. */
export class SumChanges {
  readonly #cells = new Map<string, { key: CellKey; sums: ResultSums }>();
  readonly #topics = new Map<string, { key: CellKey; topicId: string; sums: TopicSums }>();
  readonly #items = new Map<string, { examId: string; versionId: string; moments: QuestionMoments }>();

  /** @param sign -1 takes a result out that was counted before */
  addResult(result: CountedResult, sign: 1 | -1): void {
    const own = resultSums(result);
    for (const { kind, place } of placesOf(result)) {
      const key: CellKey = { kind, place, exam: result.exam, month: result.month };
      const name = `${kind} ${place} ${result.exam} ${result.month}`;
      this.#cells.set(name, { key, sums: addResults(this.#cells.get(name)?.sums ?? NO_RESULTS, own, sign) });
      // Topics of each pair of body and employer would be most of the rows, and nobody asks for them.
      if (kind === 'body-employer') continue;
      for (const { topicId, earned, points } of result.topics) {
        const topicName = `${name} ${topicId}`;
        const before = this.#topics.get(topicName)?.sums ?? { candidates: 0, earned: 0, points: 0 };
        const sums = {
          candidates: before.candidates + sign,
          earned: before.earned + sign * earned,
          points: before.points + sign * points,
        };
        this.#topics.set(topicName, { key, topicId, sums });
      }
    }
  }

  addItem(examId: string, versionId: string, moments: QuestionMoments): void {
    const name = `${examId} ${versionId}`;
    const before = this.#items.get(name)?.moments ?? NO_MOMENTS;
    this.#items.set(name, { examId, versionId, moments: addMoments(before, moments) });
  }

  async write(tx: Tx): Promise<void> {
    const cells = inOrder(this.#cells).map(({ key, sums }) => ({ ...key, month: `${key.month}-01`, ...sums }));
    for (const statement of [MAKE_CELLS, ADD_CELLS]) await tx.query(statement, [JSON.stringify(cells)]);
    const topics = inOrder(this.#topics).map(({ key, topicId, sums }) => ({
      ...key,
      month: `${key.month}-01`,
      topicId,
      ...sums,
    }));
    for (const statement of [MAKE_TOPICS, ADD_TOPICS]) await tx.query(statement, [JSON.stringify(topics)]);
    await this.#writeItems(tx);
  }

  /** Read, added here, written: one job counts at a time, so nobody writes between. */
  async #writeItems(tx: Tx): Promise<void> {
    const changes = inOrder(this.#items);
    if (changes.length === 0) return;
    const { rows } = await tx.query<{ exam_id: string; question_version_id: string; moments: string }>(
      `select exam_id, question_version_id, moments from exam_item_statistic
       where (exam_id, question_version_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
      [changes.map(({ examId }) => examId), changes.map(({ versionId }) => versionId)],
    );
    const before = new Map(
      rows.map((row) => [`${row.exam_id} ${row.question_version_id}`, JSON.parse(row.moments) as QuestionMoments]),
    );
    const sums = changes.map(({ examId, versionId, moments }) => ({
      examId,
      versionId,
      moments: JSON.stringify(addMoments(before.get(`${examId} ${versionId}`) ?? NO_MOMENTS, moments)),
    }));
    await tx.query(PUT_ITEMS, [JSON.stringify(sums)]);
  }
}

const inOrder = <Value>(map: ReadonlyMap<string, Value>): Value[] =>
  [...map.keys()].sort().flatMap((name) => map.get(name) ?? []);

// A change may be less than nothing, and such a row could not be inserted: the row comes first, with nothing in it.
const CELL_CHANGES = `jsonb_to_recordset($1::jsonb) as r(kind text, place text, exam text, month date, candidates integer, passed integer,
  "sumShare" bigint, bins integer[])`;
const MAKE_CELLS = `
  insert into exam_statistic (kind, place, exam, month, candidates, passed, sum_share, bins)
  select r.kind, r.place, r.exam, r.month, 0, 0, 0, array_fill(0, array[cardinality(r.bins)]) from ${CELL_CHANGES}
  on conflict (kind, place, exam, month) do nothing`;
const ADD_CELLS = `
  update exam_statistic s set
    candidates = s.candidates + r.candidates, passed = s.passed + r.passed, sum_share = s.sum_share + r."sumShare",
    bins = array(select a + b from unnest(s.bins, r.bins) with ordinality as c(a, b, place) order by place)
  from ${CELL_CHANGES}
  where s.kind = r.kind and s.place = r.place and s.exam = r.exam and s.month = r.month`;

const TOPIC_CHANGES = `jsonb_to_recordset($1::jsonb) as r(kind text, place text, exam text, month date, "topicId" uuid, candidates integer,
  earned bigint, points bigint)`;
const MAKE_TOPICS = `
  insert into exam_topic_statistic (kind, place, exam, month, topic_id, candidates, earned, points)
  select r.kind, r.place, r.exam, r.month, r."topicId", 0, 0, 0 from ${TOPIC_CHANGES}
  on conflict (kind, place, exam, month, topic_id) do nothing`;
const ADD_TOPICS = `
  update exam_topic_statistic s set candidates = s.candidates + r.candidates, earned = s.earned + r.earned, points = s.points + r.points
  from ${TOPIC_CHANGES}
  where s.kind = r.kind and s.place = r.place and s.exam = r.exam and s.month = r.month and s.topic_id = r."topicId"`;

const PUT_ITEMS = `
  insert into exam_item_statistic (exam_id, question_version_id, moments)
  select r."examId", r."versionId", r.moments from jsonb_to_recordset($1::jsonb) as r("examId" uuid, "versionId" uuid, moments text)
  on conflict (exam_id, question_version_id) do update set moments = excluded.moments`;
