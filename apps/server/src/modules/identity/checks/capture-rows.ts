import { bucketOf, placeInBucket } from '@antu/domain';
import type { Queryable, Tx } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/module.ts';
import { toKeptJpeg } from '../files/picture-bytes.ts';
import { putSealed } from '../files/sealed-files.ts';

export type CaptureKind = 'check' | 'random' | 'id-card' | 'review-face';

export type NewCapture = {
  personId: string;
  checkId: string | null;
  sessionId: string | null;
  kind: CaptureKind;
  step: number | null;
  bytes: Buffer;
  sha256Hex: string;
  takenAtMs: number;
  keepDays: number;
};

const DAY_MS = 86_400_000;

/**
 * Keeps a picture: sealed file and row. The person must be locked. Undefined if the bytes are no picture: then nothing is kept.
 * @param keyOf storage key for the id of the row
 */
export async function keepCapture(
  tx: Tx,
  files: Pick<Platform, 'keys' | 'storage'>,
  capture: NewCapture,
  keyOf: (captureId: string) => string,
): Promise<string | undefined> {
  const jpeg = await toKeptJpeg(capture.bytes);
  if (!jpeg) return undefined;
  const { personId, takenAtMs } = capture;
  const id = placeInBucket(uuidv7(takenAtMs), bucketOf(personId));
  const key = keyOf(id);
  await putSealed(files, key, jpeg);
  await tx.query(
    `insert into identity_capture (bucket, id, person_id, check_id, session_id, kind, step, storage_key, sha256, size_bytes,
       taken_at, keep_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      bucketOf(personId),
      id,
      personId,
      capture.checkId,
      capture.sessionId,
      capture.kind,
      capture.step,
      key,
      Buffer.from(capture.sha256Hex, 'hex'),
      jpeg.length,
      new Date(takenAtMs),
      new Date(takenAtMs + capture.keepDays * DAY_MS),
    ],
  );
  return id;
}

export type CaptureRow = {
  id: string;
  personId: string;
  checkId: string | null;
  sessionId: string | null;
  kind: CaptureKind;
  storageKey: string | null;
  takenAt: Date;
};

export async function findCapture(db: Queryable, captureId: string): Promise<CaptureRow | undefined> {
  const { rows } = await db.query<CaptureRow>(
    `select id, person_id as "personId", check_id as "checkId", session_id as "sessionId", kind, storage_key as "storageKey",
       taken_at as "takenAt"
     from identity_capture where bucket = $1 and id = $2`,
    [bucketOf(captureId), captureId],
  );
  return rows[0];
}
