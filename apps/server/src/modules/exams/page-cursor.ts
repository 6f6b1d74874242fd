import { AppError } from '../../platform/errors.ts';

/** Where a page ends: the instant by which a list is ordered, and the id that comes with it. */
export const writeCursor = (at: Date, id: string): string => `${at.getTime()}.${id}`;

/** @returns nulls for the first page. Errors: `exams.bad_cursor` */
export function readCursor(cursor: string | undefined): [Date | null, string | null] {
  if (cursor === undefined) return [null, null];
  const match = /^(\d{10,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!match) throw new AppError('exams.bad_cursor');
  return [new Date(Number(match[1])), match[2] ?? null];
}
