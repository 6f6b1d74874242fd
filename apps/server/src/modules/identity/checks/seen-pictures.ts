import type { Queryable } from '../../../platform/database/pool.ts';
import { leastIdAt } from './least-id.ts';
import type { ArrivedFrame } from '../files/frame-files.ts';
import type { Challenge } from './challenge-rows.ts';
import { shortSha } from './check-rows.ts';
import { limitsOfChallenge } from './write-verdict.ts';

const DAY_MS = 86_400_000;

/**
 * Whether one of these pictures arrived before for this person, byte for byte: in an earlier check, kept or not, or as a picture
 * in passing. No camera gives the same bytes twice.
 */
export async function werePicturesSeen(
  db: Queryable,
  challenge: Pick<Challenge, 'bucket' | 'id' | 'personId' | 'createdAt'>,
  frames: readonly Pick<ArrivedFrame, 'sha256Hex'>[],
  nowMs: number,
): Promise<boolean> {
  if (frames.length === 0) return false;
  const sinceMs = nowMs - limitsOfChallenge(challenge).replayDays * DAY_MS;
  const { rows } = await db.query<{ seen: boolean }>(
    `select exists (
       select from identity_capture
       where bucket = $1 and person_id = $2 and sha256 = any($3::bytea[]) and taken_at >= $4
     ) or exists (
       select from identity_check
       where bucket = $1 and person_id = $2 and id >= $5 and id <> $6 and detail ~ $7
     ) as seen`,
    [
      challenge.bucket,
      challenge.personId,
      frames.map(({ sha256Hex }) => Buffer.from(sha256Hex, 'hex')),
      new Date(sinceMs),
      leastIdAt(sinceMs),
      challenge.id,
      frames.map(({ sha256Hex }) => `"${shortSha(sha256Hex)}"`).join('|'),
    ],
  );
  return rows[0]?.seen ?? false;
}
