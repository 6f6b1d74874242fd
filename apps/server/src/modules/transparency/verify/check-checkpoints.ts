import { isSignatureOf, noteKeyHash, type PublicKeyEntry, parseCheckpoint, sameBytes, fromBase64 } from '@antu/proof';
import type { StoredCheckpoint } from '../checkpoints.ts';

/** What is wrong with a stored checkpoint by itself: its note says something else, or is not signed by the log's keys. */
export async function judgeCheckpoint(
  { size, root, note }: StoredCheckpoint,
  keys: readonly PublicKeyEntry[],
): Promise<string | undefined> {
  try {
    const read = parseCheckpoint(note);
    if (read.size !== size || !sameBytes(read.root, root)) return 'the note is of another tree';
    const message = new TextEncoder().encode(read.text);
    for (const algorithm of ['Ed25519', 'SM2'] as const) {
      const signed = keys
        .filter((key) => key.purpose === 'log' && key.algorithm === algorithm)
        .map(async (key) => {
          const publicKey = fromBase64(key.publicKey);
          const hash = noteKeyHash(read.origin, algorithm === 'SM2' ? 'sm2-sm3' : 'ed25519', publicKey);
          const line = read.signatures.find((one) => one.name === read.origin && sameBytes(one.keyHash, hash));
          return line !== undefined && (await isSignatureOf({ algorithm, publicKey }, message, line.signature));
        });
      if (!(await Promise.all(signed)).includes(true)) return `no key of the log signed it with ${algorithm}`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
