import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkIdNumber, idNumberCheckCharacter } from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { DEMO_LEARNERS } from './demo-people.ts';
import { type PeopleTest, startPeopleTest } from './testing.ts';
import { insertPerson } from './write-person.ts';

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
});
afterAll(() => people.close());

describe('What the database holds of a person', () => {
  it('is neither the name nor the ID number', async () => {
    const { rows } = await people.database.owner.query<{ dump: string }>(
      `select (select string_agg(p::text || encode(p.name_sealed, 'escape') || encode(p.id_number_sealed, 'escape'), ' ') from person p)
        || (select string_agg(a::text, ' ') from account a) || (select string_agg(e::text, ' ') from audit_entry e) as dump`,
    );
    const dump = rows[0]?.dump ?? '';
    expect(dump.length).toBeGreaterThan(10_000);
    for (const { name, idNumber } of DEMO_LEARNERS) {
      expect(dump).not.toContain(idNumber.normalised);
      expect(dump).not.toContain(name);
    }
  });

  it('is opened only with the row it belongs to', async () => {
    const { rows } = await people.database.owner.query<{ id: string; name_sealed: Buffer }>(
      'select id, name_sealed from person limit 2',
    );
    const [first, second] = rows;
    if (!first || !second) throw new Error('no persons');
    const { keys } = people.test.platform;
    expect(keys.decrypt('person.name', first.name_sealed, first.id)).toMatch(/\p{Script=Han}/u);
    expect(() => keys.decrypt('person.name', first.name_sealed, second.id)).toThrow();
  });

  it('is one row per ID number, whichever bucket', async () => {
    const { platform } = people.test;
    const first17 = '44019919700101005';
    const idNumber = checkIdNumber(first17 + idNumberCheckCharacter(first17));
    if (!idNumber.valid) throw new Error('not valid');
    const insert = () =>
      transaction(platform.pool, (tx) =>
        insertPerson(tx, platform.keys, { name: '容一', idNumber, regionCode: '440104', now: platform.clock.now() }),
      );
    await insert();
    for (let n = 0; n < 5; n += 1) await expect(insert()).rejects.toThrow('person__id_number');
  });

  it('lies in the bucket of its id', async () => {
    const statement = `update person set bucket = (bucket + 1) % 64`;
    await expect(people.database.pool.query(statement)).rejects.toThrow(/person__bucket_of_id|foreign key/);
  });
});

describe('Contact data (notice of the emergency management department, annex item 14)', () => {
  const insert = async (scheme: string, keepsContact: boolean) => {
    const { rows } = await people.database.owner.query<{ bucket: number; id: string }>(
      'select bucket, id from person limit 1',
    );
    return people.database.pool.query(
      `insert into person_contact (bucket, person_id, scheme, keeps_contact, phone_sealed, phone_index, updated_at)
       values ($1, $2, $3, $4, '\\x01', '\\x01', now())`,
      [rows[0]?.bucket, rows[0]?.id, scheme, keepsContact],
    );
  };

  it('is refused by the database under the work-safety scheme, however it is asked', async () => {
    await expect(insert('work-safety', true)).rejects.toThrow('person_contact__scheme_keeps_contact');
    await expect(insert('work-safety', false)).rejects.toThrow('person_contact__only_where_kept');
    await expect(people.database.pool.query(`update scheme_privacy set keeps_contact = true`)).rejects.toThrow(
      'permission denied',
    );
  });

  it('is taken under road transport', async () => {
    await expect(insert('road-transport', true)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('has no column anywhere else', async () => {
    const { rows } = await people.database.owner.query<{ table_name: string }>(
      `select distinct table_name from information_schema.columns
       where table_schema = 'public' and column_name ~ '(phone|mobile|wechat|email|contact)' and table_name not in ('person_contact', 'scheme_privacy')`,
    );
    expect(rows).toEqual([]);
  });
});
