import type { IdentityVerdict } from '@antu/contract';
import {
  checkLimitsOf,
  chinaDateOf,
  choosePictures,
  findCheckRules,
  type IdentityProblem,
  orderProblems,
  type SuspicionSign,
} from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import { type AuditContext, recordAudit } from '../../audit/index.ts';
import { faceRulesAt } from '../face-rules.ts';
import type { ArrivedFrame } from '../files/frame-files.ts';
import { checkCapturePrefix } from '../files/sealed-files.ts';
import { storableAddress } from '../storable-address.ts';
import { keepCapture } from './capture-rows.ts';
import { type Challenge, updateChallenge } from './challenge-rows.ts';
import { type CheckDetail, insertCheck, shortSha } from './check-rows.ts';

/** What was decided about a challenge, however it was answered. */
export type Decision = {
  method: 'face' | 'on-site' | 'review';
  /** Null: no provider was asked. */
  provider: string | null;
  outcome: 'passed' | 'failed' | 'pending';
  problems: readonly IdentityProblem[];
  signs: readonly SuspicionSign[];
  /** Index of the frame in which the provider knew the person best. */
  bestFrame: number | null;
  supervisorAccountId: string | null;
  /** What else the row keeps. */
  detail: Partial<CheckDetail>;
};

/** A decision that no provider made. */
export const plainFailure = (problems: readonly IdentityProblem[]): Decision => ({
  method: 'face',
  provider: null,
  outcome: 'failed',
  problems,
  signs: [],
  bestFrame: null,
  supervisorAccountId: null,
  detail: {},
});

export type Written = { verdict: IdentityVerdict; captureIds: string[] };

/**
 * Writes the one verdict of a challenge: row, kept pictures, audit entry, and the challenge is over. The person and the
 * challenge must be locked, and no verdict there; its key would refuse a second one.
 */
export async function writeVerdict(
  tx: Tx,
  platform: Platform,
  ctx: AuditContext,
  challenge: Challenge,
  decision: Decision,
  frames: readonly ArrivedFrame[],
): Promise<Written> {
  const now = ctx.now();
  const { id, personId } = challenge;
  const startMs = challenge.createdAt.getTime();
  const problems = orderProblems(decision.problems);
  const signs = [...decision.signs];
  await insertCheck(
    tx,
    {
      id,
      personId,
      purpose: challenge.purpose,
      sessionId: challenge.sessionId,
      checkId: challenge.checkId,
      loginSessionId: challenge.loginSessionId,
      scheme: challenge.scheme,
      ruleSetId: challenge.ruleSetId,
      method: decision.method,
      provider: decision.provider,
      outcome: decision.outcome,
      supervisorAccountId: decision.supervisorAccountId,
      address: await storableAddress(tx, ctx.address),
      askedAtMs: startMs,
      decidedAtMs: now.getTime(),
    },
    {
      checkRuleSetId: findCheckRules(chinaDateOf(startMs)).id,
      prompts: challenge.prompts,
      problems,
      signs,
      frames: frames.map(({ step, atMs, sha256Hex }) => [step, atMs, shortSha(sha256Hex)] as const),
      arrivedMs: [...new Set(frames.map(({ receivedAtMs }) => receivedAtMs - startMs))],
      ...decision.detail,
    },
  );
  const captureIds = await keepPictures(tx, platform, challenge, decision, frames);
  await updateChallenge(tx, challenge, { step: challenge.step, stepAt: challenge.stepAt, state: 'done' });
  await recordAudit(tx, ctx, {
    action: 'identity.verdict',
    object: { kind: 'identity-check', id },
    detail: {
      personId,
      purpose: challenge.purpose,
      method: decision.method,
      outcome: decision.outcome,
      problems,
      pictures: captureIds.length,
    },
  });
  return { verdict: { type: 'verdict', outcome: decision.outcome, problems }, captureIds };
}

async function keepPictures(
  tx: Tx,
  platform: Platform,
  challenge: Challenge,
  { outcome, signs, bestFrame }: Decision,
  frames: readonly ArrivedFrame[],
): Promise<string[]> {
  const { personId } = challenge;
  const rules = faceRulesAt(challenge.scheme, challenge.regionCode, challenge.createdAt.getTime());
  const ids: string[] = [];
  for (const index of choosePictures(frames, { outcome, isSuspicious: signs.length > 0, bestFrame })) {
    const frame = frames[index];
    if (!frame) continue;
    const id = await keepCapture(
      tx,
      platform,
      {
        personId,
        checkId: challenge.id,
        sessionId: challenge.sessionId,
        kind: 'check',
        step: frame.step,
        bytes: frame.bytes,
        sha256Hex: frame.sha256Hex,
        takenAtMs: takenAtMs(frame, frames, challenge),
        keepDays: rules.captureRetentionDays,
      },
      (captureId) => `${checkCapturePrefix(personId, challenge.id)}/${captureId}`,
    );
    if (id !== undefined) ids.push(id);
  }
  return ids;
}

/** The server knows when a step arrived; how long before its last picture another was taken, the client's stopwatch tells. */
function takenAtMs(frame: ArrivedFrame, frames: readonly ArrivedFrame[], challenge: Challenge): number {
  const last = frames.findLast(({ step }) => step === frame.step);
  const beforeMs = Math.max(0, (last?.atMs ?? 0) - frame.atMs);
  return frame.receivedAtMs - Math.min(beforeMs, limitsOfChallenge(challenge).stepSeconds * 1000);
}

/** Limits under which a challenge runs: those of the day on which it began. */
export const limitsOfChallenge = ({ createdAt }: Pick<Challenge, 'createdAt'>) =>
  checkLimitsOf(findCheckRules(chinaDateOf(createdAt.getTime())));
