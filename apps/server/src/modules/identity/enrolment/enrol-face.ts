import {
  bucketOf,
  checkLimitsOf,
  chinaDateOf,
  findCheckRules,
  type IdentityProblem,
  orderProblems,
  placeInBucket,
} from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { assertThat } from '../../../platform/errors.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { addJob } from '../../../platform/jobs.ts';
import { recordAudit } from '../../audit/index.ts';
import { askToEnrol } from '../ask-provider.ts';
import { requireConsent } from '../consent.ts';
import { DOUBLES_QUEUE, searchDoubles } from '../doubles/search-doubles-job.ts';
import { faceRulesAt } from '../face-rules.ts';
import { arrivedPicture, toKeptJpeg } from '../files/picture-bytes.ts';
import { enrolmentPictureKey, putSealed } from '../files/sealed-files.ts';
import { mainSchemeOf } from '../learner-schemes.ts';
import { lockPerson } from '../person-lock.ts';
import { judgeLimitMs, providerOf } from '../providers.ts';
import { findEnrolment, replaceEnrolment, sealTemplate } from './enrolment-rows.ts';

export type EnrolWish = {
  personId: string;
  /** Base64, as the contract's schema let it through. */
  picture: string;
  source: 'self' | 'on-site' | 'roster';
};

export type Enrolled = { accepted: boolean; problems: IdentityProblem[] };

type Ctx = Pick<
  RouteContext<'identity.own'>,
  'platform' | 'pool' | 'actor' | 'address' | 'requestId' | 'now' | 'nowMs' | 'log'
>;

const DAY_MS = 86_400_000;

/**
 * Takes a photo to compare with later. One that the learner took waits until somebody compares it with the ID card: it proves
 * nothing by itself. One that staff took or brought counts at once. Either needs the learner's consent before.
 */
export async function enrolFace(ctx: Ctx, wish: EnrolWish): Promise<Enrolled> {
  const { platform, pool } = ctx;
  const { personId } = wish;
  await requireConsent(pool, personId);
  const nowMs = ctx.nowMs();
  const { scheme, regionCode } = await mainSchemeOf(pool, personId, nowMs);
  const rules = faceRulesAt(scheme, regionCode, nowMs);
  const limitMs = judgeLimitMs(platform, checkLimitsOf(findCheckRules(chinaDateOf(nowMs))));
  const { bytes } = arrivedPicture(wish.picture);
  const kept = await toKeptJpeg(bytes);
  if (!kept) return refused(['unreadable']);
  const answer = await askToEnrol(
    () => providerOf(platform, rules.provider),
    { personId, picture: bytes, scheme, regionCode },
    { limitMs, log: ctx.log },
  );
  if (answer.outcome !== 'accepted') return refused(answer.outcome === 'refused' ? answer.problems : ['provider-away']);
  const { template } = answer;
  const enrolmentId = placeInBucket(uuidv7(nowMs), bucketOf(personId));
  const pictureKey = enrolmentPictureKey(personId, enrolmentId);
  const isConfirmed = wish.source !== 'self';
  const replacedKey = await transaction(pool, async (tx) => {
    await lockPerson(tx, personId);
    await requireConsent(tx, personId);
    const older = await findEnrolment(tx, personId);
    // Whoever holds the learner's password must not put another face in the place of the confirmed one.
    assertThat(isConfirmed || older?.state !== 'active', 'identity.already_enrolled');
    await putSealed(platform, pictureKey, kept);
    await replaceEnrolment(tx, {
      id: enrolmentId,
      personId,
      state: isConfirmed ? 'active' : 'waiting',
      source: wish.source,
      provider: template.provider,
      templateSealed: sealTemplate(platform.keys, template.bytes, enrolmentId),
      pictureKey,
      pictureUntil: new Date(nowMs + rules.pictureRetentionDays * DAY_MS),
      ruleSetId: rules.id,
      enrolledBy: ctx.actor.accountId,
      enrolledAt: new Date(nowMs),
      decidedBy: isConfirmed ? ctx.actor.accountId : null,
      decidedAt: isConfirmed ? new Date(nowMs) : null,
      refusedBecause: null,
    });
    await addJob(tx, searchDoubles, { personId, enrolmentId }, { queueName: DOUBLES_QUEUE });
    await recordAudit(tx, ctx, {
      action: 'identity.enrol',
      object: { kind: 'person', id: personId },
      detail: { enrolmentId, source: wish.source, replaces: older?.id ?? null },
    });
    return older?.pictureKey ?? null;
  });
  if (replacedKey !== null) await platform.storage.delete(replacedKey);
  return { accepted: true, problems: [] };
}

const refused = (problems: readonly IdentityProblem[]): Enrolled => ({
  accepted: false,
  problems: orderProblems(problems),
});
