import type { IdentityChallenge } from '@antu/contract';
import { bucketOf, type CheckLimits, type LivenessPrompt, type SchemeCode } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';

export type CheckPurpose = 'study' | 'sign-in' | 'exam';

/** A row of identity_challenge. */
export type Challenge = {
  bucket: number;
  id: string;
  personId: string;
  purpose: CheckPurpose;
  sessionId: string | null;
  checkId: string | null;
  loginSessionId: string | null;
  scheme: SchemeCode;
  regionCode: string;
  /** Face rules under which it is judged. */
  ruleSetId: string;
  nonce: string;
  prompts: LivenessPrompt[];
  /** The step whose pictures are awaited, -1 first; while judging, one after the last prompt. */
  step: number;
  /** When that step was asked for, or judging began. */
  stepAt: Date;
  state: 'open' | 'judging' | 'done';
  createdAt: Date;
  expiresAt: Date;
};

const COLUMNS = `bucket, id, person_id as "personId", purpose, session_id as "sessionId", check_id as "checkId",
  login_session_id as "loginSessionId", scheme, region_code as "regionCode", rule_set_id as "ruleSetId", nonce, prompts, step,
  step_at as "stepAt", state, created_at as "createdAt", expires_at as "expiresAt"`;

type Row = Omit<Challenge, 'prompts'> & { prompts: string };

/** A challenge of this person, locked until the end of the transaction. */
export async function lockChallenge(tx: Tx, personId: string, challengeId: string): Promise<Challenge | undefined> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from identity_challenge where bucket = $1 and id = $2 and person_id = $3 for update`,
    [bucketOf(personId), challengeId, personId],
  );
  return rows.map(fromRow)[0];
}

/** Checks of the same thing that are still going on, locked: of the same question of a session, or of the same sign-in. */
export async function lockOlderChallenges(
  tx: Tx,
  {
    personId,
    purpose,
    checkId,
    loginSessionId,
  }: Pick<Challenge, 'personId' | 'purpose' | 'checkId' | 'loginSessionId'>,
): Promise<Challenge[]> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from identity_challenge
     where bucket = $1 and person_id = $2 and purpose = $3 and state = 'open'
       and case when $4::uuid is null then check_id is null and login_session_id = $5 else check_id = $4 end for update`,
    [bucketOf(personId), personId, purpose, checkId, loginSessionId],
  );
  return rows.map(fromRow);
}

export async function insertChallenge(tx: Tx, one: Challenge): Promise<void> {
  await tx.query(
    `insert into identity_challenge (bucket, id, person_id, purpose, session_id, check_id, login_session_id, scheme, region_code,
       rule_set_id, nonce, prompts, step, step_at, state, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      one.bucket,
      one.id,
      one.personId,
      one.purpose,
      one.sessionId,
      one.checkId,
      one.loginSessionId,
      one.scheme,
      one.regionCode,
      one.ruleSetId,
      one.nonce,
      JSON.stringify(one.prompts),
      one.step,
      one.stepAt,
      one.state,
      one.createdAt,
      one.expiresAt,
    ],
  );
}

/** Moves a locked challenge on. */
export async function updateChallenge(
  tx: Tx,
  { bucket, id }: Pick<Challenge, 'bucket' | 'id'>,
  { step, stepAt, state }: Pick<Challenge, 'step' | 'stepAt' | 'state'>,
): Promise<void> {
  await tx.query('update identity_challenge set step = $3, step_at = $4, state = $5 where bucket = $1 and id = $2', [
    bucket,
    id,
    step,
    stepAt,
    state,
  ]);
}

/** Moments of the challenges that a person began since an instant, oldest first. */
export async function findBeginnings(db: Queryable, personId: string, since: Date): Promise<Date[]> {
  const { rows } = await db.query<{ created_at: Date }>(
    'select created_at from identity_challenge where bucket = $1 and person_id = $2 and created_at > $3 order by created_at',
    [bucketOf(personId), personId, since],
  );
  return rows.map((row) => row.created_at);
}

/** A challenge as its person sees it: only the prompt of the step that is due. */
export function presentChallenge(one: Challenge, limits: CheckLimits, nowMs: number): IdentityChallenge {
  return {
    challengeId: one.id,
    nonce: one.nonce,
    steps: one.prompts.length + 1,
    prompt: one.prompts[one.step] ?? null,
    step: one.step,
    framesPerStep: limits.framesPerStep,
    stepMs: limits.stepSeconds * 1000,
    expiresInMs: Math.max(0, one.expiresAt.getTime() - nowMs),
  };
}

function fromRow({ prompts, ...row }: Row): Challenge {
  return { ...row, prompts: JSON.parse(prompts) as LivenessPrompt[] };
}
