import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import type { Platform } from '../../platform/module.ts';
import { keyOf } from '../../platform/signing/signing-key.ts';
import { didOf, keyUrlOf } from './did-of.ts';
import { documentLoaderOf } from './document-loader.ts';

type Signing = Pick<Platform, 'signing' | 'settings'>;

/** Adds a Data Integrity proof of the suite eddsa-rdfc-2022. */
export function signCredential({ signing, settings }: Signing, credential: object, now: Date) {
  const key = keyOf(signing, 'credential');
  const signer = {
    id: keyUrlOf(didOf(settings.publicUrl), key.keyId),
    algorithm: 'Ed25519',
    sign: ({ data }: { data: Uint8Array }) => key.sign(data),
  };
  return issue({
    credential,
    suite: new DataIntegrityProof({ signer, date: now, cryptosuite }),
    documentLoader: documentLoaderOf(settings.publicUrl, signing.published()),
    now,
  });
}

/** Whether a credential is one of ours, unchanged and in its term. Never throws. @returns problems, none if it holds */
export async function checkCredential(
  { signing, settings }: Signing,
  credential: object,
  now: Date,
): Promise<string[]> {
  try {
    const { verified, error } = await verifyCredential({
      credential,
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader: documentLoaderOf(settings.publicUrl, signing.published()),
      now,
      // Seconds. A term is what it says: the clock is the one that dated it. TRAP: at 0 the library takes equal times as different.
      maxClockSkew: 0.001,
    });
    if (verified) return [];
    const problems = (error?.errors ?? (error ? [error] : [])).map(({ message }) => message);
    return problems.length > 0 ? problems : ['not verified'];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
