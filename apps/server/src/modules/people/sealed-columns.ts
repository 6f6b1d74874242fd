import { maskIdNumber, maskName, normaliseName, placeInBucket } from '@antu/domain';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { uuidv7 } from '../../platform/ids.ts';

/**
 * The bucket of a person follows from the ID number by a keyed hash, and the id is placed in that bucket: one number
 * always leads to one bucket, where the unique key refuses it a second time.
 */
export const personBucketOf = (keys: KeyRing, idNumber: string): number =>
  (keys.blindIndex('person.bucket', idNumber)[0] ?? 0) & 63;

export const makePersonId = (keys: KeyRing, idNumber: string, nowMs: number): string =>
  placeInBucket(uuidv7(nowMs), personBucketOf(keys, idNumber));

export const idNumberIndex = (keys: KeyRing, idNumber: string): Buffer => keys.blindIndex('person.id-number', idNumber);
export const nameIndex = (keys: KeyRing, name: string): Buffer => keys.blindIndex('person.name', normaliseName(name));

export const sealName = (keys: KeyRing, name: string, personId: string): Buffer =>
  keys.encrypt('person.name', normaliseName(name), personId);
export const openName = (keys: KeyRing, box: Buffer, personId: string): string =>
  keys.decrypt('person.name', box, personId);

export const sealIdNumber = (keys: KeyRing, idNumber: string, personId: string): Buffer =>
  keys.encrypt('person.id-number', idNumber, personId);
export const openIdNumber = (keys: KeyRing, box: Buffer, personId: string): string =>
  keys.decrypt('person.id-number', box, personId);

/** The name as lists show it; empty for somebody whose data were erased. */
export const openMaskedName = (keys: KeyRing, box: Buffer, personId: string): string =>
  box.length > 0 ? maskName(openName(keys, box, personId)) : '';
/** The ID number as lists show it; empty for somebody whose data were erased. */
export const openMaskedIdNumber = (keys: KeyRing, box: Buffer, personId: string): string =>
  box.length > 0 ? maskIdNumber(openIdNumber(keys, box, personId)) : '';

export const sealDisplayName = (keys: KeyRing, name: string, accountId: string): Buffer =>
  keys.encrypt('account.display-name', normaliseName(name), accountId);
export const openDisplayName = (keys: KeyRing, box: Buffer, accountId: string): string =>
  keys.decrypt('account.display-name', box, accountId);

export const sealTotpSecret = (keys: KeyRing, secret: string, accountId: string): Buffer =>
  keys.encrypt('account.totp', secret, accountId);
export const openTotpSecret = (keys: KeyRing, box: Buffer, accountId: string): string =>
  keys.decrypt('account.totp', box, accountId);
