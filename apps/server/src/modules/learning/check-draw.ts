import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Draw } from '@antu/domain';

const SEED_BYTES = 16;
/** So many bits of the keyed hash make a number below 1 that a double holds exactly. */
const DRAW_BYTES = 6;

/** A fresh secret of a session, hexadecimal. */
export function makeCheckSeed(): string {
  return randomBytes(SEED_BYTES).toString('hex');
}

/** What the first row of evidence tells of the secret, base64: nobody can change it afterwards unnoticed. */
export function seedHashOf(seedHex: string): string {
  return createHash('sha256').update(Buffer.from(seedHex, 'hex')).digest('base64');
}

/** Draws of a session: HMAC-SHA-256 of kind and number under its secret. */
export function drawOf(seedHex: string): Draw {
  const seed = Buffer.from(seedHex, 'hex');
  return (kind, index) => {
    const digest = createHmac('sha256', seed).update(`${kind} ${index}`).digest();
    return digest.readUIntBE(0, DRAW_BYTES) / 2 ** (8 * DRAW_BYTES);
  };
}
