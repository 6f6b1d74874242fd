import type { organisationsAnswerSchema, organisationsQuerySchema, OrganisationType } from '@antu/contract';
import { regionLevelOf, regionPathOf } from '@antu/domain';
import type { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { allOf } from './person-queries.ts';
import { requireFilterInReach } from './read-people.ts';
import { organisationInReach, scopeOf, type SqlCondition } from './scope.ts';

interface OrganisationRow {
  id: string;
  name: string;
  type: OrganisationType;
  uscc: string;
  region_code: string;
  region_name: string;
}

const PERMISSION = 'organisations.read';

/** Organisations within the actor's reach by name. They are public bodies: looking at them leaves no audit row. */
export async function listOrganisationsInReach(
  ctx: RouteContext<typeof PERMISSION>,
  query: z.output<typeof organisationsQuerySchema>,
): Promise<z.input<typeof organisationsAnswerSchema>> {
  const { pool, actor } = ctx;
  await requireFilterInReach(pool, actor, PERMISSION, { region: query.region });
  const conditions: ((first: number) => SqlCondition)[] = [
    (first) => organisationInReach(scopeOf(actor, PERMISSION), 'o.id', first),
  ];
  const { q, type, region } = query;
  if (q) {
    conditions.push((first) => ({
      sql: `(strpos(lower(o.name), lower($${first})) > 0 or o.uscc = upper($${first}))`,
      values: [q],
    }));
  }
  if (type) conditions.push((first) => ({ sql: `o.type = $${first}`, values: [type] }));
  if (region) {
    conditions.push((first) => ({ sql: `r.path like $${first}`, values: [`${regionPathOf(region)}%`] }));
  }
  const { sql, values } = allOf(conditions);
  const from = `from organisation o join region r on r.code = o.region_code where ${sql}`;
  const counted = await pool.query<{ total: number }>(`select count(*) as total ${from}`, [...values]);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const page = await pool.query<OrganisationRow>(
    `select o.id, o.name, o.type, o.uscc, o.region_code, r.name as region_name ${from}
     ${after ? `and (o.name, o.id) > ($${values.length + 1}, $${values.length + 2}::uuid)` : ''}
     order by o.name, o.id limit ${query.limit}`,
    after ? [...values, ...after] : [...values],
  );
  const last = page.rows.length === query.limit ? page.rows.at(-1) : undefined;
  return {
    items: page.rows.map(({ id, name, type: kind, uscc, region_code, region_name }) => ({
      id,
      name,
      type: kind,
      uscc,
      region: { code: region_code, name: region_name, level: regionLevelOf(region_code) },
    })),
    total: counted.rows[0]?.total ?? 0,
    nextCursor: last ? Buffer.from(`${last.id}${last.name}`).toString('base64url') : null,
  };
}

function readCursor(cursor: string): [name: string, id: string] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const id = text.slice(0, 36);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new AppError('people.bad_cursor');
  return [text.slice(36), id];
}
