import type { ReviewCase, ReviewCaseDetail, Role } from '@antu/contract';
import { bucketOf, checkIdNumber, idNumberCheckCharacter, type PlainDate, type SchemeCode } from '@antu/domain';
import { transaction } from '../../../../platform/database/pool.ts';
import type { TestActor, TestAnswer, TestClient } from '../../../../platform/testing/index.ts';
import { insertAffiliation, insertPerson } from '../../../people/index.ts';
import { makeWorld, startStudyBench, Student, type StudyBench } from '../../testing/study-bench.ts';
import type { StudyWorld } from '../../testing/study-world.ts';
import { actorOf, learner } from '../../views/testing/actors.ts';
import { putCases } from '../ensure-case.ts';

/** Learners with names, people in office around them, and what later decisions leave behind. */
export class ReviewBench {
  readonly bench: StudyBench;
  readonly world: StudyWorld;
  /** County of learners and course. */
  readonly regionCode: string;
  readonly #clients = new Map<string, { client: TestClient; actor: TestActor }>();
  #serial = 100;

  private constructor(bench: StudyBench, world: StudyWorld, regionCode: string) {
    this.bench = bench;
    this.world = world;
    this.regionCode = regionCode;
  }

  static async start(lessonSeconds: readonly number[], scheme?: SchemeCode): Promise<ReviewBench> {
    const bench = await startStudyBench();
    const world = await makeWorld(bench, lessonSeconds, scheme);
    const { rows } = await bench.database.owner.query<{ region_code: string }>(
      'select region_code from organisation where id = $1',
      [world.organisationId],
    );
    return new ReviewBench(bench, world, rows[0]?.region_code ?? '');
  }

  close(): Promise<void> {
    return this.bench.close();
  }

  get pool() {
    return this.bench.database.pool;
  }

  get owner() {
    return this.bench.database.owner;
  }

  /** Somebody in office; the same name is the same person. */
  actor(name: string, role: Role = 'officer-county', organisationId = '', regionCode = this.regionCode): TestActor {
    return this.#known(name, () => actorOf(role, organisationId || this.world.organisationId, regionCode)).actor;
  }

  as(name: string, role?: Role, organisationId?: string, regionCode?: string): TestClient {
    this.actor(name, role, organisationId, regionCode);
    return this.#clients.get(name)?.client ?? expectNever(name);
  }

  /** The learner's own pages. */
  own(student: Student): TestClient {
    return this.ownOf(student.personId);
  }

  ownOf(personId: string): TestClient {
    return this.#known(personId, () => learner(personId)).client;
  }

  /** A learner with a name, who lives in the county. */
  async student(world = this.world): Promise<Student> {
    this.#serial += 1;
    const first17 = `44999919800101${String(this.#serial).padStart(3, '0')}`;
    const idNumber = checkIdNumber(first17 + idNumberCheckCharacter(first17));
    if (!idNumber.valid) throw new Error(`${first17} makes no ID number`);
    const { keys } = this.bench.test.platform;
    const { id } = await transaction(this.bench.test.platform.pool, (tx) =>
      insertPerson(tx, keys, { name: '容核查', idNumber, regionCode: this.regionCode, now: new Date() }),
    );
    return new Student(this.bench, world, id);
  }

  async employ(student: Student, organisationId: string): Promise<void> {
    const now = new Date(this.bench.test.clock.nowMs());
    const from = '2026-01-01' as PlainDate;
    await transaction(this.pool, (tx) =>
      insertAffiliation(tx, { personId: student.personId, organisationId, kind: 'employed', post: null, from, now }),
    );
  }

  /** Watches a part of a lesson, a multiple of five seconds, in a session of its own. @returns the session */
  async study(student: Student, fromSeconds: number, seconds: number, lesson = 0): Promise<string> {
    student.wait(1);
    await student.open(lesson);
    const seq = await student.watch(1, fromSeconds, seconds, seconds % 15 === 0 ? 15 : 5);
    await student.finish([
      { seq, mediaMs: (fromSeconds + seconds) * 1000, activity: 'paused', touched: true, ageMs: 0 },
    ]);
    student.wait(1);
    return student.sessionId;
  }

  /** Puts a session before people. @returns the case */
  async putCase(sessionId: string, score = 60): Promise<string> {
    const reasons = {
      ruleSetId: 'test',
      reasons: [{ reason: 'mismatch', points: score, zh: '不符', en: 'other' }],
    } as const;
    await putCases(
      this.pool,
      [{ session: { bucket: bucketOf(sessionId), id: sessionId }, score, reasons }],
      new Date(),
    );
    return this.caseOf(sessionId);
  }

  async caseOf(sessionId: string): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>('select id from review_case where session_id = $1', [
      sessionId,
    ]);
    return rows[0]?.id ?? '';
  }

  decide(
    client: TestClient,
    caseId: string,
    decision: 'accept' | 'void-part' | 'void-all',
    mediaSeconds: [number, number][] = [],
  ): Promise<TestAnswer<ReviewCaseDetail>> {
    return client.post<ReviewCaseDetail>(`/api/review-cases/${caseId}/decisions`, {
      decision,
      mediaSeconds,
      reason: `因为${decision}`,
    });
  }

  /** What counts of a lesson, and what the ledger sums up to. */
  async counted(
    student: { readonly personId: string },
    lesson = 0,
  ): Promise<{ viewed: string; seconds: number; ledger: number; course: number }> {
    const key = [bucketOf(student.personId), student.personId, this.world.lessons[lesson]?.lessonVersionId];
    const { rows } = await this.pool.query<{ viewed: string; seconds: number; ledger: number; course: number }>(
      `select coalesce(max(p.viewed::text), '{}') as viewed, coalesce(max(p.credited_seconds), 0) as seconds,
         (select coalesce(sum(credited_seconds), 0)::int from hour_ledger_entry
          where bucket = $1 and person_id = $2 and lesson_version_id = $3) as ledger,
         (select coalesce(sum(credited_seconds), 0)::int from course_progress where bucket = $1 and person_id = $2) as course
       from lesson_progress p where p.bucket = $1 and p.person_id = $2 and p.lesson_version_id = $3`,
      key,
    );
    return rows[0] ?? { viewed: '{}', seconds: 0, ledger: 0, course: 0 };
  }

  /** Lines of the queue as somebody sees them. */
  async queue(
    client: TestClient,
    query = '',
  ): Promise<{ items: ReviewCase[]; total: number; counts: { open: number } }> {
    const answer = await client.get<{ items: ReviewCase[]; total: number; counts: { open: number } }>(
      `/api/review-cases${query}`,
    );
    return answer.body;
  }

  #known(name: string, make: () => TestActor) {
    const known = this.#clients.get(name);
    if (known) return known;
    const actor = make();
    const one = { actor, client: this.bench.test.as(actor) };
    this.#clients.set(name, one);
    return one;
  }
}

const expectNever = (name: string): never => {
  throw new Error(`nobody is called ${name}`);
};
