import { bucketOf, type SchemeCode } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import { addJob } from '../../../platform/jobs.ts';
import type { Platform } from '../../../platform/module.ts';
import { keepCapture } from '../checks/capture-rows.ts';
import { werePicturesSeen } from '../checks/seen-pictures.ts';
import { findConsent } from '../consent.ts';
import { faceRulesAt } from '../face-rules.ts';
import { arrivedPicture } from '../files/picture-bytes.ts';
import { snapshotKey } from '../files/sealed-files.ts';
import { lockPerson } from '../person-lock.ts';
import { judgeSnapshot } from './judge-snapshot-job.ts';

export type Snapshot = {
  personId: string;
  sessionId: string;
  /** Of the session: they say who judges and how long the picture is kept. */
  scheme: SchemeCode;
  regionCode: string;
  /** Base64, as the contract's schema let it through. */
  picture: string;
};
export type StoredSnapshot = { captureId: string; sha256Hex: string; takenAtMs: number };

/**
 * Keeps a picture that was taken in passing; a job of the worker looks at it later. Undefined, and nothing is kept, if the bytes
 * are no picture or the person does not agree to face checks (any more).
 */
export async function storeSnapshot(platform: Platform, snapshot: Snapshot): Promise<StoredSnapshot | undefined> {
  const { personId, sessionId, scheme, regionCode } = snapshot;
  const { bytes, sha256Hex } = arrivedPicture(snapshot.picture);
  const takenAtMs = platform.clock.nowMs();
  return transaction(platform.pool, async (tx) => {
    await lockPerson(tx, personId);
    if (!(await findConsent(tx, personId))) return undefined;
    const person = { bucket: bucketOf(personId), id: sessionId, personId, createdAt: new Date(takenAtMs) };
    const seenBefore = await werePicturesSeen(tx, person, [{ sha256Hex }], takenAtMs);
    const captureId = await keepCapture(
      tx,
      platform,
      {
        personId,
        checkId: null,
        sessionId,
        kind: 'random',
        step: null,
        bytes,
        sha256Hex,
        takenAtMs,
        keepDays: faceRulesAt(scheme, regionCode, takenAtMs).captureRetentionDays,
      },
      (id) => snapshotKey(personId, id),
    );
    if (captureId === undefined) return undefined;
    await addJob(tx, judgeSnapshot, { captureId, scheme, regionCode, seenBefore }, { maxAttempts: 8 });
    return { captureId, sha256Hex, takenAtMs };
  });
}
