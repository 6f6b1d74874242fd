import { bucketOf, canonicalJson, checkLimitsOf, chinaDateOf, findCheckRules, schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { defineJob, type JobContext } from '../../../platform/jobs.ts';
import { systemAuditContext } from '../../audit/index.ts';
import { askToJudge } from '../ask-provider.ts';
import { type CaptureRow, findCapture } from '../checks/capture-rows.ts';
import { nameForProvider } from '../checks/name-for-provider.ts';
import { activeTemplate, findEnrolment } from '../enrolment/enrolment-rows.ts';
import { faceRulesAt } from '../face-rules.ts';
import { readSealed } from '../files/sealed-files.ts';
import { judgeLimitMs, providerOf } from '../providers.ts';
import { findingOf, type SnapshotFindings } from './findings.ts';
import { announceJudgedSnapshot } from './judged-listeners.ts';

const payload = z.object({
  captureId: z.uuid(),
  scheme: z.enum(schemeCodes),
  regionCode: z.string(),
  /** The same bytes arrived before. */
  seenBefore: z.boolean(),
});

/** Looks at a picture that was taken in passing: how many faces, and whose. What it finds is a sign, never a verdict. */
export const judgeSnapshot = defineJob({
  name: 'identity.judge-snapshot',
  payload,
  handler: async (task, context) => {
    const { pool, clock } = context.platform;
    const capture = await findCapture(pool, task.captureId);
    if (!capture) return;
    const findings = await look(task, capture, context);
    await transaction(pool, async (tx) => {
      const { rowCount } = await tx.query(
        'update identity_capture set findings = $3 where bucket = $1 and id = $2 and findings is null',
        [bucketOf(capture.id), capture.id, canonicalJson(findings)],
      );
      const { personId, sessionId } = capture;
      if (rowCount !== 1 || sessionId === null) return;
      await announceJudgedSnapshot(tx, {
        captureId: capture.id,
        personId,
        sessionId,
        takenAtMs: capture.takenAt.getTime(),
        judgedAtMs: clock.nowMs(),
        findings,
      });
    });
  },
});

async function look(
  { scheme, regionCode, seenBefore }: z.output<typeof payload>,
  { id, personId, storageKey, takenAt }: CaptureRow,
  { platform, log, isLastAttempt }: JobContext,
): Promise<SnapshotFindings> {
  const { pool, keys, clock } = platform;
  const known = seenBefore ? (['seen-before'] as const) : [];
  const unjudged: SnapshotFindings = { finding: 'unjudged', problems: [], signs: known };
  const rules = faceRulesAt(scheme, regionCode, takenAt.getTime());
  const enrolment = await findEnrolment(pool, personId);
  const template = activeTemplate(keys, enrolment, rules.provider);
  const picture = storageKey === null ? undefined : await readSealed(platform, storageKey);
  if (!enrolment || !template || !picture) return unjudged;
  const caller = { ...systemAuditContext(() => clock.now(), `snapshot/${id}`), platform, pool };
  const answer = await askToJudge(
    () => providerOf(platform, rules.provider),
    {
      personId,
      nonce: id,
      scheme,
      regionCode,
      // Nobody was asked to move: the provider compares and nothing more.
      prompts: [],
      frames: [{ bytes: picture, step: -1, atMs: 0 }],
      template,
      identity: () => nameForProvider(caller, { personId, id }, rules.provider),
    },
    { limitMs: judgeLimitMs(platform, checkLimitsOf(findCheckRules(chinaDateOf(takenAt.getTime())))), log },
  );
  if (answer.outcome === 'pending') {
    if (!isLastAttempt) throw new Error('the identity provider is away: the picture is looked at later');
    return { ...unjudged, problems: answer.problems };
  }
  return {
    finding: findingOf(answer),
    problems: answer.problems,
    signs: [...new Set([...answer.signs, ...known])],
    ...(answer.distance === null ? {} : { distanceMilli: Math.round(answer.distance * 1000) }),
    provider: rules.provider,
    ruleSetId: rules.id,
    enrolmentId: enrolment.id,
  };
}
