import type { RegionView } from '@antu/contract';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';

interface RegionRow {
  code: string;
  name: string;
  level: RegionView['level'];
  parent_code: string | null;
  has_children: boolean;
  data_date: string;
}

/** The regions directly below `parent`, or the provinces; and the day of which the list is true. */
export async function listChildRegions(
  db: Queryable,
  parent: string | undefined,
): Promise<{ items: RegionView[]; dataDate: string }> {
  const { rows } = await db.query<RegionRow>(
    `select r.code, r.name, r.level, r.parent_code, r.data_date,
       exists (select 1 from region c where c.parent_code = r.code) as has_children
     from region r where r.parent_code is not distinct from $1 order by r.code`,
    [parent ?? null],
  );
  const dates = await db.query<{ data_date: string }>(
    'select data_date from region where code = coalesce($1, code) limit 1',
    [parent ?? null],
  );
  const dataDate = dates.rows[0]?.data_date;
  if (dataDate === undefined) throw new AppError('people.region_not_found');
  const items = rows.map(({ code, name, level, parent_code, has_children }) => ({
    code,
    name,
    level,
    parentCode: parent_code,
    hasChildren: has_children,
  }));
  return { items, dataDate };
}
