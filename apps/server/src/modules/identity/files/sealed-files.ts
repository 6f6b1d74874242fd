import { buffer } from 'node:stream/consumers';
import { bucketOf } from '@antu/domain';
import type { Platform } from '../../../platform/module.ts';

type Files = Pick<Platform, 'keys' | 'storage'>;

const PURPOSE = 'identity.picture';

/** Everything of a person lies below one prefix, so that one deletion leaves nothing, not even what a crash left behind. */
export const personPrefix = (personId: string): string => `identity/${bucketOf(personId)}/${personId}`;

export const enrolmentPictureKey = (personId: string, enrolmentId: string): string =>
  `${personPrefix(personId)}/enrolment/${enrolmentId}`;
/** Pictures of a check that is going on. */
export const challengePrefix = (personId: string, challengeId: string): string =>
  `${personPrefix(personId)}/challenges/${challengeId}`;
/** Pictures that are kept of a check. */
export const checkCapturePrefix = (personId: string, challengeId: string): string =>
  `${personPrefix(personId)}/captures/${challengeId}`;
export const snapshotKey = (personId: string, captureId: string): string =>
  `${personPrefix(personId)}/snapshots/${captureId}`;

/** Writes a file that only this server can read, bound to its key: copied elsewhere it does not open. */
export async function putSealed({ keys, storage }: Files, key: string, bytes: Uint8Array): Promise<void> {
  await storage.put(key, keys.encrypt(PURPOSE, bytes, key));
}

/** The bytes of a sealed file; undefined if there is none. Throws if it was changed or belongs elsewhere. */
export async function readSealed({ keys, storage }: Files, key: string): Promise<Buffer | undefined> {
  const file = await storage.get(key);
  if (!file) return undefined;
  return keys.decryptBytes(PURPOSE, await buffer(file.stream), key);
}
