import { randomUUID } from 'node:crypto';
import { type Answer, bucketOf, type PaperItem, placeInBucket } from '@antu/domain';
import { transaction } from '../../../../platform/database/pool.ts';
import { uuidv7 } from '../../../../platform/ids.ts';
import { makePeople } from '../../../learning/testing/study-world.ts';
import { loadVersions } from '../../bank/index.ts';
import {
  addQuestions,
  type BankFixture,
  factsFor,
  judgement,
  makeBankFixture,
} from '../../bank/testing/bank-fixture.ts';
import { markSitting } from '../../marking/mark-sitting.ts';
import { type ExamResult, insertResult } from '../../marking/result-rows.ts';
import { freezePaper, insertPapers } from '../../sittings/freeze-paper.ts';

const TWO_KINDS = 'road-transport.exam.two-kinds.2019-07-18';
export const QUESTIONS = 10;
/** Each question has a tenth of 100 points. */
const CENTIPOINTS = 1_000;

/** One candidate's exam, as it is told to the world. */
export interface Sat {
  readonly exam: number;
  readonly employer: number | null;
  readonly regionCode: string | null;
  /** For each question whether it was called right, which all of them are; null: left out. */
  readonly answers: readonly (boolean | null)[];
}
export interface MarkedWorld {
  readonly bank: BankFixture;
  /** Two dates in different months, of different bodies, both past. */
  readonly exams: readonly { readonly id: string; readonly month: string; readonly bodyId: string }[];
  readonly employers: readonly string[];
  readonly versionIds: readonly string[];
  /** Sits, hands in and is marked. @returns the result */
  sit(sat: Sat): Promise<ExamResult>;
  /** A further version of a result, with other points. */
  appeal(result: ExamResult, earned: readonly number[]): Promise<ExamResult>;
  void(sittingId: string): Promise<void>;
}

export async function makeMarkedWorld(): Promise<MarkedWorld> {
  const bank = await makeBankFixture();
  const { owner, pool } = bank.database;
  const items = Array.from({ length: QUESTIONS }, (_, n) => ({
    question: judgement(`第 ${n} 题：${randomUUID()}`),
    facts: factsFor(bank),
  }));
  const created = await addQuestions(bank, items, bank.manager.accountId);
  const planId = randomUUID();
  await owner.query(
    `insert into exam_plan (id, organisation_id, scheme, rule_set_id, title_zh, lines, shuffle_questions, shuffle_options, is_mock,
       created_by, created_at)
     values ($1, $2, 'road-transport', $3, '方案', '[]', false, false, false, $4, now())`,
    [planId, bank.bodyId, TWO_KINDS, bank.manager.accountId],
  );
  const exams = [
    { id: randomUUID(), month: '2026-09', bodyId: bank.bodyId },
    { id: randomUUID(), month: '2026-10', bodyId: bank.otherBodyId },
  ];
  for (const { id, month, bodyId } of exams) {
    // Midnight in China on the first: the day before in London.
    await owner.query(
      `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, opens_at, closes_at, capacity,
         course_ids, state, created_by, created_at)
       values ($1, $2, '440104', '场次', 'road-transport', $3, $4, 'online', $5::timestamptz, $5::timestamptz + interval '2 hours', 1000,
         '{}', 'closed', $6, now())`,
      [id, bodyId, TWO_KINDS, planId, `${month}-01T00:00:00+08:00`, bank.manager.accountId],
    );
  }
  const employers = await Promise.all(['甲', '乙'].map((name, at) => insertEmployer(bank, name, at)));
  const paper: PaperItem[] = created.map(({ questionId, versionId }) => ({
    questionId,
    versionId,
    centipoints: CENTIPOINTS,
    optionOrders: [[]],
  }));
  const versions = await loadVersions(
    pool,
    created.map(({ versionId }) => versionId),
  );

  return {
    bank,
    exams,
    employers,
    versionIds: created.map(({ versionId }) => versionId),
    sit: async ({ exam, employer, regionCode, answers }) => {
      const [personId = ''] = await makePeople(owner, 1);
      const sittingId = placeInBucket(uuidv7(), bucketOf(personId));
      const at = exams[exam];
      await owner.query(
        `insert into exam_sitting (bucket, id, person_id, kind, exam_id, plan_id, rule_set_id, organisation_id, region_code, title_zh,
           state, opens_at, closes_at, duration_seconds, grace_seconds, started_at, ends_at, ended_at, created_at)
         select $1, $2, $3, 'formal', e.id, e.plan_id, e.rule_set_id, $5, $6, e.title_zh, 'submitted', e.opens_at, e.closes_at, 5400, 120,
           e.opens_at, e.closes_at, e.closes_at, now() from exam e where e.id = $4`,
        [bucketOf(personId), sittingId, personId, at?.id, employer === null ? null : employers[employer], regionCode],
      );
      await insertPapers(owner, [freezePaper(sittingId, 'seed', paper, versions, new Date())]);
      await saveAnswers(bank, sittingId, answers);
      const result = await markSitting(pool, sittingId, Date.now());
      if (!result) throw new Error('not marked');
      return result;
    },
    appeal: async (result, earned) => {
      const centipoints = earned.reduce((sum, one) => sum + one, 0);
      const next: ExamResult = {
        ...result,
        version: result.version + 1,
        earned,
        centipoints,
        passed: centipoints >= result.passCentipoints,
        reason: 'appeal',
      };
      await transaction(pool, (tx) => insertResult(tx, next));
      return next;
    },
    void: async (sittingId) => {
      await pool.query(`update exam_sitting set state = 'voided', void_reason = '替考' where bucket = $1 and id = $2`, [
        bucketOf(sittingId),
        sittingId,
      ]);
    },
  };
}

async function saveAnswers({ database }: BankFixture, sittingId: string, answers: readonly Answer[]): Promise<void> {
  const given = answers.flatMap((answer, item) => (answer === null ? [] : [{ item, answer, agoMs: 0 }]));
  if (given.length === 0) return;
  await database.owner.query(
    `insert into exam_save (bucket, sitting_id, id, device_id, seq, received_at, answers, counts)
     values ($1, $2, $3, $4, 1, now(), $5, true)`,
    [bucketOf(sittingId), sittingId, uuidv7(), randomUUID(), JSON.stringify(given)],
  );
}

async function insertEmployer({ database }: BankFixture, name: string, at: number): Promise<string> {
  const id = randomUUID();
  await database.owner.query(
    `insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, 'enterprise', $3, '440104', now())`,
    [id, name, `91440101MA59EFGH${at}A`],
  );
  return id;
}
