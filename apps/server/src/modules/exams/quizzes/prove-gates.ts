import { getQuizRuleSet, isQuizPassed, quizLimitsOf, quizEndsAtMs, quizRoundStateOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import type { ProvedGate, ProvedGates } from '../../learning/index.ts';
import type { LoadedVersion } from '../bank/index.ts';
import { attemptColumns, type AttemptRow, type GivenAnswer, hashOfAttempt, itemsOf } from './attempt-rows.ts';
import { markItems, versionsOfPapers } from './mark-attempt.ts';
import { type QuizRound, roundColumns } from './round-rows.ts';

type Answered = GivenAnswer & { readonly attemptId: string };
type Problem = ProvedGate['problems'][number];

interface Records {
  readonly attempts: ReadonlyMap<string, readonly AttemptRow[]>;
  readonly answers: ReadonlyMap<string, readonly GivenAnswer[]>;
  readonly versions: ReadonlyMap<string, LoadedVersion>;
}

/** Marks every stored attempt of some people again and names each round that its attempts do not lead to. */
export async function proveGates(db: Queryable, bucket: number, personIds: readonly string[]): Promise<ProvedGates> {
  const key = [bucket, personIds];
  const rounds = await db.query<QuizRound>(
    `select ${roundColumns} from quiz_round r where r.bucket = $1 and r.person_id = any($2::uuid[]) order by r.id`,
    key,
  );
  const attempts = await db.query<AttemptRow>(
    `select ${attemptColumns} from quiz_attempt a where a.bucket = $1 and a.person_id = any($2::uuid[]) order by a.round_id, a.number`,
    key,
  );
  const answers = await db.query<Answered>(
    `select attempt_id as "attemptId", item, answered_at as "answeredAt", given from quiz_answer
     where bucket = $1 and attempt_id = any($2::uuid[]) order by attempt_id, item`,
    [bucket, attempts.rows.map(({ id }) => id)],
  );
  const since = await db.query<{ id: string; since: Date }>(
    `select q.lesson_version_id as id, q.since from lesson_quiz q where q.lesson_version_id in (
       select lesson_version_id from study_session where bucket = $1 and person_id = any($2::uuid[]))`,
    key,
  );
  const records: Records = {
    attempts: Map.groupBy(attempts.rows, ({ roundId }) => roundId),
    answers: Map.groupBy(answers.rows, ({ attemptId }) => attemptId),
    versions: await versionsOfPapers(db, attempts.rows.map(itemsOf)),
  };
  return {
    rounds: rounds.rows.map((round) => ({
      id: round.id,
      personId: round.personId,
      lessonVersionId: round.lessonVersionId,
      state: round.state,
      settledAtMs: round.settledAt?.getTime() ?? null,
      openedAtMs: round.openedAt.getTime(),
      problems: problemsOf(bucket, round, records),
    })),
    quizSinceMs: new Map(since.rows.map((row) => [row.id, row.since.getTime()])),
  };
}

function problemsOf(bucket: number, round: QuizRound, { attempts, answers, versions }: Records): Problem[] {
  const own = attempts.get(round.id) ?? [];
  const limits = quizLimitsOf(getQuizRuleSet(round.ruleSetId));
  const found: Problem[] = [];
  const ended: { passed: boolean; endedAtMs: number }[] = [];
  for (const [at, attempt] of own.entries()) {
    const report = (what: string) =>
      found.push({ table: 'quiz_attempt', key: `bucket ${bucket}, id ${attempt.id}`, what });
    const given = answers.get(attempt.id) ?? [];
    const items = itemsOf(attempt);
    const endsAtMs = quizEndsAtMs(attempt.startedAt.getTime(), items.length, limits);
    if (attempt.personId !== round.personId) report('is of another person than its round');
    if (attempt.number !== at + 1) report(`is number ${attempt.number}, not ${at + 1}`);
    if (attempt.number > limits.attempts) report(`is one more than the ${limits.attempts} of its rules`);
    if (attempt.endsAt.getTime() !== endsAtMs) report('ends at another time than its rules say');
    if (given.some(({ answeredAt }) => answeredAt.getTime() >= endsAtMs)) report('has answers from after its end');
    const { endedAt, right, passed, hash } = attempt;
    if (endedAt === null || right === null || passed === null) continue;
    const marked = markItems(items, given, versions).filter((one) => one.isRight).length;
    if (right !== marked) report(`has ${right} right answers, marked again ${marked}`);
    if (passed !== isQuizPassed(marked, items.length, limits)) report(`passed is ${passed}, against its marks`);
    if (hashOfAttempt({ ...attempt, endedAt, right, passed }, given) !== hash?.toString('hex')) {
      report('does not match its hash');
    }
    ended.push({ passed: isQuizPassed(marked, items.length, limits), endedAtMs: endedAt.getTime() });
  }
  const state = quizRoundStateOf(ended, limits);
  const report = (what: string) => found.push({ table: 'quiz_round', key: `bucket ${bucket}, id ${round.id}`, what });
  if (round.state !== state) report(`is ${round.state}, its attempts say ${state}`);
  const last = Math.max(0, ...ended.map(({ endedAtMs }) => endedAtMs));
  if (round.settledAt && round.settledAt.getTime() < last) report('was settled before its last attempt ended');
  return found;
}
