/** Time is called out at these moments before the end and at no other, seconds. */
export const CALLS_AT_SECONDS = [600, 300, 60] as const;
export type TimeCall = (typeof CALLS_AT_SECONDS)[number];

/**
 * The call that is due when so much time is left, once it was more: null = none. Who comes in later is not told what passed.
 * @param beforeMs left when last looked, null = first look @param leftMs left now
 */
export function timeCallDue(beforeMs: number | null, leftMs: number): TimeCall | null {
  if (beforeMs === null || leftMs <= 0) return null;
  const crossed = CALLS_AT_SECONDS.filter((seconds) => beforeMs > seconds * 1000 && leftMs <= seconds * 1000);
  return crossed.at(-1) ?? null;
}
