import { base58 } from './base58.ts';
import type { PublicKeyEntry } from '@antu/proof';
import { fromBase64 } from '@antu/proof';

/** Multicodec prefix of an Ed25519 public key (W3C Controlled Identifiers, Multikey). */
const ED25519_PUBLIC = Uint8Array.of(0xed, 0x01);

/** The platform as issuer: did:web of its public address. A port is written with %3A, a path with colons. */
export function didOf(publicUrl: string): string {
  const { host, pathname } = new URL(publicUrl);
  const path = pathname.split('/').filter(Boolean).map(encodeURIComponent);
  return ['did:web', host.replace(':', '%3A'), ...path].join(':');
}

export const keyUrlOf = (did: string, keyId: string): string => `${did}#${keyId}`;

/** A verification method as the DID document lists it. */
export const multikeyOf = (did: string, { keyId, publicKey }: Pick<PublicKeyEntry, 'keyId' | 'publicKey'>) => ({
  '@context': 'https://w3id.org/security/multikey/v1',
  id: keyUrlOf(did, keyId),
  type: 'Multikey',
  controller: did,
  publicKeyMultibase: `z${base58(Uint8Array.of(...ED25519_PUBLIC, ...fromBase64(publicKey)))}`,
});

/** The DID document: every key that ever signed credentials, so that old ones still verify. */
export function didDocumentOf(publicUrl: string, published: readonly PublicKeyEntry[]) {
  const did = didOf(publicUrl);
  const methods = published.filter(({ purpose }) => purpose === 'credential').map((key) => multikeyOf(did, key));
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: methods.map(({ '@context': _context, ...method }) => method),
    assertionMethod: methods.map(({ id }) => id),
  };
}
