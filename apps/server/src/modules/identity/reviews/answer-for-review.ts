import type { answerForReview, IdentityVerdict } from '@antu/contract';
import type { IdentityProblem } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Tx } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { type CaptureKind, keepCapture } from '../checks/capture-rows.ts';
import type { Challenge } from '../checks/challenge-rows.ts';
import { lockOwnChallenge } from '../checks/own-challenge.ts';
import { werePicturesSeen } from '../checks/seen-pictures.ts';
import { type Decision, plainFailure, writeVerdict } from '../checks/write-verdict.ts';
import { faceRulesAt } from '../face-rules.ts';
import { deleteSteps } from '../files/frame-files.ts';
import { type ArrivedPicture, arrivedPicture, toKeptJpeg } from '../files/picture-bytes.ts';
import { checkCapturePrefix } from '../files/sealed-files.ts';
import { lockPerson } from '../person-lock.ts';
import { askForReview, findReviewingOrganisation } from './ask-for-review.ts';

type Ctx = RouteContext<'identity.own'>;
type Body = z.output<(typeof answerForReview)['body']>;

/**
 * The other way without anybody there: a picture of the face and one of the ID card, which two people compare later. No face is
 * computed, so it needs no consent to face checks.
 */
export async function answerByReview(
  ctx: Ctx,
  personId: string,
  challengeId: string,
  { nonce, face, idCard }: Body,
): Promise<IdentityVerdict> {
  const pictures = { face: arrivedPicture(face), idCard: arrivedPicture(idCard) };
  const answered = await transaction(ctx.pool, async (tx) => {
    await lockPerson(tx, personId);
    const own = await lockOwnChallenge(tx, ctx, { personId, challengeId, nonce });
    if ('refusal' in own) return own.refusal;
    if (own.challenge.state !== 'open') return new AppError('identity.challenge_used');
    return takePictures(tx, ctx, own.challenge, pictures);
  });
  if (answered instanceof AppError) throw answered;
  await deleteSteps(ctx.platform, { personId, challengeId });
  return answered;
}

type Pictures = { face: ArrivedPicture; idCard: ArrivedPicture };

async function takePictures(tx: Tx, ctx: Ctx, challenge: Challenge, pictures: Pictures): Promise<IdentityVerdict> {
  const { personId } = challenge;
  const organisation = await findReviewingOrganisation(tx, personId);
  if (!organisation) throw new AppError('identity.nobody_to_review');
  const problem = await findProblem(tx, ctx, challenge, pictures);
  const detail: Decision['detail'] = { faceSha: pictures.face.sha256Hex, idCardSha: pictures.idCard.sha256Hex };
  const decision: Decision = {
    ...plainFailure(problem ? [problem] : []),
    method: 'review',
    outcome: problem ? 'failed' : 'pending',
    detail: { ...detail, organisationId: organisation.id },
  };
  const { verdict } = await writeVerdict(tx, ctx.platform, ctx, challenge, decision, []);
  if (problem) return verdict;
  const faceCaptureId = await keep(tx, ctx, challenge, 'review-face', pictures.face);
  const idCardCaptureId = await keep(tx, ctx, challenge, 'id-card', pictures.idCard);
  await askForReview(tx, { challenge, organisation, faceCaptureId, idCardCaptureId, askedAt: ctx.now() });
  return verdict;
}

async function findProblem(
  tx: Tx,
  ctx: Ctx,
  challenge: Challenge,
  { face, idCard }: Pictures,
): Promise<IdentityProblem | undefined> {
  if (!(await toKeptJpeg(face.bytes)) || !(await toKeptJpeg(idCard.bytes))) return 'unreadable';
  // The card may be photographed once and sent often; a face has to be taken anew.
  return (await werePicturesSeen(tx, challenge, [face], ctx.nowMs())) ? 'replayed' : undefined;
}

async function keep(
  tx: Tx,
  ctx: Ctx,
  challenge: Challenge,
  kind: CaptureKind,
  { bytes, sha256Hex }: ArrivedPicture,
): Promise<string> {
  const { personId, id, sessionId } = challenge;
  const rules = faceRulesAt(challenge.scheme, challenge.regionCode, challenge.createdAt.getTime());
  const captureId = await keepCapture(
    tx,
    ctx.platform,
    {
      personId,
      checkId: id,
      sessionId,
      kind,
      step: null,
      bytes,
      sha256Hex,
      takenAtMs: ctx.nowMs(),
      keepDays: rules.captureRetentionDays,
    },
    (made) => `${checkCapturePrefix(personId, id)}/${made}`,
  );
  if (captureId === undefined) throw new AppError('platform.internal');
  return captureId;
}
