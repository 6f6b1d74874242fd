import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { fromHex, type SignatureAlgorithm, toHex } from '@antu/proof';
import { sm2 } from 'sm-crypto-v2';

/** A pair as it is kept: the private half as PKCS#8 (Ed25519, ES256) or as the 32 bytes of the number (SM2). */
export interface KeyMaterial {
  readonly publicKey: Uint8Array;
  readonly secret: Uint8Array;
}

/** GM/T 0009-2012 section 10: the user id of whoever has no identifier of his own. */
const SM2_USER_ID = '1234567812345678';

const bytesOf = (base64url: string | undefined): Buffer => Buffer.from(base64url ?? '', 'base64url');

const pkcs8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });

const makers: { readonly [Algorithm in SignatureAlgorithm]: () => KeyMaterial } = {
  Ed25519: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return { publicKey: bytesOf(publicKey.export({ format: 'jwk' }).x), secret: pkcs8(privateKey) };
  },
  ES256: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    return { publicKey: Buffer.concat([Buffer.of(4), bytesOf(x), bytesOf(y)]), secret: pkcs8(privateKey) };
  },
  // TRAP: Node signs on the curve SM2 too, but without the user id, and nobody else verifies that.
  SM2: () => {
    const pair = sm2.generateKeyPairHex();
    return { publicKey: fromHex(pair.publicKey), secret: fromHex(pair.privateKey.padStart(64, '0')) };
  },
};

export const makeMaterial = (algorithm: SignatureAlgorithm): KeyMaterial => makers[algorithm]();

/** How a pair signs. The key is read once. */
export function signerOf(
  algorithm: SignatureAlgorithm,
  { publicKey, secret }: KeyMaterial,
): (bytes: Uint8Array) => Uint8Array {
  if (algorithm === 'SM2') {
    const options = { hash: true, publicKey: toHex(publicKey), userId: SM2_USER_ID };
    return (bytes) => fromHex(sm2.doSignature(bytes, toHex(secret), options));
  }
  const key = createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
  return algorithm === 'Ed25519'
    ? (bytes) => sign(null, bytes, key)
    : (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' });
}
