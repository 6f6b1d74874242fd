import { bucketOf, placeInBucket } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { QuizGate, QuizKeeper } from '../../learning/index.ts';
import { findQuiz, quizRulesAt } from './lesson-quiz.ts';
import { proveGates } from './prove-gates.ts';
import { holdRound, holdStandingRound, type QuizRound } from './round-rows.ts';

const gateOf = ({ id, personId, lessonVersionId, state, settledAt }: QuizRound): QuizGate => ({
  id,
  personId,
  lessonVersionId,
  state,
  settledAtMs: settledAt?.getTime() ?? null,
});

type Asked = Parameters<QuizKeeper['openGate']>[1];

async function openGate(tx: Tx, { bucket, personId, lessonVersionId, courseId, nowMs }: Asked) {
  const quiz = await findQuiz(tx, lessonVersionId);
  if (!quiz) return undefined;
  // Of two that find none, one inserts; the other one finds its row.
  for (let turn = 0; turn < 3; turn += 1) {
    const round = await holdStandingRound(tx, { personId, lessonVersionId }, 'for share');
    if (round) return round.state === 'open' ? round.id : undefined;
    await tx.query(
      `insert into quiz_round (bucket, id, person_id, lesson_version_id, course_id, rule_set_id, state, opened_at)
       values ($1, $2, $3, $4, $5, $6, 'open', $7)
       on conflict (bucket, person_id, lesson_version_id) where state <> 'failed' do nothing`,
      [
        bucket,
        placeInBucket(uuidv7(nowMs), bucket),
        personId,
        lessonVersionId,
        courseId,
        quizRulesAt(quiz, nowMs).id,
        new Date(nowMs),
      ],
    );
  }
  throw new RangeError(`no round of the quiz of lesson ${lessonVersionId} can be opened`);
}

async function lessonsToPass(
  db: Queryable,
  personId: string,
  lessonVersionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select q.lesson_version_id as id from lesson_quiz q where q.lesson_version_id = any($3::uuid[]) and not exists (
       select from quiz_round r where r.bucket = $1 and r.person_id = $2 and r.lesson_version_id = q.lesson_version_id
         and r.state = 'passed')`,
    [bucketOf(personId), personId, lessonVersionIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What study sessions ask about the quizzes of lessons. */
export const gateKeeper: QuizKeeper = {
  openGate,
  holdGate: async (tx, bucket, gateId) => {
    const round = await holdRound(tx, bucket, gateId, 'for share');
    return round && gateOf(round);
  },
  lessonsToPass,
  proveGates,
};
