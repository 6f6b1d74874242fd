import { randomBytes } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter that keeps ids of one process in order within
 * a millisecond, then 62 random bits.
 * @param ms milliseconds since 1970; default: the present
 */
export function uuidv7(ms: number = Date.now()): string {
  if (!Number.isInteger(ms) || ms < 0 || ms >= 2 ** 48)
    throw new RangeError(`uuidv7 needs milliseconds since 1970, got ${ms}`);
  const bytes = randomBytes(16);
  if (ms === lastMs) sequence = (sequence + 1) & 0xfff;
  else sequence = bytes.readUInt16BE(6) & 0x7ff;
  lastMs = ms;
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Milliseconds since 1970 that a UUID version 7 carries. */
export function uuidv7Ms(id: string): number {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7/i.test(id)) throw new RangeError(`not a version 7 UUID: ${id}`);
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** First instants of a month and of the next in China time (UTC+8, no summer time). `month` is 1..12. */
export function monthBoundsMs(year: number, month: number): { fromMs: number; untilMs: number } {
  const chinaOffsetMs = 8 * 3_600_000;
  return { fromMs: Date.UTC(year, month - 1, 1) - chinaOffsetMs, untilMs: Date.UTC(year, month, 1) - chinaOffsetMs };
}

/** The least UUIDs (any random part) of a month and of the next: bounds of a partition by id. */
export function uuidv7MonthBounds(year: number, month: number): { from: string; until: string } {
  const { fromMs, untilMs } = monthBoundsMs(year, month);
  return { from: leastUuid(fromMs), until: leastUuid(untilMs) };
}

function leastUuid(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
