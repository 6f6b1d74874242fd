import type { IdentityChallenge, StudyStatus } from '@antu/contract';
import { bucketOf, type EvidenceFact, replaySession } from '@antu/domain';
import type { TestAnswer } from '../../../platform/testing/index.ts';
import { buildIdentityWorld, type IdentityWorld, type Learner } from '../../identity/testing/identity-world.ts';
import { columnsToFact, evidenceColumns, type StoredEvidence } from '../evidence-rows.ts';
import { learningModule } from '../index.ts';
import { limitsOfRuleSet } from '../live-session.ts';
import type { OpenAnswer } from '../open-session.ts';
import { closeForgottenSessions } from '../sweep-sessions.ts';
import { verifyStudy } from '../verify/verify-study.ts';
import { beat } from './study-bench.ts';
import { makeStudyWorld, type StudyWorld } from './study-world.ts';

/** Identity and study together, in a scheme whose rules ask for checks. */
export type IdentifiedBench = { identity: IdentityWorld; study: StudyWorld; close(): Promise<void> };

export async function startIdentifiedBench(lessonSeconds: readonly number[]): Promise<IdentifiedBench> {
  const identity = await buildIdentityWorld([learningModule]);
  const study = await makeStudyWorld(identity.database.owner, { scheme: 'work-safety', lessonSeconds });
  return { identity, study, close: () => identity.close() };
}

/** A learner who is enrolled and studies where identity is asked for. */
export class IdentifiedStudent {
  readonly bench: IdentifiedBench;
  readonly learner: Learner;
  sessionId = '';
  status: StudyStatus | undefined;
  #seq = 0;
  #mediaSeconds = 0;
  #durationSeconds = 0;

  constructor(bench: IdentifiedBench, learner: Learner) {
    this.bench = bench;
    this.learner = learner;
  }

  static async create(bench: IdentifiedBench): Promise<IdentifiedStudent> {
    return new IdentifiedStudent(bench, await bench.identity.addEnrolled());
  }

  get client() {
    return this.learner.client;
  }

  wait(seconds: number): void {
    this.bench.identity.test.clock.advance(Math.round(seconds * 1000));
  }

  async signInCheck(): Promise<void> {
    await this.bench.identity.pass(this.learner);
  }

  async open(lesson = 0): Promise<TestAnswer<OpenAnswer>> {
    const answer = await this.client.post<OpenAnswer>('/api/study-sessions', {
      lessonVersionId: this.bench.study.lessons[lesson]?.lessonVersionId,
      device: { kind: 'phone', name: 'test' },
    });
    if (answer.status === 200) {
      this.status = answer.body.status;
      this.sessionId = answer.body.status.sessionId;
      this.#seq = 0;
      this.#mediaSeconds = answer.body.resumeAtMs / 1000;
      this.#durationSeconds = answer.body.lesson.durationMs / 1000;
    }
    return answer;
  }

  async beat(more: Record<string, unknown> = {}): Promise<StudyStatus> {
    this.#seq += 1;
    const beats = [beat(this.#seq, this.#mediaSeconds, more)];
    const answer = await this.client.post<StudyStatus>(`/api/study-sessions/${this.sessionId}/beats`, { beats });
    if (answer.status !== 200) throw new Error(answer.text);
    this.status = answer.body;
    return answer.body;
  }

  /** Plays until a check is asked or the lesson is over, at most so long. @returns seconds played */
  async playUntilCheck(mostSeconds = 1_000, more: Record<string, unknown> = {}): Promise<number> {
    let played = 0;
    let status = await this.beat(more);
    while (status.state === 'counting' && played < mostSeconds && this.#mediaSeconds < this.#durationSeconds) {
      const seconds = Math.min(20, this.#durationSeconds - this.#mediaSeconds);
      this.wait(seconds);
      played += seconds;
      this.#mediaSeconds += seconds;
      const isOver = this.#mediaSeconds >= this.#durationSeconds;
      status = await this.beat(isOver ? { activity: 'ended', ...more } : more);
    }
    return played;
  }

  /** Begins the check that is open now. */
  async begin(): Promise<IdentityChallenge> {
    const path = `/api/study-sessions/${this.sessionId}/checks/${this.status?.check?.id}/challenges`;
    const answer = await this.client.post<IdentityChallenge>(path);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  }

  /** Stands in front of the camera; the provider of the bench says what it sees. */
  async show(challenge?: IdentityChallenge): Promise<IdentityChallenge> {
    const begun = challenge ?? (await this.begin());
    await this.bench.identity.pass(this.learner, begun);
    return begun;
  }

  async settleCheck(challengeId: string, checkId = this.status?.check?.id): Promise<TestAnswer<StudyStatus>> {
    const path = `/api/study-sessions/${this.sessionId}/checks/${checkId}/verdict`;
    const answer = await this.client.post<StudyStatus>(path, { challengeId });
    if (answer.status === 200) this.status = answer.body;
    return answer;
  }

  /** Passes the check that is open now. */
  async passCheck(): Promise<void> {
    const { challengeId } = await this.show();
    await this.settleCheck(challengeId);
  }

  async leave(): Promise<TestAnswer<StudyStatus>> {
    return this.client.post<StudyStatus>(`/api/study-sessions/${this.sessionId}/close`, { beats: [] });
  }

  /** Lets whatever still runs come to its end. */
  async settle(): Promise<void> {
    const { test, database } = this.bench.identity;
    await closeForgottenSessions(database.pool, test.clock.nowMs() + 3_600_000);
  }

  async ledgerSeconds(): Promise<number> {
    const rows = await this.bench.identity.rows<{ seconds: number }>(
      'select coalesce(sum(credited_seconds), 0)::integer as seconds from hour_ledger_entry where person_id = $1',
      [this.learner.personId],
    );
    return rows[0]?.seconds ?? 0;
  }

  async awaitingSeconds(): Promise<number> {
    const rows = await this.bench.identity.rows<{ seconds: number }>(
      'select coalesce(sum(seconds), 0)::integer as seconds from hour_awaiting where person_id = $1',
      [this.learner.personId],
    );
    return rows[0]?.seconds ?? 0;
  }

  /** What the evidence says: ends, anomalies, refusals, moves about identity. */
  async marks(): Promise<Set<string>> {
    const { pool } = this.bench.identity.database;
    const { rows } = await pool.query<StoredEvidence>(
      `select ${evidenceColumns} from study_session s join study_evidence e on e.bucket = s.bucket and e.session_id = s.id
       where s.bucket = $1 and s.person_id = $2 order by e.session_id, e.index`,
      [bucketOf(this.learner.personId), this.learner.personId],
    );
    const marks = new Set<string>();
    for (const chain of Map.groupBy(rows, (row) => row.session_id).values()) {
      for (const mark of marksOf(chain.map(columnsToFact))) marks.add(mark);
    }
    return marks;
  }

  async differences(): Promise<string[]> {
    const found: string[] = [];
    await verifyStudy(this.bench.identity.database.pool, this.learner.personId, ({ table, key, what }) =>
      found.push(`${table} (${key}) ${what}`),
    );
    return found;
  }
}

function marksOf(facts: readonly EvidenceFact[]): string[] {
  const [opened] = facts;
  if (opened?.kind !== 'opened') return [];
  const { rows } = replaySession(facts, limitsOfRuleSet(opened.ruleSetId));
  return [
    ...facts.flatMap((fact) => (fact.kind === 'anomaly' ? [`anomaly: ${fact.code}`] : [])),
    ...facts.flatMap((fact) => (fact.kind === 'closed' ? [`closed: ${fact.reason}`] : [])),
    ...rows.flatMap((row) => row.moves.map((move) => move.type)),
    ...rows.flatMap((row) => row.effects.flatMap((one) => (one.type === 'refused' ? [`refused: ${one.reason}`] : []))),
  ];
}
