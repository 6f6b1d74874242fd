import { chinaDateOf } from '@antu/domain';

/** Letters of the hash in a number: 64 bits, which nobody guesses. */
const HASH_LETTERS = 16;

/**
 * Number of a printed result: the China day of its decision and the beginning of its hash. It cannot be guessed, and a further version of
 * the result has another.
 */
export const certificateNumberOf = ({ decidedAtMs, hash }: { decidedAtMs: number; hash: string }): string =>
  `${chinaDateOf(decidedAtMs).replaceAll('-', '')}-${hash.slice(0, HASH_LETTERS).toUpperCase()}`;
