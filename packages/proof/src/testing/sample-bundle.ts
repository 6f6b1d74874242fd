import { generateKeyPairSync, sign } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import {
  type BundleKey,
  checkpointText,
  commitmentOf,
  consistencyPath,
  digestOf,
  formatNote,
  fromHex,
  inclusionPath,
  keyIdOf,
  leafData,
  leafHash,
  type LeafKind,
  noteKeyHash,
  type ProofBundle,
  type ReadNode,
  rootOf,
  toBase64,
  toHex,
} from '../index.ts';

type SampleKey = BundleKey & { bytes: Uint8Array; sign(message: Uint8Array): Uint8Array };

function ed25519Key(purpose: 'document' | 'log'): SampleKey {
  const pair = generateKeyPairSync('ed25519');
  const bytes = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return sampleKey(purpose, 'Ed25519', bytes, (message) => sign(null, message, pair.privateKey));
}

function sm2Key(purpose: 'document' | 'log'): SampleKey {
  const pair = sm2.generateKeyPairHex();
  const bytes = fromHex(pair.publicKey);
  const options = { hash: true, publicKey: toHex(bytes), userId: '1234567812345678' };
  return sampleKey(purpose, 'SM2', bytes, (message) => fromHex(sm2.doSignature(message, pair.privateKey, options)));
}

const sampleKey = (
  purpose: 'document' | 'log',
  algorithm: 'Ed25519' | 'SM2',
  bytes: Uint8Array,
  signer: (message: Uint8Array) => Uint8Array,
): SampleKey => ({
  keyId: keyIdOf(algorithm, bytes),
  purpose,
  algorithm,
  publicKey: toBase64(bytes),
  bytes,
  sign: signer,
});

const bytesOf = (text: string) => new TextEncoder().encode(text);
const bare = ({ keyId, purpose, algorithm, publicKey }: SampleKey): BundleKey => ({
  keyId,
  purpose,
  algorithm,
  publicKey,
});

const makeSigners = () => ({
  forDocuments: [ed25519Key('document'), sm2Key('document')],
  forLog: [ed25519Key('log'), sm2Key('log')],
});

/** An issuer with a log of its own, for tests of whoever checks. `signers` of another one: a second log under the same keys. */
export function sampleIssuer(origin = 'antu.example/log', { signers = makeSigners() } = {}) {
  const { forDocuments, forLog } = signers;
  const salt = new Uint8Array(16).fill(5);
  const leaves: Uint8Array[] = [];
  const nodeOf =
    (size: number): ReadNode =>
    async (level, index) =>
      rootOf(leaves.slice(0, size).slice(index * 2 ** level, (index + 1) * 2 ** level));
  const checkpoint = (size = leaves.length): string => {
    const text = checkpointText({ origin, size, root: rootOf(leaves.slice(0, size)) });
    const lines = forLog.map((key) => ({
      name: origin,
      keyHash: noteKeyHash(origin, key.algorithm === 'SM2' ? 'sm2-sm3' : 'ed25519', key.bytes),
      signature: key.sign(bytesOf(text)),
    }));
    return formatNote(text, lines);
  };
  return {
    signers,
    keys: [...forDocuments, ...forLog].map(bare),
    checkpoint,
    /** Puts a fact into the log. @returns its place */
    add: (kind: LeafKind, text: string): number =>
      leaves.push(leafHash(leafData(kind, commitmentOf(salt, digestOf(text))))) - 1,
    bundle: async (facts: readonly { kind: LeafKind; text: string; index: number }[]): Promise<ProofBundle> => ({
      format: 'antu-proof-v1',
      keys: [...forDocuments, ...forLog].map(bare),
      statements: await Promise.all(
        facts.map(async ({ kind, text, index }) => ({
          kind,
          text,
          signatures:
            kind === 'hours'
              ? []
              : forDocuments.map((key) => ({
                  keyId: key.keyId,
                  algorithm: key.algorithm,
                  value: toBase64(key.sign(bytesOf(text))),
                })),
          proof: {
            index,
            treeSize: leaves.length,
            path: (await inclusionPath(nodeOf(leaves.length), index, leaves.length)).map(toBase64),
            checkpoint: checkpoint(),
            salt: toBase64(salt),
          },
        })),
      ),
    }),
    consistency: async (oldSize: number, size: number) => ({
      oldSize,
      size,
      path: (await consistencyPath(nodeOf(size), oldSize, size)).map(toBase64),
    }),
  };
}
