import { type KeyPurpose, type PublicKeyEntry, type Signature, type SignatureAlgorithm, toBase64 } from '@antu/proof';

/**
 * A key that signs. Private material never leaves it: a key file today, a token of PKCS#11 or a signing service behind the same
 * interface, which is why it is asynchronous.
 */
export interface SigningKey {
  readonly keyId: string;
  readonly purpose: KeyPurpose;
  readonly algorithm: SignatureAlgorithm;
  /** Ed25519 32 bytes; SM2 and ES256 65 bytes (uncompressed point). */
  readonly publicKey: Uint8Array;
  /** Of keys for PDF: the own one first, then those above it, X.509 in DER. Otherwise empty. */
  readonly certificates: readonly Uint8Array[];
  /** @returns 64 bytes; r ‖ s for SM2 and ES256 */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface SigningKeys {
  /** The keys that sign for a purpose now, one for each of its algorithms, in the order of `purposeAlgorithms`. */
  keysOf(purpose: KeyPurpose): readonly SigningKey[];
  /** Every key there ever was, as everybody may know it. */
  published(): readonly PublicKeyEntry[];
}

/** Documents and log carry two signatures: one the world can check, one the national algorithm asks for. */
export const purposeAlgorithms: { readonly [Purpose in KeyPurpose]: readonly SignatureAlgorithm[] } = {
  document: ['Ed25519', 'SM2'],
  log: ['Ed25519', 'SM2'],
  pdf: ['ES256'],
  credential: ['Ed25519'],
  token: ['Ed25519'],
};

/** The only key of a purpose that has one algorithm. */
export function keyOf(keys: SigningKeys, purpose: 'pdf' | 'credential' | 'token'): SigningKey {
  const [key] = keys.keysOf(purpose);
  if (!key) throw new Error(`there is no key for ${purpose}`);
  return key;
}

/** Signs with every key of the purpose. */
export const signWithAll = (keys: SigningKeys, purpose: KeyPurpose, bytes: Uint8Array): Promise<Signature[]> =>
  Promise.all(
    keys.keysOf(purpose).map(async (key) => ({
      keyId: key.keyId,
      algorithm: key.algorithm,
      value: toBase64(await key.sign(bytes)),
    })),
  );
