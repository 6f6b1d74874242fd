/** A code never lives longer than this, whatever the two clocks say, ms (identity.check rules: codeSeconds). */
export const LONGEST_CODE_MS = 120_000;

/**
 * How long a code lives from the moment of its arrival, ms. The clock of this computer may be wrong: a time that cannot be
 * is taken for the longest that a code lives.
 * @param expiresAt instant of the server
 * @param nowMs this computer's clock, epoch ms
 */
export function lifetimeMs(expiresAt: string, nowMs: number): number {
  const left = Date.parse(expiresAt) - nowMs;
  return left > 0 && left <= LONGEST_CODE_MS ? left : LONGEST_CODE_MS;
}

/** Six digits in two groups, as people read them out. */
export const inGroups = (code: string): string => code.replace(/(\d{3})(?=\d)/g, '$1 ');
