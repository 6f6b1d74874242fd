import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditModule } from '../../audit/index.ts';
import { documentsModule } from '../../documents/index.ts';
import { peopleModule } from '../../people/index.ts';
import { type PeopleTest, startPeopleTest } from '../../people/testing.ts';
import { licencesModule } from '../index.ts';
import { seedDemoLicences } from './seed-licences.ts';

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest([auditModule, peopleModule, documentsModule, licencesModule]);
}, 60_000);
afterAll(() => people.close());

it('shows licences in every state, and writes nothing a second time', async () => {
  const count = async () =>
    (await people.database.owner.query<{ standing: string }>('select standing from licence')).rows.map(
      (row) => row.standing,
    );
  const before = await count();
  expect(new Set(before)).toEqual(new Set(['granted', 'suspended', 'cancelled', 'withdrawn', 'revoked']));
  await seedDemoLicences(people.test.platform);
  expect(await count()).toHaveLength(before.length);
  const driver = await people.as('driver');
  expect((await driver.get<{ items: unknown[] }>('/api/licences/own')).body.items).toHaveLength(2);
});
