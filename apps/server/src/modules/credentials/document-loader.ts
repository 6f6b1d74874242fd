import { contexts } from '@digitalbazaar/credentials-context';
import type { PublicKeyEntry } from '@antu/proof';
import { didDocumentOf, didOf, multikeyOf } from './did-of.ts';

/** Answers from what the server holds: a credential never makes it fetch an address. */
export function documentLoaderOf(publicUrl: string, published: readonly PublicKeyEntry[]) {
  const did = didOf(publicUrl);
  const known = new Map<string, object>(contexts);
  known.set(did, didDocumentOf(publicUrl, published));
  for (const key of published)
    if (key.purpose === 'credential') {
      const method = multikeyOf(did, key);
      known.set(method.id, method);
    }
  return async (url: string) => {
    const document = known.get(url);
    if (!document) throw new Error(`${url} is not known here`);
    return { contextUrl: null, documentUrl: url, document };
  };
}
