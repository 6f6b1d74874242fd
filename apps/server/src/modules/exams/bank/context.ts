import type { Queryable } from '../../../platform/database/pool.ts';
import type { RouteContext } from '../../../platform/http/route.ts';

/** What a use case of the question bank needs to know: a part of a route's context, which demo data can make as well. */
export type BankContext = Pick<
  RouteContext<'signed-in'>,
  'platform' | 'pool' | 'now' | 'actor' | 'address' | 'requestId'
>;

/** Reads the rows of a statement. */
export async function rowsOf<Row extends object>(
  db: Queryable,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await db.query<Row>(text, [...values]);
  return rows;
}
