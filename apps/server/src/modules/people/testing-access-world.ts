import type { Me, OrganisationType, Role } from '@antu/contract';
import {
  checkIdNumber,
  type IdNumberCheck,
  idNumberCheckCharacter,
  organisationCodeCheckCharacter,
  type PlainDate,
  usccCheckCharacter,
} from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { AccessPlace, AccessWorld } from '../../platform/testing/access-sample.ts';
import type { TestApp, TestClient } from '../../platform/testing/index.ts';
import { hashPassword } from './passwords.ts';
import { SESSION_COOKIE } from './session-token.ts';
import { openSession } from './sessions.ts';
import { insertAccount, insertAffiliation, insertPerson } from './write-person.ts';

/** Everything the access walk needs: two places and one signed-in client for each role, at home in the first. */
export interface SignedInWorld {
  readonly world: AccessWorld;
  readonly clients: ReadonlyMap<Role, { readonly client: TestClient; readonly accountId: string }>;
}

/** The higher authorities of the inside place; 460106 lies in another province, so not even theirs reaches it. */
const INSIDE = '440104';
const OUTSIDE = '460106';
const SEAT_OF: Partial<Record<Role, string>> = { 'officer-city': '440100', 'officer-province': '440000' };

export async function buildAccessWorld(test: TestApp): Promise<SignedInWorld> {
  const builder = new WorldBuilder(test, await hashPassword('Walk-each-route-1'));
  const inside = await builder.addPlace(INSIDE);
  const outside = await builder.addPlace(OUTSIDE);
  const world: AccessWorld = {
    platform: test.platform,
    inside,
    outside,
    addPerson: async (place) => (await builder.addLearner(place)).personId,
    freshUscc: () => builder.nextUscc(INSIDE),
    freshIdNumber: () => builder.nextIdNumber().normalised,
  };
  const platformId = await builder.addOrganisation('online-platform', '440106');
  const homes: Record<Role, string> = {
    learner: inside.enterpriseId,
    'enterprise-manager': inside.enterpriseId,
    'body-manager': inside.bodyId,
    teacher: inside.bodyId,
    'officer-county': inside.authorityId,
    'officer-city': await builder.addOrganisation('authority', SEAT_OF['officer-city'] ?? ''),
    'officer-province': await builder.addOrganisation('authority', SEAT_OF['officer-province'] ?? ''),
    'platform-reviewer': platformId,
    'system-operator': platformId,
    'security-operator': platformId,
    'audit-operator': platformId,
  };
  const clients: [Role, { client: TestClient; accountId: string }][] = [];
  for (const [role, organisationId] of Object.entries(homes) as [Role, string][]) {
    const present = { learner: inside.learnerAccountId, teacher: inside.teacherAccountId }[role as string];
    const accountId = present ?? (await builder.addStaff(role, organisationId));
    clients.push([role, { client: await builder.signIn(accountId), accountId }]);
  }
  return { world, clients: new Map(clients) };
}

class WorldBuilder {
  readonly #test: TestApp;
  readonly #passwordHash: string;
  #serial = 100;

  constructor(test: TestApp, passwordHash: string) {
    this.#test = test;
    this.#passwordHash = passwordHash;
  }

  nextIdNumber(): Extract<IdNumberCheck, { valid: true }> {
    this.#serial += 1;
    // 449999 is not assigned: nobody has these numbers. A day per thousand keeps them apart.
    const first17 = `44999919800${1 + Math.floor(this.#serial / 900)}01${String(100 + (this.#serial % 900)).padStart(3, '0')}`;
    const checked = checkIdNumber(first17 + idNumberCheckCharacter(first17));
    if (!checked.valid) throw new Error(`${first17} makes no ID number`);
    return checked;
  }

  nextUscc(regionCode: string): string {
    this.#serial += 1;
    const first8 = `WA${String(this.#serial).padStart(6, '0')}`;
    const first17 = `91${regionCode}${first8}${organisationCodeCheckCharacter(first8)}`;
    return first17 + usccCheckCharacter(first17);
  }

  async addOrganisation(type: OrganisationType, regionCode: string): Promise<string> {
    const id = uuidv7();
    await this.#test.platform.pool.query(
      'insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, $3, $4, $5, $6)',
      [id, `${type} ${regionCode}`, type, this.nextUscc(regionCode), regionCode, this.#test.clock.now()],
    );
    return id;
  }

  async addPlace(regionCode: string): Promise<AccessPlace> {
    const authorityId = await this.addOrganisation('authority', regionCode);
    const enterpriseId = await this.addOrganisation('enterprise', regionCode);
    const bodyId = await this.addOrganisation('training-body', regionCode);
    const learner = await this.addLearner({ regionCode, enterpriseId, bodyId });
    const teacherAccountId = await this.addStaff('teacher', bodyId);
    return {
      regionCode,
      authorityId,
      enterpriseId,
      bodyId,
      personId: learner.personId,
      learnerAccountId: learner.accountId,
      teacherAccountId,
    };
  }

  async addLearner(
    place: Pick<AccessPlace, 'regionCode' | 'enterpriseId' | 'bodyId'>,
  ): Promise<{ personId: string; accountId: string }> {
    const { platform, clock } = this.#test;
    const idNumber = this.nextIdNumber();
    return transaction(platform.pool, async (tx) => {
      const now = clock.now();
      const { id: personId } = await insertPerson(tx, platform.keys, {
        name: '容步行',
        idNumber,
        regionCode: place.regionCode,
        now,
      });
      const roster = { personId, post: null, from: '2026-01-01' as PlainDate, now };
      await insertAffiliation(tx, { ...roster, organisationId: place.enterpriseId, kind: 'employed' });
      await insertAffiliation(tx, { ...roster, organisationId: place.bodyId, kind: 'enrolled' });
      const memberships = [{ role: 'learner' as const, organisationId: place.enterpriseId }];
      const account = { personId, login: null, displayName: null, memberships };
      const accountId = await insertAccount(tx, platform.keys, { ...account, ...this.#accountDefaults(now) });
      return { personId, accountId };
    });
  }

  async addStaff(role: Role, organisationId: string): Promise<string> {
    const { platform, clock } = this.#test;
    this.#serial += 1;
    const account = {
      personId: null,
      login: `walker-${this.#serial}`,
      displayName: '容步行',
      memberships: [{ role, organisationId }],
    };
    return transaction(platform.pool, (tx) =>
      insertAccount(tx, platform.keys, { ...account, ...this.#accountDefaults(clock.now()) }),
    );
  }

  #accountDefaults(now: Date) {
    return { passwordHash: this.#passwordHash, mustChangePassword: false, grantedBy: null, now };
  }

  /** A client with an open session; how sessions come about is tested elsewhere. */
  async signIn(accountId: string): Promise<TestClient> {
    const token = await transaction(this.#test.platform.pool, (tx) =>
      openSession(tx, {
        accountId,
        stage: 'open',
        idleSeconds: 3600,
        absoluteSeconds: 36_000,
        address: '127.0.0.1',
        userAgent: 'access-walk',
        nowMs: this.#test.clock.nowMs(),
      }),
    );
    const client = this.#test.client();
    client.cookies.set(SESSION_COOKIE, token);
    client.csrf = (await client.get<Me>('/api/auth/me')).body.csrfToken;
    return client;
  }
}
