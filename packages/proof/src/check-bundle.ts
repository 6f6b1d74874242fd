import { fromBase64 } from './base64.ts';
import { type BundleKey, type ProofBundle, type ProvedStatement, readBundle } from './bundle.ts';
import { isConsistent, isIncluded } from './check-proofs.ts';
import { type NoteAlgorithm, noteKeyHash, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { commitmentOf, digestOf, leafData, SALT_BYTES } from './leaf.ts';
import { checkChain } from './check-chain.ts';
import { leafHash, sameBytes } from './merkle.ts';
import { isSignatureOf, judgeSignature } from './signatures.ts';

export type CheckName =
  | 'format'
  | 'chain'
  | 'keys'
  | 'signature-ed25519'
  | 'signature-sm2'
  | 'inclusion'
  | 'log-signature-ed25519'
  | 'log-signature-sm2'
  | 'history';

/** `open`: nothing speaks against it, but what would prove it was not given. */
export type CheckOutcome = 'passed' | 'failed' | 'open';

export type Check = {
  name: CheckName;
  outcome: CheckOutcome;
  /** Number of the statement it is about, from 0; null: the whole. */
  statement: number | null;
  /** One English line for whoever looks closer. */
  detail: string;
};

export type BundleReport = {
  /** `unpinned`: everything fits together, but by keys that came with the bundle itself. */
  outcome: 'valid' | 'unpinned' | 'invalid';
  checks: Check[];
  bundle: ProofBundle | undefined;
};

export type CheckOptions = {
  /** Keys from elsewhere that are trusted; without them those of the bundle are used. */
  keys?: readonly BundleKey[];
  /** A checkpoint seen earlier: the log must continue it. */
  oldCheckpoint?: string;
  /** Proof that it does (`/log/consistency/<old>/<new>`); not needed if both are of one size. */
  consistency?: { oldSize: number; size: number; path: readonly string[] };
};

/** Checks everything that a bundle claims, without network and without trust in whoever made it. Never throws. */
export async function checkBundle(value: unknown, options: CheckOptions = {}): Promise<BundleReport> {
  let bundle: ProofBundle;
  try {
    bundle = readBundle(value);
  } catch (error) {
    return { outcome: 'invalid', bundle: undefined, checks: [failed('format', null, messageOf(error))] };
  }
  const keys = options.keys ?? bundle.keys;
  const used = new Set<string>();
  const checks: Check[] = [passed('format', null, `${bundle.statements.length} statements`)];
  for (const [index, statement] of bundle.statements.entries()) {
    const about = await guarded(index, async () => [
      ...(await checkSignatures(statement, index, keys, used)),
      ...(await checkInclusion(statement, index, keys, used)),
    ]);
    checks.push(...about);
  }
  const broken = checkChain(bundle.statements);
  checks.push(
    broken === undefined ? passed('chain', null, 'every event follows the document') : failed('chain', null, broken),
  );
  checks.push(checkKeys(bundle, options.keys, used));
  if (options.oldCheckpoint !== undefined)
    checks.push(...(await checkHistory(bundle, options, options.oldCheckpoint, keys)));
  const outcome = checks.some((check) => check.outcome === 'failed')
    ? 'invalid'
    : checks.some((check) => check.outcome === 'open')
      ? 'unpinned'
      : 'valid';
  return { outcome, checks, bundle };
}

async function checkSignatures(
  { kind, text, signatures }: ProvedStatement,
  index: number,
  keys: readonly BundleKey[],
  used: Set<string>,
): Promise<Check[]> {
  if (kind === 'hours')
    return signatures.length === 0 ? [] : [failed('signature-ed25519', index, 'hours carry no signatures')];
  const message = new TextEncoder().encode(text);
  const checks: Check[] = [];
  for (const algorithm of ['Ed25519', 'SM2'] as const) {
    const name = algorithm === 'Ed25519' ? 'signature-ed25519' : 'signature-sm2';
    const [signature, ...others] = signatures.filter((one) => one.algorithm === algorithm);
    if (!signature || others.length > 0) {
      checks.push(failed(name, index, `${signature ? 'more than one signature' : 'no signature'} of ${algorithm}`));
      continue;
    }
    const verdict = await judgeSignature(keys, 'document', message, signature);
    if (verdict === 'valid') used.add(signature.keyId);
    checks.push(verdict === 'valid' ? passed(name, index, `key ${signature.keyId}`) : failed(name, index, verdict));
  }
  return checks;
}

async function checkInclusion(
  { kind, text, proof }: ProvedStatement,
  index: number,
  keys: readonly BundleKey[],
  used: Set<string>,
): Promise<Check[]> {
  const checkpoint = parseCheckpoint(proof.checkpoint);
  const salt = fromBase64(proof.salt);
  const leaf = leafHash(leafData(kind, commitmentOf(salt, digestOf(text))));
  const isIn =
    salt.length === SALT_BYTES &&
    proof.treeSize === checkpoint.size &&
    isIncluded({
      index: proof.index,
      size: checkpoint.size,
      leaf,
      path: proof.path.map(fromBase64),
      root: checkpoint.root,
    });
  const place = `leaf ${proof.index} of ${checkpoint.size} in ${checkpoint.origin}`;
  return [
    isIn ? passed('inclusion', index, place) : failed('inclusion', index, `not ${place}`),
    ...(await checkNote(checkpoint, index, keys, used)),
  ];
}

const noteAlgorithms: Record<'Ed25519' | 'SM2', NoteAlgorithm> = { Ed25519: 'ed25519', SM2: 'sm2-sm3' };

/** Both keys of the log must have signed; lines of others, such as witnesses, are passed over. */
async function checkNote(
  checkpoint: SignedCheckpoint,
  index: number | null,
  keys: readonly BundleKey[],
  used: Set<string>,
): Promise<Check[]> {
  const message = new TextEncoder().encode(checkpoint.text);
  const checks: Check[] = [];
  for (const algorithm of ['Ed25519', 'SM2'] as const) {
    const name = algorithm === 'Ed25519' ? 'log-signature-ed25519' : 'log-signature-sm2';
    let signer: string | undefined;
    for (const key of keys.filter((one) => one.purpose === 'log' && one.algorithm === algorithm)) {
      const publicKey = fromBase64(key.publicKey);
      const hash = noteKeyHash(checkpoint.origin, noteAlgorithms[algorithm], publicKey);
      const line = checkpoint.signatures.find((one) => one.name === checkpoint.origin && sameBytes(one.keyHash, hash));
      if (line && (await isSignatureOf({ algorithm, publicKey }, message, line.signature))) signer = key.keyId;
    }
    if (signer !== undefined) used.add(signer);
    checks.push(
      signer === undefined
        ? failed(name, index, 'no key that is known signed it')
        : passed(name, index, `key ${signer}`),
    );
  }
  return checks;
}

function checkKeys({ keys }: ProofBundle, pinned: readonly BundleKey[] | undefined, used: ReadonlySet<string>): Check {
  const stray = keys.find((key) => !used.has(key.keyId));
  if (stray) return failed('keys', null, `key ${stray.keyId} signed nothing here`);
  if (!pinned) return { name: 'keys', outcome: 'open', statement: null, detail: 'the keys came with the bundle' };
  const foreign = keys.find(
    (key) =>
      !pinned.some(
        (one) =>
          one.keyId === key.keyId &&
          one.purpose === key.purpose &&
          one.algorithm === key.algorithm &&
          one.publicKey === key.publicKey,
      ),
  );
  return foreign
    ? failed('keys', null, `key ${foreign.keyId} is not among the given ones`)
    : passed('keys', null, 'the given keys');
}

async function checkHistory(
  { statements }: ProofBundle,
  { consistency }: CheckOptions,
  oldNote: string,
  keys: readonly BundleKey[],
): Promise<Check[]> {
  return guarded(null, async () => {
    const old = parseCheckpoint(oldNote);
    const signed = await checkNote(old, null, keys, new Set());
    if (signed.some((check) => check.outcome === 'failed'))
      return [failed('history', null, 'the older checkpoint is not signed by the log')];
    const notes = statements.map(({ proof }) => parseCheckpoint(proof.checkpoint));
    return notes.map((note, statement): Check => {
      if (note.origin !== old.origin) return failed('history', statement, 'the checkpoints are of different logs');
      const [first, last] = note.size < old.size ? [note, old] : [old, note];
      const path = first.size === last.size ? [] : consistency?.path.map(fromBase64);
      const fits = first.size === last.size || (consistency?.oldSize === first.size && consistency.size === last.size);
      if (!path || !fits)
        return {
          name: 'history',
          outcome: 'open',
          statement,
          detail: `needs the consistency proof ${first.size} to ${last.size}`,
        };
      return isConsistent({ oldSize: first.size, oldRoot: first.root, size: last.size, root: last.root, path })
        ? passed('history', statement, `${first.size} leaves are the beginning of ${last.size}`)
        : failed('history', statement, 'the log was rewritten: two different logs under one name');
    });
  });
}

async function guarded(statement: number | null, work: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await work();
  } catch (error) {
    return [failed(statement === null ? 'history' : 'inclusion', statement, messageOf(error))];
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const passed = (name: CheckName, statement: number | null, detail: string): Check => ({
  name,
  outcome: 'passed',
  statement,
  detail,
});
const failed = (name: CheckName, statement: number | null, detail: string): Check => ({
  name,
  outcome: 'failed',
  statement,
  detail,
});
