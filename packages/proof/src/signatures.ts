import { ed25519 } from '@noble/curves/ed25519.js';
import { sm2 } from 'sm-crypto-v2';
import { fromBase64 } from './base64.ts';
import { toHex } from './hex.ts';
import {
  keyIdOf,
  type KeyPurpose,
  type PublicKeyEntry,
  type Signature,
  type SignatureAlgorithm,
} from './public-keys.ts';

/** GM/T 0009-2012 section 10: what goes into the hash for whoever has no identifier of his own. */
const SM2_USER_ID = '1234567812345678';

const KEY_BYTES: Record<SignatureAlgorithm, number> = { Ed25519: 32, SM2: 65, ES256: 65 };
const SIGNATURE_BYTES = 64;

/** Whether the bytes are a signature of the message under this key. Never throws: what cannot be read is no signature. */
export async function isSignatureOf(
  { algorithm, publicKey }: { algorithm: SignatureAlgorithm; publicKey: Uint8Array },
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== KEY_BYTES[algorithm] || signature.length !== SIGNATURE_BYTES) return false;
  try {
    if (algorithm === 'SM2') return isSm2Signature(publicKey, message, signature);
    // Phones of some years ago, and pages without https, have no Ed25519 of their own.
    if (algorithm === 'Ed25519') return ed25519.verify(signature, message, publicKey, { zip215: false });
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const imported = await crypto.subtle.importKey('raw', Uint8Array.from(publicKey), curve, false, ['verify']);
    const verify = { name: 'ECDSA', hash: 'SHA-256' };
    return await crypto.subtle.verify(verify, imported, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    return false;
  }
}

function isSm2Signature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return sm2.doVerifySignature(message, toHex(signature), toHex(publicKey), { hash: true, userId: SM2_USER_ID });
}

/** Why a signature counts, or why not. */
export type SignatureVerdict = 'valid' | 'unknown-key' | 'wrong-purpose' | 'invalid';

/**
 * Checks a signature against a list of keys. The name of a key is recomputed: a list that puts another key under a known name
 * is found out.
 */
export async function judgeSignature(
  keys: readonly Pick<PublicKeyEntry, 'keyId' | 'purpose' | 'algorithm' | 'publicKey'>[],
  purpose: KeyPurpose,
  message: Uint8Array,
  signature: Signature,
): Promise<SignatureVerdict> {
  const named = keys.filter((key) => key.keyId === signature.keyId);
  if (named.length === 0) return 'unknown-key';
  const key = named.find((one) => one.purpose === purpose && one.algorithm === signature.algorithm);
  if (!key) return 'wrong-purpose';
  try {
    const publicKey = fromBase64(key.publicKey);
    if (keyIdOf(key.algorithm, publicKey) !== key.keyId) return 'invalid';
    const isValid = await isSignatureOf({ algorithm: key.algorithm, publicKey }, message, fromBase64(signature.value));
    return isValid ? 'valid' : 'invalid';
  } catch (error) {
    if (error instanceof RangeError) return 'invalid';
    throw error;
  }
}
