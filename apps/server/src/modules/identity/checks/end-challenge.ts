import type { Tx } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import type { AuditContext } from '../../audit/index.ts';
import { deleteSteps, readSteps } from '../files/frame-files.ts';
import { type Challenge, updateChallenge } from './challenge-rows.ts';
import { plainFailure, writeVerdict } from './write-verdict.ts';

/**
 * Ends a check that nobody will finish. Once a prompt was shown this counts as failed: whoever could leave prompts for nothing
 * would draw until a recording fits. The person and the challenge must be locked, the challenge open.
 */
export async function endChallenge(tx: Tx, platform: Platform, ctx: AuditContext, challenge: Challenge): Promise<void> {
  const { personId, id, step, stepAt } = challenge;
  if (step < 0) return updateChallenge(tx, challenge, { step, stepAt, state: 'done' });
  const owner = { personId, challengeId: id };
  const frames = await readSteps(platform, owner, step);
  await writeVerdict(tx, platform, ctx, challenge, plainFailure(['too-slow']), frames);
  await deleteSteps(platform, owner);
}
