import { type LeafKind, leafKinds } from './leaf.ts';
import type { PublicKeyEntry, Signature } from './public-keys.ts';

/** That a fact is in the log, for whoever has the fact's text. Bytes in base64. */
export type LeafProof = {
  index: number;
  treeSize: number;
  path: string[];
  /** The signed note over the tree. */
  checkpoint: string;
  salt: string;
};

/** A fact with everything that proves it. */
export type ProvedStatement = {
  kind: LeafKind;
  /** Canonical JSON: exactly what was hashed and signed. */
  text: string;
  /** By keys for documents, over the UTF-8 bytes of the text. None on hours, which the log alone vouches for. */
  signatures: Signature[];
  proof: LeafProof;
};

/** A key as a bundle carries it. Whoever trusts nobody brings his own list. */
export type BundleKey = Pick<PublicKeyEntry, 'keyId' | 'purpose' | 'algorithm' | 'publicKey'>;

/** A document, what happened to it since, and the hours it may rest on: checked without asking anybody. */
export type ProofBundle = {
  format: 'antu-proof-v1';
  /** The document first. */
  statements: ProvedStatement[];
  /** The keys that signed, no others. */
  keys: BundleKey[];
};

/** Statements of one bundle at most. */
const MOST_STATEMENTS = 2000;

/** Reads a bundle strictly: a member that is missing, unknown or of another type throws a RangeError that names it. */
export function readBundle(value: unknown): ProofBundle {
  const bundle = members(value, 'bundle', ['format', 'keys', 'statements']);
  if (bundle.format !== 'antu-proof-v1') throw new RangeError('bundle: not of the format antu-proof-v1');
  const statements = list(bundle.statements, 'statements').map(readStatement);
  if (statements.length === 0 || statements.length > MOST_STATEMENTS || statements[0]?.kind !== 'document')
    throw new RangeError('bundle: does not begin with a document');
  return { format: 'antu-proof-v1', statements, keys: list(bundle.keys, 'keys').map(readKey) };
}

function readStatement(value: unknown): ProvedStatement {
  const { kind, text, signatures, proof } = members(value, 'statement', ['kind', 'proof', 'signatures', 'text']);
  const known = leafKinds.find((one) => one === kind);
  if (!known) throw new RangeError('statement: unknown kind');
  return {
    kind: known,
    text: string(text, 'text'),
    signatures: list(signatures, 'signatures').map(readSignature),
    proof: readProof(proof),
  };
}

function readProof(value: unknown): LeafProof {
  const proof = members(value, 'proof', ['checkpoint', 'index', 'path', 'salt', 'treeSize']);
  const { index, treeSize } = proof;
  if (typeof index !== 'number' || typeof treeSize !== 'number') throw new RangeError('proof: no place in the log');
  return {
    index,
    treeSize,
    path: list(proof.path, 'path').map((step) => string(step, 'path')),
    checkpoint: string(proof.checkpoint, 'checkpoint'),
    salt: string(proof.salt, 'salt'),
  };
}

function readSignature(value: unknown): Signature {
  const { keyId, algorithm, value: bytes } = members(value, 'signature', ['algorithm', 'keyId', 'value']);
  return { keyId: string(keyId, 'keyId'), algorithm: algorithmOf(algorithm), value: string(bytes, 'value') };
}

function readKey(value: unknown): BundleKey {
  const { keyId, purpose, algorithm, publicKey } = members(value, 'key', [
    'algorithm',
    'keyId',
    'publicKey',
    'purpose',
  ]);
  if (purpose !== 'document' && purpose !== 'log') throw new RangeError('key: signs neither documents nor the log');
  return {
    keyId: string(keyId, 'keyId'),
    purpose,
    algorithm: algorithmOf(algorithm),
    publicKey: string(publicKey, 'publicKey'),
  };
}

function algorithmOf(value: unknown): 'Ed25519' | 'SM2' {
  if (value !== 'Ed25519' && value !== 'SM2') throw new RangeError('unknown algorithm');
  return value;
}

function members(value: unknown, what: string, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Object.keys(value).toSorted().join() !== names.join())
    throw new RangeError(`${what}: not the members ${names.join(', ')}`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${what}: no list`);
  return value;
}

function string(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new RangeError(`${what}: no text`);
  return value;
}
