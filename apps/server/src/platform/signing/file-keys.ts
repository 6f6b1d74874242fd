import { fromBase64, keyIdOf, type KeyPurpose, toBase64 } from '@antu/proof';
import { z } from 'zod';
import { readMasterKey, unwrapSecret, wrapSecret } from '../crypto/key-file.ts';
import { StartError } from '../errors.ts';
import { readOrMakeSecret, replaceSecret } from '../key-files.ts';
import { makeMaterial, signerOf } from './key-materials.ts';
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
  const published = [...files].flatMap(([purpose, { keys }]) =>
    keys.map(({ keyId, algorithm, publicKey, madeAt, retiredAt }) => ({
      keyId,
      purpose,
      algorithm,
      publicKey,
      madeAt,
      retiredAt,
    })),
  );
  return { keysOf: (purpose) => current.get(purpose) ?? [], published: () => published };
}

/** Retires the keys of a purpose and makes new ones. Running processes use them after a restart. @returns the new keys' names */
export async function rotateSigningKey(keyDir: string, purpose: KeyPurpose, now: Date): Promise<string[]> {
  const master = await readMasterKey(keyDir);
  const { keys } = await readFileOf(keyDir, master, purpose, now);
  const retired = keys.map((key) => ({ ...key, retiredAt: key.retiredAt ?? now.toISOString() }));
  const made = newKeys(master, purpose, now);
  await replaceSecret(keyDir, nameOf(purpose), JSON.stringify({ keys: [...retired, ...made] } satisfies KeyFile));
  return made.map(({ keyId }) => keyId);
}

async function readFileOf(keyDir: string, master: Buffer, purpose: KeyPurpose, now: Date): Promise<KeyFile> {
  const text = await readOrMakeSecret(keyDir, nameOf(purpose), () =>
    JSON.stringify({ keys: newKeys(master, purpose, now) } satisfies KeyFile),
  );
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new StartError(`The key file ${nameOf(purpose)} cannot be read: restore it from the back-up.`);
  return parsed.data;
}

const newKeys = (master: Buffer, purpose: KeyPurpose, now: Date): FileKey[] =>
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
    const sign = signerOf(algorithm, { publicKey, secret });
    return { keyId, purpose, algorithm, publicKey, sign: async (bytes) => sign(bytes) };
  });
}
