const two = (n: number) => String(n).padStart(2, '0');

/** Shows whole seconds as a clock: 755 -> 12:35, 3725 -> 1:02:05. Fractions are dropped, never rounded up. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/**
 * Shows credited seconds as 学时 with one decimal, rounded DOWN: nobody may read an hour that is not yet earned.
 * @param hourSeconds seconds of one 学时 by the rule set; 45 minutes unless it says otherwise
 */
export function formatStudyHours(seconds: number, hourSeconds = 2700): string {
  // Whole tenths by integer division; floating point would turn 0.3 of an hour into 0.2.
  const tenths = Math.floor((Math.max(0, Math.floor(seconds)) * 10) / hourSeconds);
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
