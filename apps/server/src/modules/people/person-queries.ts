import { bucketOf } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { PersonRow } from './present-person.ts';
import type { SqlCondition } from './scope.ts';

const selectPerson = `
  select p.id, p.name_sealed, p.id_number_sealed, p.birth_date, p.sex, p.region_code, r.name as region_name, p.created_at,
    exists (select 1 from account c where c.bucket = p.bucket and c.person_id = p.id) as has_account,
    coalesce((
      select jsonb_agg(jsonb_build_object('organisationId', o.id, 'organisationName', o.name, 'organisationType', o.type,
        'kind', a.kind, 'post', a.post, 'from', a.from_date, 'to', a.to_date) order by a.to_date nulls first, a.from_date desc)
      from person_affiliation a join organisation o on o.id = a.organisation_id
      where a.bucket = p.bucket and a.person_id = p.id
    ), '[]') as affiliations
  from person p join region r on r.code = p.region_code`;

/** One person with all rosters, or undefined. */
export async function findPersonRow(db: Queryable, personId: string): Promise<PersonRow | undefined> {
  const sql = `${selectPerson} where p.bucket = $1 and p.id = $2`;
  const { rows } = await db.query<PersonRow>(sql, [bucketOf(personId), personId]);
  return rows[0];
}

/** Joins conditions with `and`, numbering their parameters on: each part is made for the number it starts at. */
export function allOf(parts: readonly ((first: number) => SqlCondition)[]): SqlCondition {
  return parts.reduce<SqlCondition>(
    (sofar, part) => {
      const next = part(sofar.values.length + 1);
      return { sql: `${sofar.sql} and ${next.sql}`, values: [...sofar.values, ...next.values] };
    },
    { sql: 'true', values: [] },
  );
}

/** A page of persons, newest first, and how many there are. */
export async function findPersonRows(
  db: Queryable,
  condition: SqlCondition,
  afterId: string | undefined,
  limit: number,
): Promise<{ rows: PersonRow[]; total: number }> {
  const { sql, values } = condition;
  const after = afterId === undefined ? '' : `and p.id < $${values.length + 1}::uuid`;
  const page = await db.query<PersonRow>(
    `${selectPerson} where ${sql} ${after} order by p.id desc limit ${limit}`,
    afterId === undefined ? [...values] : [...values, afterId],
  );
  const counted = await db.query<{ total: number }>(`select count(*) as total from person p where ${sql}`, [...values]);
  return { rows: page.rows, total: counted.rows[0]?.total ?? 0 };
}
