const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 12_000] as const;

/** How long to wait after so many failed tries, ms. @param random 0 to 1: a whole room gets its network back in the same second */
export function backOffMs(tries: number, random: () => number): number {
  const step = Math.min(Math.max(0, tries - 1), BACK_OFF_MS.length - 1);
  return (BACK_OFF_MS[step] ?? 0) * (0.75 + 0.5 * random());
}
