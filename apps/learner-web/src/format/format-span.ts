import type { Locale } from '@antu/web-kit';

/** A number and its unit stay on one line. */
const NBSP = '\u00a0';
/** Below this, seconds are said as well. */
const SAY_SECONDS_BELOW = 600;

/**
 * Says a length of time: 45 秒, 2 分 10 秒, 37 分, 2 小时 47 分. Rounded down.
 * @param seconds length in seconds
 */
export function formatSpan(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  const [hour, minute, second] = locale === 'en' ? ['h', 'min', 's'] : ['小时', '分', '秒'];
  if (whole < 60) return `${whole}${NBSP}${second}`;
  if (hours > 0)
    return minutes > 0 ? `${hours}${NBSP}${hour}${NBSP}${minutes}${NBSP}${minute}` : `${hours}${NBSP}${hour}`;
  return whole < SAY_SECONDS_BELOW && rest > 0
    ? `${minutes}${NBSP}${minute}${NBSP}${rest}${NBSP}${second}`
    : `${minutes}${NBSP}${minute}`;
}

/** Says roughly how long something will take, rounded up: 12 分钟, 1.5 小时, 5 小时. */
export function formatRoughSpan(seconds: number, locale: Locale): string {
  const [hour, minute] = locale === 'en' ? ['h', 'min'] : ['小时', '分钟'];
  if (seconds <= 3600) return `${Math.max(1, Math.ceil(seconds / 60))}${NBSP}${minute}`;
  const halves = Math.ceil(seconds / 1800);
  return `${halves / 2}${NBSP}${hour}`;
}

/** Says a volume of data as people know it from their contract: 0.8 MB, 6.4 MB, 60 MB. */
export function formatMegabytes(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 10 ? Math.max(0.1, megabytes).toFixed(1) : Math.round(megabytes)}${NBSP}MB`;
}
