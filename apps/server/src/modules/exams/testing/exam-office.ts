import type { ExamPlanDetail, ExamView } from '@antu/contract';
import { bucketOf, currentFaceNotice, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../../app.ts';
import { transaction, type Pool } from '../../../platform/database/pool.ts';
import { openPlatform } from '../../../platform/platform.ts';
import type { Settings } from '../../../platform/settings.ts';
import { fixedClock, type TestClock } from '../../../platform/testing/test-clock.ts';
import { auditModule } from '../../audit/index.ts';
import { makeSignedInLearners, type SignedInLearner } from '../../learning/testing/signed-in-learners.ts';
import { makeStudyWorld } from '../../learning/testing/study-world.ts';
import { identityModule } from '../../identity/index.ts';
import { peopleModule } from '../../people/index.ts';
import { findDueExams, preparePapers } from '../dates/prepare-papers.ts';
import { examsModule } from '../index.ts';
import { confirmOnSite } from './confirm-on-site.ts';
import { fillBank } from './fill-bank.ts';

/** A candidate who is signed in and whose paper lies ready. */
export type SignedInCandidate = SignedInLearner & { readonly sittingId: string };

/** An exam with papers for everybody who has booked. */
export interface PreparedExam {
  readonly examId: string;
  readonly candidates: readonly SignedInCandidate[];
}

/**
 * Everything that lies before the bell, done by the application itself in this process under a clock that can be moved: for load
 * against a server that runs under the real one.
 */
export interface ExamOffice {
  readonly clock: TestClock;
  /** Asks as somebody. Throws for whatever is not a success. */
  ask<Answer>(who: SignedInLearner, path: string, body?: object): Promise<Answer>;
  /** Everybody agrees to pictures and books. Times in epoch ms. Sets the clock to the moment at which the window opens. */
  prepare(order: { count: number; opensAtMs: number; closesAtMs: number }): Promise<PreparedExam>;
  /** Somebody on site has just looked at the papers of these people, by the clock. */
  confirm(candidates: readonly SignedInCandidate[]): Promise<void>;
  close(): Promise<void>;
}

export const OFFICE_RULES = 'road-transport.exam.two-kinds.2019-07-18';
/** Sixteen questions, a hundred points. */
const LINES = [
  ['judgement', 8, 500],
  ['single', 6, 600],
  ['multiple', 2, 1_200],
] as const;
const HOUR_MS = 3_600_000;
const AT_ONCE = 8;

/** @param owner connection as the owner of the tables, for people and their sign-ins */
export async function openExamOffice(settings: Settings, owner: Pool): Promise<ExamOffice> {
  const clock = fixedClock(new Date());
  const platform = await openPlatform(settings, 'office', clock);
  const app = await buildApp({ platform, modules: [peopleModule, auditModule, identityModule, examsModule] });
  await app.ready();
  const world = await makeStudyWorld(owner);
  const [teacher] = await makeSignedInLearners(owner, world, 1, 'teacher');
  if (!teacher) throw new Error('no teacher');
  await fillBank(platform, owner, world.organisationId);
  const ask = <Answer>(who: SignedInLearner, path: string, body: object = {}) => askApp<Answer>(app, who, path, body);
  const plan = await ask<ExamPlanDetail>(teacher, '/api/exam-plans', {
    organisationId: world.organisationId,
    titleZh: '负载考试',
    ruleSetId: OFFICE_RULES,
    lines: LINES.map(([kind, count, centipoints]) => ({ topicId: null, kind, difficulty: null, count, centipoints })),
    picked: null,
  });
  return {
    clock,
    ask,
    prepare: async ({ count, opensAtMs, closesAtMs }) => {
      clock.set(new Date(opensAtMs - 3 * HOUR_MS));
      const exam = await ask<ExamView>(teacher, '/api/exams', {
        organisationId: world.organisationId,
        titleZh: '负载考试',
        planId: plan.id,
        ruleSetId: OFFICE_RULES,
        place: { mode: 'online', address: null },
        opensAt: new Date(opensAtMs).toISOString(),
        closesAt: new Date(closesAtMs).toISOString(),
        capacity: count,
      });
      const people = await makeSignedInLearners(owner, world, count);
      await forAll(people, async (who) => {
        await ask(who, '/api/identity/consent', { noticeVersion: currentFaceNotice().version });
        await ask(who, `/api/exams/${exam.id}/bookings`);
      });
      clock.set(new Date(opensAtMs - examLimitsOf(getExamRuleSet(OFFICE_RULES)).freezeSeconds * 1000));
      const due = (await findDueExams(platform.pool, clock.nowMs())).find(({ id }) => id === exam.id);
      if (!due) throw new Error('the papers are not due');
      await preparePapers(platform.pool, due, clock.nowMs());
      clock.set(new Date(opensAtMs));
      return { examId: exam.id, candidates: await readSittings(platform.pool, exam.id, people) };
    },
    confirm: (candidates) => transaction(platform.pool, (tx) => confirmOnSite(tx, candidates, clock.nowMs())),
    close: async () => {
      await app.close();
      await platform.pool.end();
    },
  };
}

async function askApp<Answer>(
  app: FastifyInstance,
  { cookie, csrf }: SignedInLearner,
  url: string,
  payload: object,
): Promise<Answer> {
  const answer = await app.inject({ method: 'POST', url, headers: { cookie, 'x-antu-csrf': csrf }, payload });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
  return answer.json<Answer>();
}

async function forAll(
  people: readonly SignedInLearner[],
  work: (who: SignedInLearner) => Promise<void>,
): Promise<void> {
  const left = people.values();
  const some = async () => {
    for (const who of left) await work(who);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

async function readSittings(
  pool: Pool,
  examId: string,
  people: readonly SignedInLearner[],
): Promise<SignedInCandidate[]> {
  const { rows } = await pool.query<{ id: string; person_id: string }>(
    'select s.id, s.person_id from exam_sitting s where s.exam_id = $1 and s.bucket = any($2::smallint[])',
    [examId, [...new Set(people.map(({ personId }) => bucketOf(personId)))]],
  );
  const byPerson = new Map(rows.map(({ id, person_id }) => [person_id, id]));
  return people.map((one) => {
    const sittingId = byPerson.get(one.personId);
    if (sittingId === undefined) throw new Error(`no paper was drawn for ${one.personId}`);
    return { ...one, sittingId };
  });
}
