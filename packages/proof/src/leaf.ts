import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64 } from './base64.ts';

/** What a leaf stands for. */
export const leafKinds = ['hours', 'document', 'document-event'] as const;
export type LeafKind = (typeof leafKinds)[number];

/** Length of the salt of a leaf, bytes. */
export const SALT_BYTES = 16;

/** SHA-256 of the canonical text of a fact. */
export function digestOf(text: string): Uint8Array {
  return sha256(new TextEncoder().encode(text));
}

/** What the log holds instead of the fact: SHA-256(salt ‖ SHA-256(text)). Without the salt nobody can try texts against it. */
export function commitmentOf(salt: Uint8Array, digest: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(...salt, ...digest));
}

/** The data of a leaf, as it stands in the log for everybody. */
export function leafData(kind: LeafKind, commitment: Uint8Array): Uint8Array {
  return new TextEncoder().encode(`{"commitment":"${toBase64(commitment)}","kind":"${kind}","v":1}`);
}
