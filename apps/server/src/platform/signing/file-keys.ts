import {
  fromBase64,
  keyIdOf,
  type KeyPurpose,
  type PublicKeyEntry,
  type SignatureAlgorithm,
  toBase64,
} from '@antu/proof';
import { z } from 'zod';
import { readMasterKey, unwrapSecret, wrapSecret } from '../crypto/key-file.ts';
import { StartError } from '../errors.ts';
import { readOrMakeSecret, replaceSecret } from '../key-files.ts';
import { makeMaterial, signerOf } from './key-materials.ts';
import { openPdfAuthority, type OutsideKey, type PdfAuthority, readOutsideKey } from './pdf-authority.ts';
import { purposeAlgorithms, type SigningKey, type SigningKeys } from './signing-key.ts';

const fileSchema = z.object({
  keys: z
    .array(
      z.object({
        keyId: z.string(),
        algorithm: z.enum(['Ed25519', 'SM2', 'ES256']),
        publicKey: z.base64(),
        madeAt: z.iso.datetime(),
        retiredAt: z.iso.datetime().nullable(),
        /** The private half under the master key, base64url. */
        wrapped: z.base64url(),
        /** Of keys for PDF: chain in DER, base64. */
        certificates: z.array(z.base64()).optional(),
      }),
    )
    .min(1),
});
type KeyFile = z.infer<typeof fileSchema>;
type FileKey = KeyFile['keys'][number];

export const signingPurposes = Object.keys(purposeAlgorithms) as KeyPurpose[];
const nameOf = (purpose: KeyPurpose): string => `signing-${purpose}.json`;

/** Opens the signing keys of a key directory; makes those that are missing. Processes that start at once get the same ones. */
export async function openSigningKeys(keyDir: string, now: Date): Promise<SigningKeys> {
  const master = await readMasterKey(keyDir);
  const files = new Map<KeyPurpose, KeyFile>();
  for (const purpose of signingPurposes) {
    files.set(purpose, await readFileOf(keyDir, master, purpose, now));
  }
  const current = new Map([...files].map(([purpose, file]) => [purpose, currentKeys(master, purpose, file)]));
  const outside = await readOutsideKey(keyDir);
  if (outside) current.set('pdf', [signingKeyOf('pdf', 'ES256', outside)]);
  const published = [...files].flatMap(([purpose, { keys }]) =>
    keys.map(
      ({ keyId, algorithm, publicKey, madeAt, retiredAt }): PublicKeyEntry => ({
        keyId,
        purpose,
        algorithm,
        publicKey,
        madeAt,
        retiredAt,
      }),
    ),
  );
  if (outside) published.push(entryOf(outside));
  return { keysOf: (purpose) => current.get(purpose) ?? [], published: () => published };
}

const entryOf = ({ keyId, publicKey, madeAt }: OutsideKey): PublicKeyEntry => ({
  keyId,
  purpose: 'pdf',
  algorithm: 'ES256',
  publicKey: toBase64(publicKey),
  madeAt,
  retiredAt: null,
});

/** Retires the keys of a purpose and makes new ones. Running processes use them after a restart. @returns the new keys' names */
export async function rotateSigningKey(keyDir: string, purpose: KeyPurpose, now: Date): Promise<string[]> {
  const master = await readMasterKey(keyDir);
  const { keys } = await readFileOf(keyDir, master, purpose, now);
  const retired = keys.map((key) => ({ ...key, retiredAt: key.retiredAt ?? now.toISOString() }));
  const made = newKeys(master, purpose, now, await authorityFor(keyDir, master, purpose, now));
  await replaceSecret(keyDir, nameOf(purpose), JSON.stringify({ keys: [...retired, ...made] } satisfies KeyFile));
  return made.map(({ keyId }) => keyId);
}

async function readFileOf(keyDir: string, master: Buffer, purpose: KeyPurpose, now: Date): Promise<KeyFile> {
  const authority = await authorityFor(keyDir, master, purpose, now);
  const text = await readOrMakeSecret(keyDir, nameOf(purpose), () =>
    JSON.stringify({ keys: newKeys(master, purpose, now, authority) } satisfies KeyFile),
  );
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new StartError(`The key file ${nameOf(purpose)} cannot be read: restore it from the back-up.`);
  return parsed.data;
}

const authorityFor = async (keyDir: string, master: Buffer, purpose: KeyPurpose, now: Date) =>
  purpose === 'pdf' ? openPdfAuthority(keyDir, master, now) : undefined;

const newKeys = (master: Buffer, purpose: KeyPurpose, now: Date, authority: PdfAuthority | undefined): FileKey[] =>
  purposeAlgorithms[purpose].map((algorithm) => {
    const material = makeMaterial(algorithm);
    const keyId = keyIdOf(algorithm, material.publicKey);
    return {
      keyId,
      algorithm,
      publicKey: toBase64(material.publicKey),
      madeAt: now.toISOString(),
      retiredAt: null,
      wrapped: wrapSecret(master, labelOf(purpose, keyId), material.secret),
      ...(authority ? { certificates: authority.certify(material.publicKey, now).map(toBase64) } : {}),
    };
  });

const labelOf = (purpose: KeyPurpose, keyId: string): string => `signing-key/${purpose}/${keyId}`;

function currentKeys(master: Buffer, purpose: KeyPurpose, { keys }: KeyFile): SigningKey[] {
  return purposeAlgorithms[purpose].map((algorithm) => {
    const kept = keys.findLast((key) => key.algorithm === algorithm && key.retiredAt === null);
    if (!kept) throw new StartError(`The key file ${nameOf(purpose)} holds no key that signs with ${algorithm}.`);
    const { keyId } = kept;
    const publicKey = fromBase64(kept.publicKey);
    const secret = unwrapSecret(master, labelOf(purpose, keyId), kept.wrapped, `The signing key ${keyId}`);
    const certificates = (kept.certificates ?? []).map(fromBase64);
    return signingKeyOf(purpose, algorithm, { keyId, publicKey, secret, certificates });
  });
}

function signingKeyOf(
  purpose: KeyPurpose,
  algorithm: SignatureAlgorithm,
  { keyId, publicKey, secret, certificates }: Omit<OutsideKey, 'madeAt'>,
): SigningKey {
  const sign = signerOf(algorithm, { publicKey, secret });
  return { keyId, purpose, algorithm, publicKey, certificates, sign: async (bytes) => sign(bytes) };
}
