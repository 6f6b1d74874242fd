/** 07:12, or 1:02:03 from an hour on. */
export function clockText(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${minutes}` : minutes;
}

/** Time of day in China, 19:42:06. */
export function chinaTimeText(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(11, 19);
}
