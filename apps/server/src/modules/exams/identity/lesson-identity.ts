import type { QuizLimits } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { findFreshCheck, type Verdict } from '../../identity/index.ts';

/** Who wants to begin an attempt at the quiz of a lesson. */
export interface QuizTaker {
  readonly personId: string;
  /** `actor.sessionId`: checks of another sign-in, on another device, do not count. */
  readonly loginSessionId: string;
}

/**
 * Refuses an attempt at a lesson's quiz (`exams.quiz_identity_needed`) unless a check of study or of the sign-in was passed a short while
 * ago, in this sign-in. One that waits for two people lets the attempt begin: the hours of the lesson wait for the same two people.
 * @returns the check on which the attempt rests; undefined where the rules ask for none
 */
export async function requireLessonIdentity(
  db: Queryable,
  { personId, loginSessionId }: QuizTaker,
  { identityFreshSeconds }: Pick<QuizLimits, 'identityFreshSeconds'>,
  nowMs: number,
): Promise<Pick<Verdict, 'id' | 'outcome'> | undefined> {
  if (identityFreshSeconds === null) return undefined;
  const check = await findFreshCheck(db, personId, {
    purposes: ['study', 'sign-in'],
    loginSessionId,
    notBeforeMs: nowMs - identityFreshSeconds * 1000,
  });
  if (!check) throw new AppError('exams.quiz_identity_needed');
  return check;
}
