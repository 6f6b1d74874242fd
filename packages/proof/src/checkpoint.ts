import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64 } from './base64.ts';
import { HASH_BYTES } from './merkle.ts';

/** What a log says of itself at one moment (C2SP tlog-checkpoint). */
export type Checkpoint = {
  /** Name of the log: its address without scheme, such as `antu.example.cn/log`. */
  origin: string;
  /** Number of leaves. */
  size: number;
  root: Uint8Array;
};

/** A line of signature under a note (C2SP signed-note). */
export type NoteSignature = {
  /** Name of the key; of the log's own keys the origin. */
  name: string;
  /** First four bytes of the hash that tells keys of one name apart. */
  keyHash: Uint8Array;
  signature: Uint8Array;
};

export type SignedCheckpoint = Checkpoint & {
  /** What is signed: everything up to and with the last line break before the empty line. */
  text: string;
  signatures: readonly NoteSignature[];
};

/** Algorithms of the log's keys. Ed25519 has the number 1 of signed-note; SM2 with SM3 has none and is named after 0xff. */
export type NoteAlgorithm = 'ed25519' | 'sm2-sm3';

const algorithmBytes: Record<NoteAlgorithm, Uint8Array> = {
  ed25519: Uint8Array.of(1),
  'sm2-sm3': Uint8Array.of(0xff, ...new TextEncoder().encode('antu.sm2-sm3')),
};

/** The four bytes that stand before a signature: SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key), cut. */
export function noteKeyHash(name: string, algorithm: NoteAlgorithm, publicKey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${name}\n`);
  return sha256(Uint8Array.of(...head, ...algorithmBytes[algorithm], ...publicKey)).slice(0, 4);
}

/** The text that the log's keys sign. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** The note as it is published. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(
    ({ name, keyHash, signature }) => `— ${name} ${toBase64(Uint8Array.of(...keyHash, ...signature))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** Takes a note apart; signatures are not looked at here. Throws RangeError if it is not exactly what `formatNote` writes. */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const end = note.indexOf('\n\n');
  if (end < 0) throw new RangeError('checkpoint: no signatures');
  const text = note.slice(0, end + 1);
  const [origin = '', count = '', hash = '', ...rest] = text.split('\n');
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(count) || rest.length !== 1)
    throw new RangeError('checkpoint: not origin, size and root');
  const root = fromBase64(hash);
  const size = Number(count);
  if (root.length !== HASH_BYTES || !Number.isSafeInteger(size)) throw new RangeError('checkpoint: no root hash');
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw new RangeError('checkpoint: broken signature line');
  return { origin, size, root, text, signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const match = /^— ([^\s+]+) (\S+)$/.exec(line);
  if (!match?.[1] || !match[2]) throw new RangeError('checkpoint: broken signature line');
  const bytes = fromBase64(match[2]);
  if (bytes.length < 5) throw new RangeError('checkpoint: broken signature line');
  return { name: match[1], keyHash: bytes.slice(0, 4), signature: bytes.slice(4) };
}
