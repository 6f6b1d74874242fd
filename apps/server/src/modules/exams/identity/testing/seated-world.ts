import { randomUUID } from 'node:crypto';
import type { IdentityChallenge, SittingPaper, SittingView } from '@antu/contract';
import { bucketOf, placeInBucket } from '@antu/domain';
import { uuidv7 } from '../../../../platform/ids.ts';
import type { JobContext, JobDefinition } from '../../../../platform/jobs.ts';
import type { TestAnswer } from '../../../../platform/testing/index.ts';
import { identityModule } from '../../../identity/index.ts';
import {
  buildIdentityWorld,
  type IdentityWorld,
  type Learner,
  type StepAnswer,
} from '../../../identity/testing/identity-world.ts';
import { examsModule } from '../../index.ts';
import { freezePaper, insertPapers } from '../../sittings/freeze-paper.ts';

export const RULES = 'work-safety.exam.special-operation-theory.2026-06-01';

/** A learner's place in an exam whose bell has rung. */
export interface Seat {
  readonly learner: Learner;
  readonly examId: string;
  readonly sittingId: string;
}

/** People, faces and exams of one training body. */
export interface SeatedWorld extends IdentityWorld {
  /** An exam that opened a minute ago. */
  makeExam(): Promise<string>;
  /** A paper without questions lies ready for the learner. @param examId default: an exam of their own */
  seat(learner: Learner, examId?: string): Promise<Seat>;
  beginCheck(seat: Pick<Seat, 'learner' | 'sittingId'>): Promise<TestAnswer<IdentityChallenge>>;
  /** A check of the sitting, passed in front of the camera. */
  passCheck(seat: Seat): Promise<TestAnswer<StepAnswer>>;
  start(seat: Pick<Seat, 'learner' | 'sittingId'>, deviceId?: string): Promise<TestAnswer<SittingPaper>>;
  look(seat: Seat): Promise<SittingView>;
  eventsOf(seat: Seat): Promise<{ kind: string; detail: string | null }[]>;
  alertsOf(seat: Seat): Promise<string[]>;
  /** Works off everything of a job that waits, as the worker would. */
  work(name: string): Promise<void>;
  /** Runs a job as the calendar would. */
  runCron(name: string): Promise<void>;
}

export async function buildSeatedWorld(): Promise<SeatedWorld> {
  const world = await buildIdentityWorld([examsModule]);
  const { owner, pool } = world.database;
  const planId = uuidv7();
  await owner.query(
    `insert into exam_plan (id, organisation_id, scheme, rule_set_id, title_zh, lines, shuffle_questions, shuffle_options, is_mock,
       created_by, created_at) values ($1, $2, 'work-safety', $3, '理论', '[]', false, false, false, gen_random_uuid(), now())`,
    [planId, world.bodyId, RULES],
  );
  const seated: SeatedWorld = {
    ...world,
    async makeExam() {
      const examId = uuidv7();
      const opensMs = world.test.clock.nowMs() - 60_000;
      await owner.query(
        `insert into exam (id, organisation_id, region_code, title_zh, scheme, rule_set_id, plan_id, mode, opens_at, closes_at, capacity,
           booked, course_ids, state, created_by, created_at)
         values ($1, $2, '440104', '理论考试', 'work-safety', $3, $4, 'online', $5, $6, 9, 0, '{}', 'open', gen_random_uuid(), now())`,
        [examId, world.bodyId, RULES, planId, new Date(opensMs), new Date(opensMs + 12 * 3_600_000)],
      );
      return examId;
    },
    async seat(learner, given) {
      const examId = given ?? (await seated.makeExam());
      const bucket = bucketOf(learner.personId);
      const nowMs = world.test.clock.nowMs();
      const sittingId = placeInBucket(uuidv7(nowMs), bucket);
      await owner.query(
        `insert into exam_sitting (bucket, id, person_id, kind, exam_id, plan_id, rule_set_id, title_zh, state, opens_at, closes_at,
           duration_seconds, grace_seconds, created_at)
         select $1, $2, $3, 'formal', e.id, e.plan_id, e.rule_set_id, e.title_zh, 'frozen', e.opens_at, e.closes_at, 7200, 120, $5
         from exam e where e.id = $4`,
        [bucket, sittingId, learner.personId, examId, new Date(nowMs)],
      );
      await insertPapers(pool, [freezePaper(sittingId, 'test', [], new Map(), new Date(nowMs))]);
      return { learner, examId, sittingId };
    },
    beginCheck: ({ learner, sittingId }) => learner.client.post(`/api/exam-sittings/${sittingId}/identity`),
    passCheck: async (seat) => world.pass(seat.learner, (await seated.beginCheck(seat)).body),
    start: ({ learner, sittingId }, deviceId = randomUUID()) =>
      learner.client.post(`/api/exam-sittings/${sittingId}/start`, { deviceId, takeOver: true }),
    look: async ({ learner, sittingId }) =>
      (await learner.client.get<SittingView>(`/api/exam-sittings/${sittingId}`)).body,
    eventsOf: ({ sittingId }) =>
      world.rows('select kind, detail from exam_event where sitting_id = $1 order by received_at, id', [sittingId]),
    async alertsOf({ sittingId }) {
      const [row] = await world.rows<{ alerts: string[] }>('select alerts from exam_sitting where id = $1', [
        sittingId,
      ]);
      return (row?.alerts ?? []).toSorted();
    },
    async work(name) {
      for (const { id, payload } of await waitingJobs(world, name)) {
        await jobOf(name).run(payload, contextOf(world));
        await owner.query('delete from graphile_worker._private_jobs where id = $1', [id]);
      }
    },
    runCron: (name) => jobOf(name).run({}, contextOf(world)),
  };
  return seated;
}

function jobOf(name: string): JobDefinition {
  const job = [...(identityModule.jobs ?? []), ...(examsModule.jobs ?? [])].find((one) => one.name === name);
  if (!job) throw new Error(`no job ${name}`);
  return job;
}

function contextOf({ test: { platform } }: IdentityWorld): JobContext {
  return { platform, log: platform.log, attempt: 1, isLastAttempt: true, signal: undefined };
}

/** Another device: another sign-in of the same person. */
export function otherDevice(world: SeatedWorld, { personId, actor }: Learner): Learner {
  const other = { ...actor, sessionId: randomUUID(), csrfToken: randomUUID() };
  return { personId, actor: other, client: world.test.as(other) };
}

const waitingJobs = (world: IdentityWorld, name: string) =>
  world.rows<{ id: string; payload: unknown }>(
    `select j.id, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = $1 order by j.id`,
    [name],
  );
