import { buffer } from 'node:stream/consumers';
import { bucketOf } from '@antu/domain';
import type { Platform } from '../../platform/module.ts';

type Files = Pick<Platform, 'keys' | 'storage'>;

const PURPOSE = 'documents.photo';

/** All pictures of a person lie below one prefix, so that one deletion leaves nothing. */
export const photoKeyOf = (personId: string, documentId: string): string =>
  `documents/${bucketOf(personId)}/${personId}/${documentId}/photo`;

export async function putPhoto({ keys, storage }: Files, key: string, bytes: Uint8Array): Promise<void> {
  await storage.put(key, keys.encrypt(PURPOSE, bytes, key));
}

/** The picture; undefined if it was deleted. Throws if the file was changed. */
export async function readPhoto({ keys, storage }: Files, key: string): Promise<Buffer | undefined> {
  const file = await storage.get(key);
  return file ? keys.decryptBytes(PURPOSE, await buffer(file.stream), key) : undefined;
}
