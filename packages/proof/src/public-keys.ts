import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from './hex.ts';

/** Ed25519: RFC 8032. SM2: GB/T 32918.2 with SM3 and the user id of GM/T 0009. ES256: ECDSA over P-256 with SHA-256. */
export type SignatureAlgorithm = 'Ed25519' | 'SM2' | 'ES256';

/** What a key may sign; a key of one purpose proves nothing for another. */
export type KeyPurpose = 'document' | 'log' | 'pdf' | 'credential' | 'token';

/** A key as everybody may know it: an entry of `/.well-known/antu-keys.json`. */
export interface PublicKeyEntry {
  /** Follows from algorithm and key (`keyIdOf`), so that nobody can put another key under a known name. */
  readonly keyId: string;
  readonly purpose: KeyPurpose;
  readonly algorithm: SignatureAlgorithm;
  /** base64; Ed25519 32 bytes, SM2 and ES256 65 bytes (uncompressed point). */
  readonly publicKey: string;
  /** ISO instant. */
  readonly madeAt: string;
  /** ISO instant from which it signs nothing new; null while it signs. What it signed before stays valid. */
  readonly retiredAt: string | null;
}

export interface Signature {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** base64; 64 bytes in every algorithm (r ‖ s for SM2 and ES256). */
  readonly value: string;
}

/** 128 bits in hexadecimal: SHA-256 over the algorithm's name, a line feed and the bytes of the key. */
export function keyIdOf(algorithm: SignatureAlgorithm, publicKey: Uint8Array): string {
  const name = new TextEncoder().encode(`${algorithm}\n`);
  return toHex(sha256(Uint8Array.of(...name, ...publicKey))).slice(0, 32);
}
