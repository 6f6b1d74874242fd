/** How long answers took. */
export type Latencies = { count: number; p50Ms: number; p95Ms: number; p99Ms: number; maxMs: number };

/** Nearest-rank percentiles, to a tenth of a millisecond. */
export function summarise(latencies: readonly number[]): Latencies {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (part: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0).toFixed(1));
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}
