import type { Appeal } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queryable } from '../../../platform/database/pool.ts';
import { systemAuditContext } from '../../audit/index.ts';
import { settleReview } from '../review/settle-review.ts';
import { findDecidedSession, lockSessionHours } from '../review/session-hours.ts';
import { PendingStudy } from '../review/testing/pending-study.ts';
import { ReviewBench } from '../review/testing/review-bench.ts';
import { writeDecision } from '../review/write-decision.ts';
import { findDifferences } from '../testing/study-bench.ts';
import type { Difference } from './check-session.ts';
import { verifyPeople } from './verify-study.ts';

let review: ReviewBench;
let personId: string;
let voided: string;

/** A void that stands with an open appeal, one that was given back, and waiting hours, awarded in one and refused in another session. */
beforeAll(async () => {
  review = await ReviewBench.start([1500, 1500, 600, 600], 'work-safety');
  const student = await review.student();
  personId = student.personId;
  const plain = async (lesson: number): Promise<string> => {
    const study = new PendingStudy(review, personId);
    await study.open(lesson);
    await study.watch(45);
    await study.close();
    return study.sessionId;
  };
  const wait = async (lesson: number, state: 'approved' | 'rejected'): Promise<void> => {
    const study = new PendingStudy(review, personId);
    await study.open(lesson);
    await study.watchUntilDeferred();
    await study.close();
    await study.decideReview(state);
    const context = systemAuditContext(() => new Date(review.bench.test.clock.nowMs()), 'test');
    await settleReview(review.pool, context, { personId, identityCheckId: study.identityCheckId });
  };
  const appeal = (sessionId: string) =>
    review.ownOf(personId).post<Appeal>('/api/learning/appeals', { sessionId, text: '请再核对一次' });
  await wait(0, 'approved');
  await wait(1, 'rejected');
  voided = await plain(2);
  await review.decide(review.as('officer'), await review.putCase(voided), 'void-part', [[10, 30]]);
  await appeal(voided);
  const restored = await plain(3);
  await review.decide(review.as('officer'), await review.putCase(restored), 'void-all');
  const { body } = await appeal(restored);
  await review.as('colleague').post(`/api/appeals/${body.id}/answer`, { grant: true, answer: '已核对' });
}, 120_000);
afterAll(() => review?.close());

/** Changes rows by hand, looks what verify says, and takes the change back. */
async function differencesAfter(change: string | ((client: Queryable) => Promise<unknown>)) {
  const client = await review.owner.connect();
  try {
    await client.query('begin');
    if (typeof change === 'string') expect((await client.query(change)).rowCount, change).toBeGreaterThan(0);
    else await change(client);
    const found: Difference[] = [];
    const counts = {
      people: 0,
      sessions: 0,
      evidence: 0,
      ledger: 0,
      creditedSeconds: 0,
      verdicts: 0,
      confirmedSeconds: 0,
    };
    await verifyPeople(client, bucketOf(personId), [personId], counts, found);
    return found.map(({ table, key, what }) => `${table} (${key}) ${what}`).join('\n');
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const oneByte = (column: string) => `set_byte(${column}, 0, get_byte(${column}, 0) # 1)`;
const decision = (kind: string) => `(select id from hour_decision where kind = '${kind}' order by id limit 1)`;
const setDecision = (kind: string, column: string, value: string) =>
  `update hour_decision set ${column} = ${value} where id = ${decision(kind)}`;
const setEntry = (kind: string, column: string, value: string) =>
  `update hour_ledger_entry set ${column} = ${value} where decision_id = ${decision(kind)}`;

describe('verify of later decisions', () => {
  it('finds nothing when nothing was touched', async () => {
    const { rows } = await review.owner.query('select kind from hour_decision order by id');
    expect(rows.map((row) => row.kind)).toEqual(['award', 'refuse', 'void', 'void', 'restore']);
    expect(await findDifferences(review.bench)).toEqual([]);
  });

  const cases: [what: string, change: string, named: RegExp][] = [
    ...(
      [
        ['reason', `reason || '。'`, /does not match its hash/],
        ['decided_by', `'somebody'`, /does not match its hash/],
        ['decided_at', `decided_at + interval '1 microsecond'`, /does not match its hash/],
        ['cause_id', 'gen_random_uuid()', /does not match its hash/],
        ['hash', oneByte('hash'), /does not match its hash/],
        ['kind', `'accept'`, /accepts and is about stretches/],
        ['cause_kind', `'appeal'`, /cause_kind is appeal, not case/],
        ['lesson_version_id', 'gen_random_uuid()', /lesson_version_id is/],
        ['rule_set_id', `'other'`, /rule_set_id is other/],
        ['media', `'{[10,31)}'`, /seconds is 20, not 21/],
        ['seconds', '21', /seconds is 21, not 20/],
        ['session_id', 'gen_random_uuid()', /is about a session that is not there/],
      ] as const
    ).map(([column, value, named]): [string, string, RegExp] => [
      `hour_decision.${column}`,
      setDecision('void', column, value),
      new RegExp(`hour_decision \\(.*\\) ${named.source}`),
    ]),
    ...(
      [
        ['credited_seconds', '-21', /credited_seconds is -21, the decision says -20/],
        ['media', `'{[10,31)}'`, /media is/],
        ['evidence_index', '0', /evidence_index is 0, the decision says -1/],
        ['started_at', `started_at - interval '1 microsecond'`, /started_at is/],
        ['ended_at', `ended_at + interval '1 microsecond'`, /ended_at is/],
        ['day', 'day - 1', /day is/],
        ['scheme', `'road-transport'`, /scheme is/],
        ['lesson_version_id', 'gen_random_uuid()', /lesson_version_id is/],
        ['topic_id', 'gen_random_uuid()', /topic_id is/],
        ['rule_set_id', `'other'`, /rule_set_id is/],
        ['session_id', 'gen_random_uuid()', /session_id is/],
        ['hash', oneByte('hash'), /does not match its hash/],
        ['decision_id', 'gen_random_uuid()', /rests on no decision/],
      ] as const
    ).map(([column, value, named]): [string, string, RegExp] => [
      `hour_ledger_entry.${column} of a void`,
      setEntry('void', column, value),
      new RegExp(`hour_ledger_entry \\(.*\\) ${named.source}`),
    ]),
    [
      'a decision taken away',
      `delete from hour_decision where id = ${decision('void')}`,
      /hour_ledger_entry \(.*\) rests on no decision/,
    ],
    [
      'the entry of a decision taken away',
      `delete from hour_ledger_entry where decision_id = ${decision('void')}`,
      /hour_decision \(.*\) its entry is missing in the ledger: void of 20 s/,
    ],
    [
      'the entry of an award taken away',
      `delete from hour_ledger_entry where decision_id = ${decision('award')}`,
      /hour_decision \(.*\) its entry is missing in the ledger: award of/,
    ],
    [
      'an award of more than waited',
      setDecision('award', 'media', `'{[0,1000)}'`),
      /is not about what waited for the check/,
    ],
    [
      'a refusal of less than waited',
      setDecision('refuse', 'media', `'{[0,1)}'`),
      /is not about what waited for the check/,
    ],
    [
      'the check of an award',
      setDecision('award', 'cause_id', 'gen_random_uuid()'),
      /is about a check for which nothing waited/,
    ],
    [
      'a restore of more than was voided',
      setDecision('restore', 'media', `'{[0,50)}'`),
      /does not give back what was voided/,
    ],
    [
      'lesson_progress.viewed as if nothing was voided',
      `update lesson_progress set viewed = '{[0,45)}' where viewed = '{[0,10),[30,45)}'`,
      /lesson_progress \(.*\) viewed is \{\[0,45\)\}, the ledger says \{\[0,10\),\[30,45\)\}/,
    ],
    [
      'lesson_progress.credited_seconds as if nothing was voided',
      `update lesson_progress set credited_seconds = 45 where viewed = '{[0,10),[30,45)}'`,
      /lesson_progress \(.*\) credited_seconds is 45, the ledger says 25/,
    ],
    [
      'review_case.state',
      `update review_case set state = 'accepted' where state = 'voided-part'`,
      /review_case \(.*\) state is accepted, the decisions say voided-part/,
    ],
    [
      'review_case.has_open_appeal',
      `update review_case set has_open_appeal = false where has_open_appeal`,
      /review_case \(.*\) has_open_appeal is false/,
    ],
    [
      'study_appeal.state',
      `update study_appeal set state = 'rejected' where state = 'granted'`,
      /study_appeal \(.*\) state is rejected, hours were given back/,
    ],
    [
      'an appeal that was granted without hours',
      `update study_appeal set state = 'granted' where state = 'open'`,
      /study_appeal \(.*\) state is granted, nothing was given back/,
    ],
    [
      'identity_review.state',
      `update identity_review set state = 'rejected' where state = 'approved'`,
      /identity_review \(.*\) is rejected, the hours say approved/,
    ],
  ];
  it.each(cases)('names the row after a change of %s', async (_what, change, named) => {
    expect(await differencesAfter(change)).toMatch(named);
  });

  it('names a decision that takes back the same hours a second time, whole and with the right hashes', async () => {
    const session = (await findDecidedSession(review.pool, voided)) ?? expect.unreachable('no session');
    const found = await differencesAfter(async (client) => {
      const hours = await lockSessionHours(client, session);
      await client.query(
        `update lesson_progress set viewed = '{[0,45)}', credited_seconds = 45 where viewed = '{[0,10),[30,45)}'`,
      );
      await writeDecision(client, hours, {
        kind: 'void',
        causeKind: 'case',
        causeId: await review.caseOf(voided),
        media: [{ from: 10, to: 30 }],
        reason: '再次作废',
        decidedBy: 'somebody',
        nowMs: review.bench.test.clock.nowMs(),
      });
    });
    expect(found).toMatch(
      /hour_decision \(.*\) takes back what the session did not credit or what did not count any more/,
    );
  });

  it('is clean again after everything was put back', async () => {
    expect(await findDifferences(review.bench)).toEqual([]);
  });
});
