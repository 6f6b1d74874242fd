/** The server's clock. Only the platform reads the real one; everything else is handed this. */
export type Clock = {
  /** Instant as a Date. */
  now(): Date;
  /** Milliseconds since 1970. */
  nowMs(): number;
};

export const systemClock: Clock = { now: () => new Date(), nowMs: () => Date.now() };
