import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import { openDisplayName, openName } from './sealed-columns.ts';

/** Names by account id, for those who acted in office (reviewers, teachers): shown in full. Unknown ids are left out. */
export async function findDisplayNames(
  { keys }: Pick<Platform, 'keys'>,
  db: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  if (accountIds.length === 0) return new Map();
  const { rows } = await db.query<{
    id: string;
    person_id: string | null;
    login_name: string | null;
    display_name_sealed: Buffer | null;
    name_sealed: Buffer | null;
  }>(
    `select a.id, a.person_id, a.login_name, a.display_name_sealed, p.name_sealed
     from account a
       join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, id) on a.bucket = wanted.bucket and a.id = wanted.id
       left join person p on p.bucket = a.bucket and p.id = a.person_id`,
    [accountIds.map(bucketOf), accountIds],
  );
  return new Map(
    rows.map((row) => {
      if (row.name_sealed && row.person_id) return [row.id, openName(keys, row.name_sealed, row.person_id)];
      if (row.display_name_sealed) return [row.id, openDisplayName(keys, row.display_name_sealed, row.id)];
      return [row.id, row.login_name ?? ''];
    }),
  );
}
