/** Limits what one person may ask of a process within a time. What it remembers may be lost at any moment. */
export type AttemptGuard = {
  /** Takes an attempt into account. @returns minutes to wait if it is one too many */
  judge(personId: string, nowMs: number): number | undefined;
};

const MOST_REMEMBERED = 20_000;

export function attemptGuard({ most, windowMs }: { most: number; windowMs: number }): AttemptGuard {
  const attempts = new Map<string, number[]>();
  return {
    judge(personId, nowMs) {
      const recent = (attempts.get(personId) ?? []).filter((atMs) => atMs > nowMs - windowMs);
      const [oldest = nowMs] = recent;
      if (recent.length >= most) return Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 60_000));
      // The least recently seen are forgotten first: a Map keeps the order of insertion.
      attempts.delete(personId);
      attempts.set(personId, [...recent, nowMs]);
      if (attempts.size > MOST_REMEMBERED) attempts.delete(attempts.keys().next().value ?? '');
      return undefined;
    },
  };
}
