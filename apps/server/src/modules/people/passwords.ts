import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../platform/errors.ts';

const runArgon2 = promisify(argon2);

/** RFC 9106 and OWASP: 19 MiB, two passes, one lane. Some 30 ms on a small server. */
const COST = { memoryKib: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** Hashes waiting or running in this process; beyond it people are asked to wait instead of all waiting for all. */
const MAX_PENDING = 400;
let pending = 0;

async function derive(password: string, salt: Uint8Array, memory: number, passes: number, parallelism: number) {
  if (pending >= MAX_PENDING) throw new AppError('auth.too_busy');
  pending += 1;
  try {
    const message = Buffer.from(password.normalize('NFC'), 'utf8');
    return await runArgon2('argon2id', { message, nonce: salt, parallelism, tagLength: TAG_BYTES, memory, passes });
  } finally {
    pending -= 1;
  }
}

/** The argon2id hash of a password with its parameters and salt, in the usual text form. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(password, salt, COST.memoryKib, COST.passes, COST.parallelism);
  const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  const parameters = `m=${COST.memoryKib},t=${COST.passes},p=${COST.parallelism}`;
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
}

const FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Whether the password has this hash. Compares in constant time. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const match = FORM.exec(hash);
  if (!match) throw new Error('a stored password hash is not argon2id');
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  const wanted = Buffer.from(tag, 'base64');
  const got = await derive(password, Buffer.from(salt, 'base64'), Number(memory), Number(passes), Number(parallelism));
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

let decoy: Promise<string> | undefined;

/** Spends the time of a check for a login that does not exist, so that answers do not tell which ones do. */
export async function verifyAgainstNobody(password: string): Promise<void> {
  decoy ??= hashPassword(randomBytes(12).toString('base64'));
  await verifyPassword(password, await decoy);
}

/** Without signs that look alike on paper: 0 O, 1 l I. */
const ALPHABETS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;

/** A random first password to hand over, such as `KpTr-48mw-Zq7d-n5Hs`: 16 signs of three classes and the dashes. */
export function makeInitialPassword(): string {
  const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length));
  const group = (): string => ALPHABETS.map(pick).join('') + pick(ALPHABETS.join(''));
  return [group(), group(), group(), group()].join('-');
}
