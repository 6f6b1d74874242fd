import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';

/** GB/T 2260 code of the county in which an organisation is registered. */
export async function regionOfOrganisation(db: Queryable, organisationId: string): Promise<string> {
  const { rows } = await db.query<{ region_code: string }>('select region_code from organisation where id = $1', [
    organisationId,
  ]);
  const [row] = rows;
  if (!row) throw new AppError('platform.not_found');
  return row.region_code;
}
