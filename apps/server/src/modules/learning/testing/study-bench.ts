import { randomUUID } from 'node:crypto';
import type { StudyStatus } from '@antu/contract';
import { bucketOf, type EvidenceFact, replaySession, type SchemeCode } from '@antu/domain';
import {
  buildTestApp,
  createTestDatabase,
  fixedClock,
  type TestAnswer,
  type TestApp,
  type TestClient,
  type TestDatabase,
  testActor,
} from '../../../platform/testing/index.ts';
import { columnsToFact, evidenceColumns, type StoredEvidence } from '../evidence-rows.ts';
import { learningModule } from '../index.ts';
import { limitsOfRuleSet } from '../live-session.ts';
import type { OpenAnswer } from '../open-session.ts';
import { closeForgottenSessions } from '../sweep-sessions.ts';
import { verifyStudy } from '../verify/verify-study.ts';
import { makePeople, makeStudyWorld, type StudyWorld } from './study-world.ts';

/** The application on a database of its own, with a clock that tests move. */
export type StudyBench = { database: TestDatabase; test: TestApp; close(): Promise<void> };

export async function startStudyBench(): Promise<StudyBench> {
  const database = await createTestDatabase();
  // Near the real time: only for that are there partitions.
  const clock = fixedClock(new Date());
  const test = await buildTestApp({ database, clock, modules: [learningModule], settings: { BEAT_WINDOW_MS: '0' } });
  return {
    database,
    test,
    close: async () => {
      await test.close();
      await database.close();
    },
  };
}

/** Every difference that verify finds, as printed. */
export async function findDifferences({ database }: StudyBench, personId?: string): Promise<string[]> {
  const found: string[] = [];
  await verifyStudy(database.pool, personId, ({ table, key, what }) => found.push(`${table} (${key}) ${what}`));
  return found;
}

/** A course of lessons of these lengths. */
export function makeWorld(
  { database }: StudyBench,
  lessonSeconds: readonly number[],
  scheme: SchemeCode = 'road-transport',
) {
  return makeStudyWorld(database.owner, { scheme, lessonSeconds });
}

/** One report as a client writes it; anything may be replaced. */
export function beat(seq: number, mediaSeconds: number, more: Record<string, unknown> = {}) {
  return { seq, mediaMs: Math.round(mediaSeconds * 1000), activity: 'playing', touched: true, ageMs: 0, ...more };
}

/** A learner, honest or not, with one or more devices. */
export class Student {
  readonly personId: string;
  readonly client: TestClient;
  /** The sign-in, which an identity check may confirm. */
  readonly loginSessionId: string;
  readonly bench: StudyBench;
  readonly world: StudyWorld;
  /** Server time spent since the first opening, as the test itself moved the clock. */
  #firstOpenedMs: number | undefined;
  sessionId = '';
  opened: OpenAnswer | undefined;

  constructor(bench: StudyBench, world: StudyWorld, personId: string) {
    this.bench = bench;
    this.world = world;
    this.personId = personId;
    const actor = testActor({ personId, accountId: randomUUID(), permissions: ['study.own'] });
    this.loginSessionId = actor.sessionId;
    this.client = bench.test.as(actor);
  }

  /** Writes a person and signs them in. */
  static async create(bench: StudyBench, world: StudyWorld): Promise<Student> {
    const [personId = ''] = await makePeople(bench.database.owner, 1);
    return new Student(bench, world, personId);
  }

  get nowMs(): number {
    return this.bench.test.clock.nowMs();
  }

  wait(seconds: number): void {
    this.bench.test.clock.advance(Math.round(seconds * 1000));
  }

  async open(lesson = 0, more: Record<string, unknown> = {}): Promise<TestAnswer<OpenAnswer>> {
    const answer = await this.client.post<OpenAnswer>('/api/study-sessions', {
      lessonVersionId: this.world.lessons[lesson]?.lessonVersionId,
      device: { kind: 'phone', name: 'test' },
      ...more,
    });
    if (answer.status === 200) {
      this.#firstOpenedMs ??= this.nowMs;
      this.opened = answer.body;
      this.sessionId = answer.body.status.sessionId;
    }
    return answer;
  }

  send(beats: readonly unknown[], sessionId = this.sessionId): Promise<TestAnswer<StudyStatus>> {
    return this.client.post<StudyStatus>(`/api/study-sessions/${sessionId}/beats`, { beats });
  }

  finish(beats: readonly unknown[] = [], sessionId = this.sessionId): Promise<TestAnswer<StudyStatus>> {
    return this.client.post<StudyStatus>(`/api/study-sessions/${sessionId}/close`, { beats });
  }

  answer(promptId: string, one: unknown, sessionId = this.sessionId): Promise<TestAnswer<StudyStatus>> {
    return this.client.post<StudyStatus>(`/api/study-sessions/${sessionId}/presence`, { promptId, beat: one });
  }

  /** Watches honestly from `fromSeconds` on, reporting every `everySeconds`. Returns the next running number. */
  async watch(seq: number, fromSeconds: number, seconds: number, everySeconds = 15): Promise<number> {
    let next = seq;
    await this.send([beat(next++, fromSeconds)]);
    for (let done = everySeconds; done <= seconds; done += everySeconds) {
      this.wait(everySeconds);
      await this.send([beat(next++, fromSeconds + done)]);
    }
    return next;
  }

  /** Lets whatever still runs come to its end. */
  async settle(): Promise<void> {
    const endMs = this.nowMs + 3_600_000;
    await closeForgottenSessions(this.bench.database.pool, endMs);
  }

  /** Seconds of server time since the first opening: nobody can have earned more. */
  get serverSeconds(): number {
    return Math.floor((this.nowMs - (this.#firstOpenedMs ?? this.nowMs)) / 1000);
  }

  async ledgerSeconds(): Promise<number> {
    const { rows } = await this.bench.database.pool.query<{ seconds: number }>(
      'select coalesce(sum(credited_seconds), 0)::integer as seconds from hour_ledger_entry where bucket = $1 and person_id = $2',
      [bucketOf(this.personId), this.personId],
    );
    return rows[0]?.seconds ?? 0;
  }

  /** What the evidence says of this learner: anomalies, refusals, jumps, ends, and denials in the audit log. */
  async marks(): Promise<Set<string>> {
    const { pool } = this.bench.database;
    const marks = new Set<string>();
    const { rows } = await pool.query<StoredEvidence>(
      `select ${evidenceColumns} from study_session s join study_evidence e on e.bucket = s.bucket and e.session_id = s.id
       where s.bucket = $1 and s.person_id = $2 order by e.session_id, e.index`,
      [bucketOf(this.personId), this.personId],
    );
    for (const chain of Map.groupBy(rows, (row) => row.session_id).values()) {
      for (const mark of marksOf(chain.map(columnsToFact))) marks.add(mark);
    }
    const audit = await pool.query<{ what: string }>(
      `select detail ->> 'what' as what from audit_entry where action = 'study.own' and outcome = 'denied' and object_id = any($1)`,
      [[...new Set([...this.seenSessions, this.sessionId])]],
    );
    for (const { what } of audit.rows) marks.add(`audit: ${what}`);
    return marks;
  }

  /** Further session ids that this learner used. */
  readonly seenSessions: string[] = [];
}

function marksOf(facts: readonly EvidenceFact[]): string[] {
  const [opened] = facts;
  if (opened?.kind !== 'opened') return [];
  const replay = replaySession(facts, limitsOfRuleSet(opened.ruleSetId));
  const effects = replay.rows.flatMap((row) => row.effects);
  return [
    ...facts.flatMap((fact) => (fact.kind === 'anomaly' ? [`anomaly: ${fact.code}`] : [])),
    ...facts.flatMap((fact) => (fact.kind === 'closed' ? [`closed: ${fact.reason}`] : [])),
    ...effects.flatMap((effect) => {
      if (effect.type === 'refused') return [`refused: ${effect.reason}`];
      if (effect.type === 'standing') return [`standing: ${effect.activity}`];
      return effect.type === 'jumped' ? ['jumped'] : [];
    }),
    ...replay.rows.flatMap((row) => (row.beats.some((one) => one.late) ? ['late'] : [])),
  ];
}
