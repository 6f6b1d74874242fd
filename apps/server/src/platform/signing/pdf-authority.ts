import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { fromBase64, keyIdOf, toBase64 } from '@antu/proof';
import { z } from 'zod';
import { unwrapSecret, wrapSecret } from '../crypto/key-file.ts';
import { StartError } from '../errors.ts';
import { readOrMakeSecret, readSecret } from '../key-files.ts';
import { type KeyMaterial, makeMaterial, signerOf } from './key-materials.ts';
import { makeCertificate } from './make-certificate.ts';

/** The authority of this instance, which certifies its keys for PDF until a real one is put in its place. */
export interface PdfAuthority {
  /** Own certificate first, then the authority's. DER. */
  certify(publicKey: Uint8Array, now: Date): Uint8Array[];
}

const FILE = 'signing-pdf-authority.json';
const LABEL = 'signing-key/pdf-authority';
const AUTHORITY_NAME = 'Antu PDF signing authority';
const KEY_NAME = 'Antu PDF signing key';
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 30 * 365;
const KEY_DAYS = 10 * 365;

const fileSchema = z.object({ publicKey: z.base64(), wrapped: z.base64url(), certificate: z.base64() });

/** Clocks of readers may be behind ours by a day. */
const termOf = (now: Date, days: number): { from: Date; until: Date } => ({
  from: new Date(now.getTime() - DAY_MS),
  until: new Date(now.getTime() + days * DAY_MS),
});

export async function openPdfAuthority(keyDir: string, master: Buffer, now: Date): Promise<PdfAuthority> {
  const text = await readOrMakeSecret(keyDir, FILE, () => JSON.stringify(newAuthority(master, now)));
  const kept = fileSchema.parse(JSON.parse(text));
  const issuerKey = fromBase64(kept.publicKey);
  const secret = unwrapSecret(master, LABEL, kept.wrapped, 'The key of the PDF authority');
  const sign = signerOf('ES256', { publicKey: issuerKey, secret });
  return {
    certify: (publicKey, at) => [
      makeCertificate({
        subject: KEY_NAME,
        issuer: AUTHORITY_NAME,
        publicKey,
        issuerKey,
        ...termOf(at, KEY_DAYS),
        isAuthority: false,
        sign,
      }),
      fromBase64(kept.certificate),
    ],
  };
}

function newAuthority(master: Buffer, now: Date): z.infer<typeof fileSchema> {
  const material = makeMaterial('ES256');
  const { publicKey } = material;
  const certificate = makeCertificate({
    subject: AUTHORITY_NAME,
    issuer: AUTHORITY_NAME,
    publicKey,
    issuerKey: publicKey,
    ...termOf(now, AUTHORITY_DAYS),
    isAuthority: true,
    sign: signerOf('ES256', material),
  });
  return {
    publicKey: toBase64(publicKey),
    wrapped: wrapSecret(master, LABEL, material.secret),
    certificate: toBase64(certificate),
  };
}

/** A key for PDF that somebody else certified. */
export interface OutsideKey extends KeyMaterial {
  readonly keyId: string;
  readonly certificates: readonly Uint8Array[];
  readonly madeAt: string;
}

export const OUTSIDE_KEY_FILE = 'pdf-key.pem';
export const OUTSIDE_CHAIN_FILE = 'pdf-chain.pem';

/** Key and chain that an operator put into the key directory; undefined if there is none. */
export async function readOutsideKey(keyDir: string): Promise<OutsideKey | undefined> {
  const pem = await readSecret(keyDir, OUTSIDE_KEY_FILE);
  if (pem === undefined) return undefined;
  const chain = (await readSecret(keyDir, OUTSIDE_CHAIN_FILE)) ?? '';
  const certificates = (chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (text) => new X509Certificate(text),
  );
  const key = createPrivateKey(pem);
  const [own] = certificates;
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new StartError(`${OUTSIDE_KEY_FILE} must hold a key on the curve P-256.`);
  if (!own?.checkPrivateKey(key))
    throw new StartError(`The first certificate of ${OUTSIDE_CHAIN_FILE} must belong to ${OUTSIDE_KEY_FILE}.`);
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const publicKey = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return {
    keyId: keyIdOf('ES256', publicKey),
    publicKey,
    secret: key.export({ format: 'der', type: 'pkcs8' }),
    certificates: certificates.map(({ raw }) => raw),
    madeAt: own.validFromDate.toISOString(),
  };
}
