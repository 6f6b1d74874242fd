import { bucketOf } from '@antu/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beat, findDifferences, makeWorld, startStudyBench, Student, type StudyBench } from '../testing/study-bench.ts';
import type { StudyWorld } from '../testing/study-world.ts';
import type { Difference } from './check-session.ts';
import { verifyPeople } from './verify-study.ts';

let bench: StudyBench;
let world: StudyWorld;
let student: Student;

beforeAll(async () => {
  bench = await startStudyBench();
  world = await makeWorld(bench, [60, 1500]);
  student = await Student.create(bench, world);
  await studyTwice();
});
afterAll(() => bench?.close());

/** Two ended sessions with several segments and an anomaly, and one that runs. */
async function studyTwice(): Promise<void> {
  await student.open(1);
  let seq = await student.watch(1, 0, 930, 6);
  await student.send([beat(seq++, 86_000)]);
  await student.finish();
  await student.open(1);
  seq = await student.watch(1, 930, 120);
  await student.finish();
  await student.open(0);
  await student.watch(1, 0, 30);
}

/** Changes rows by hand, looks what verify says, and takes the change back. */
async function differencesAfter(statements: readonly string[]): Promise<string[]> {
  const client = await bench.database.owner.connect();
  try {
    await client.query('begin');
    for (const statement of statements) {
      expect((await client.query(statement)).rowCount, statement).toBeGreaterThan(0);
    }
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
    await verifyPeople(client, bucketOf(student.personId), [student.personId], counts, found);
    return found.map(({ table, key, what }) => `${table} (${key}) ${what}`);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const oneByte = (column: string) => `set_byte(${column}, 0, get_byte(${column}, 0) # 1)`;

describe('verify', () => {
  it('finds nothing when nothing was touched', async () => {
    expect(await findDifferences(bench)).toEqual([]);
  });

  const cases: [what: string, statements: string[], named: RegExp][] = [
    [
      'a byte of the beats',
      [`update study_evidence set beats = ${oneByte('beats')} where kind = 2 and index = 1`],
      /study_evidence \(.*index 1\) does not match its hash/,
    ],
    [
      'the detail of an end',
      [`update study_evidence set detail = replace(detail, 'left', 'lefT') where kind = 4`],
      /study_evidence \(.*\) does not match its hash/,
    ],
    [
      'white space in a detail',
      [`update study_evidence set detail = detail || ' ' where kind = 3`],
      /study_evidence \(.*\) evidence: detail is not canonical/,
    ],
    [
      'a byte of a hash',
      [`update study_evidence set hash = ${oneByte('hash')} where kind = 2 and index = 1`],
      /study_evidence \(.*index 1\) does not match its hash/,
    ],
    [
      'a microsecond of the time of a row',
      [`update study_evidence set recorded_at = recorded_at + interval '1 microsecond' where kind = 3`],
      /study_evidence \(.*\) does not match its hash/,
    ],
    [
      'the kind of a row',
      [`update study_evidence set kind = 4 where kind = 2 and index = 1`],
      /study_evidence \(.*index 1\) does not match its hash/,
    ],
    [
      'a missing row',
      [`delete from study_evidence where kind = 2 and index = 1`],
      /study_evidence \(.*index 1\) is missing/,
    ],
    [
      'a missing end',
      [`delete from study_evidence where kind = 4`],
      /study_session \(.*\) has no last row of evidence/,
    ],
    [
      'two rows that changed places',
      [
        `update study_evidence set index = 99 where index = 1`,
        `update study_evidence set index = 1 where index = 2`,
        `update study_evidence set index = 2 where index = 99`,
      ],
      /study_evidence \(.*index 1\) does not match its hash/,
    ],
    ...(
      [
        ['credited_seconds', 'credited_seconds + 1', /credited_seconds is/],
        ['media', `'{[0,1000)}'`, /media is/],
        ['started_at', `started_at - interval '1 microsecond'`, /started_at is/],
        ['ended_at', `ended_at + interval '1 microsecond'`, /ended_at is/],
        ['day', 'day - 1', /day is/],
        ['scheme', `'driver-licence'`, /scheme is/],
        ['lesson_version_id', 'gen_random_uuid()', /lesson_version_id is/],
        ['topic_id', 'gen_random_uuid()', /topic_id is/],
        ['rule_set_id', `'other'`, /rule_set_id is/],
        ['evidence_index', 'evidence_index + 50', /rests on no evidence/],
        ['session_id', 'gen_random_uuid()', /rests on no evidence/],
        ['hash', oneByte('hash'), /does not match its hash/],
      ] as const
    ).map(([column, value, named]): [string, string[], RegExp] => [
      `hour_ledger_entry.${column}`,
      [
        `update hour_ledger_entry set ${column} = ${value} where id = (select min(id::text)::uuid from hour_ledger_entry)`,
      ],
      new RegExp(`hour_ledger_entry \\(.*\\) ${named.source}`),
    ]),
    [
      'a missing ledger entry',
      [`delete from hour_ledger_entry where id = (select min(id::text)::uuid from hour_ledger_entry)`],
      /hour_ledger_entry \(.*\) is missing/,
    ],
    [
      'lesson_progress.credited_seconds',
      ['update lesson_progress set credited_seconds = credited_seconds + 1'],
      /lesson_progress \(.*\) credited_seconds is/,
    ],
    ['lesson_progress.viewed', [`update lesson_progress set viewed = '{[0,1)}'`], /lesson_progress \(.*\) viewed is/],
    ['a missing lesson_progress', ['delete from lesson_progress'], /lesson_progress \(.*\) is missing/],
    ['study_day', ['update study_day set credited_ms = 0'], /study_day \(.*\) is 0 ms/],
    [
      'the address of a session',
      [`update study_session set address = '10.9.9.9', opened_at = opened_at + interval '1 microsecond'`],
      /study_evidence \(.*index 0\) and its study_session do not match/,
    ],
    [
      'the state of a running session',
      [`update live_study_session set state = replace(state, '"hold":null', '"hold":"daily-cap"')`],
      /live_study_session \(.*\) its state/,
    ],
    [
      'a session taken away',
      ['delete from study_session where id = (select min(id::text)::uuid from study_session)'],
      /hour_ledger_entry \(.*\) rests on no evidence/,
    ],
  ];
  it.each(cases)('names the row after a change of %s', async (_what, statements, named) => {
    const found = await differencesAfter(statements);
    expect(found.join('\n')).toMatch(named);
  });

  it('is clean again after everything was put back', async () => {
    expect(await findDifferences(bench)).toEqual([]);
  });
});

describe('random sessions of random clients', () => {
  const step = fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 200_000 })),
    move: fc.oneof(fc.constant('honest' as const), fc.integer({ min: -60_000, max: 60_000 })),
    activity: fc.constantFrom('playing', 'playing', 'playing', 'paused', 'hidden', 'stalled', 'ended'),
    touched: fc.boolean(),
    ageMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000 })),
    what: fc.constantFrom('beat', 'beat', 'beat', 'beat', 'beat', 'beat', 'open', 'close'),
  });

  it('verify without a difference, and never credit more than the server’s clock', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const one = await Student.create(bench, world);
        await one.open(1);
        let mediaMs = 0;
        let seq = 0;
        for (const { wait, move, activity, touched, ageMs, what } of steps) {
          bench.test.clock.advance(wait);
          mediaMs = Math.min(1_500_000, Math.max(0, mediaMs + (move === 'honest' ? wait : move)));
          seq += 1;
          if (what === 'open') await one.open(seq % 2);
          else if (what === 'close') await one.finish([{ seq, mediaMs, activity, touched, ageMs }]);
          else await one.send([{ seq, mediaMs, activity, touched, ageMs }]);
        }
        const seconds = one.serverSeconds;
        await one.settle();
        expect(await one.ledgerSeconds()).toBeLessThanOrEqual(seconds);
        expect(await findDifferences(bench, one.personId)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
