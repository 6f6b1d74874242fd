const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** Size of a file as people read it: 980 B, 1.4 MB. Units of 1024. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let at = 0;
  while (value >= 1024 && at < UNITS.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[at]}`;
}

/** Whole percent, never 100 before all is there. */
export function formatPercent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.max(0, Math.floor((part * 100) / whole)));
}
