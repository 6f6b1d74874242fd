import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IdentityChallenge, IdentityStanding, IdentityVerdict, Role } from '@antu/contract';
import {
  checkIdNumber,
  currentFaceNotice,
  idNumberCheckCharacter,
  type IdNumberCheck,
  PERMISSION_NAMES,
  permissionRule,
  type PlainDate,
} from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import {
  buildTestApp,
  createTestDatabase,
  type TestActor,
  testActor,
  type TestAnswer,
  type TestApp,
  type TestClient,
  type TestDatabase,
} from '../../../platform/testing/index.ts';
import type { ServerModule } from '../../../platform/module.ts';
import { auditModule } from '../../audit/index.ts';
import { insertAffiliation, insertPerson } from '../../people/index.ts';
import { identityModule, replaceProviders } from '../index.ts';
import { type FakeProvider, fakeProvider, freshPicture, freshPictures } from './fake-provider.ts';

export type Learner = { personId: string; actor: TestActor; client: TestClient };
export type Staff = { actor: TestActor; client: TestClient };
type Frames = { atMs: number; picture: string }[];
export type StepAnswer = { type: 'next'; challenge: IdentityChallenge } | IdentityVerdict;

export type IdentityWorld = {
  database: TestDatabase;
  test: TestApp;
  provider: FakeProvider;
  bodyId: string;
  enterpriseId: string;
  otherBodyId: string;
  /** Enrolled with the body and employed by the enterprise, with a work-safety course to do. */
  addLearner(options?: { roster?: boolean }): Promise<Learner>;
  staff(role: Role, organisationId: string, regionCode?: string, personId?: string): Staff;
  /** A learner who agreed and whose photo staff enrolled. */
  addEnrolled(picture?: string): Promise<Learner>;
  /** Begins a check of the sign-in. */
  begin(learner: Learner): Promise<IdentityChallenge>;
  /** Takes every step of a check with fresh pictures and answers the last answer. */
  pass(learner: Learner, challenge?: IdentityChallenge): Promise<TestAnswer<StepAnswer>>;
  send(
    learner: Pick<Learner, 'client'>,
    challenge: IdentityChallenge,
    changes?: { step?: number; nonce?: string; frames?: Frames },
  ): Promise<TestAnswer<StepAnswer>>;
  frames(step: number, pictures?: readonly string[]): Promise<Frames>;
  rows<Row extends Record<string, unknown> = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Keys of the files below `identity/` of the storage. */
  files(): Promise<string[]>;
  auditActions(accountId: string): Promise<string[]>;
  close(): Promise<void>;
};

const REGION = '440104';
/** Of stopwatch between two steps of a test. */
const STEP_MS = 2000;

/**
 * @param more modules that build on identity and are tested with it
 * @param options `realProvider`: the built-in engine looks at the pictures, which then have to show faces; `database`: one to use
 *   instead of a fresh one of the test server
 */
export async function buildIdentityWorld(
  more: readonly ServerModule[] = [],
  options: { realProvider?: boolean; database?: TestDatabase } = {},
): Promise<IdentityWorld> {
  const database = options.database ?? (await createTestDatabase());
  const test = await buildTestApp({
    database,
    modules: [auditModule, identityModule, ...more],
    settings: { BEAT_WINDOW_MS: '0' },
  });
  // Partitions lie around the real month; the rules of study ask for checks from this day on.
  test.clock.set(new Date(Math.max(Date.now(), Date.parse('2026-11-26T02:00:00Z'))));
  const provider = fakeProvider();
  if (options.realProvider) replaceProviders(test.platform, undefined, 120_000);
  else replaceProviders(test.platform, () => provider, 400);
  const organisations = {
    bodyId: await addOrganisation(database, 'training-body', REGION),
    enterpriseId: await addOrganisation(database, 'enterprise', REGION),
    otherBodyId: await addOrganisation(database, 'training-body', '460106'),
  };
  const courseId = await addCourse(database, organisations.bodyId);
  let serial = 0;

  const world: IdentityWorld = {
    database,
    test,
    provider,
    ...organisations,
    async addLearner({ roster = true } = {}) {
      serial += 1;
      const now = test.clock.now();
      const personId = await transaction(database.pool, async (tx) => {
        const person = await insertPerson(tx, test.platform.keys, {
          name: '容步行',
          idNumber: idNumberOf(serial),
          regionCode: REGION,
          now,
        });
        if (!roster) return person.id;
        const affiliation = { personId: person.id, post: null, from: '2026-01-01' as PlainDate, now };
        await insertAffiliation(tx, { ...affiliation, organisationId: organisations.enterpriseId, kind: 'employed' });
        await insertAffiliation(tx, { ...affiliation, organisationId: organisations.bodyId, kind: 'enrolled' });
        await tx.query(
          `insert into training_assignment (bucket, id, person_id, course_id, organisation_id) values ($1, $2, $3, $4, $5)`,
          [person.bucket, randomUUID(), person.id, courseId, organisations.enterpriseId],
        );
        return person.id;
      });
      const actor = testActor({ ...actorOf('learner', organisations.enterpriseId, REGION), personId });
      return { personId, actor, client: test.as(actor) };
    },
    staff(role, organisationId, regionCode = REGION, personId) {
      const actor = testActor({ ...actorOf(role, organisationId, regionCode), personId: personId ?? null });
      return { actor, client: test.as(actor) };
    },
    async addEnrolled(picture) {
      const learner = await world.addLearner();
      await learner.client.post('/api/identity/consent', { noticeVersion: currentFaceNotice().version });
      const { client } = world.staff('body-manager', organisations.bodyId);
      const body = { source: 'on-site', picture: picture ?? (await freshPicture()) };
      const answer = await client.post(`/api/people/${learner.personId}/identity/picture`, body);
      if (answer.body.accepted !== true) throw new Error(`not enrolled: ${answer.text}`);
      return learner;
    },
    async begin({ client }) {
      const answer = await client.post<IdentityChallenge>('/api/identity/challenges');
      if (answer.status !== 200) throw new Error(`no challenge: ${answer.text}`);
      return answer.body;
    },
    async pass(learner, given) {
      let challenge = given ?? (await world.begin(learner));
      for (;;) {
        test.clock.advance(STEP_MS);
        const answer = await world.send(learner, challenge);
        if (answer.body?.type !== 'next') return answer;
        challenge = answer.body.challenge;
      }
    },
    async send({ client }, challenge, { step = challenge.step, nonce = challenge.nonce, frames } = {}) {
      const body = { nonce, frames: frames ?? (await world.frames(step)) };
      return client.post<StepAnswer>(`/api/identity/challenges/${challenge.challengeId}/steps/${step}`, body);
    },
    async frames(step, pictures) {
      const taken = pictures ?? (await freshPictures(3));
      return taken.map((picture, at) => ({ atMs: (step + 1) * STEP_MS + 1000 + at * 300, picture }));
    },
    rows: async (sql, values) => (await database.owner.query(sql, values)).rows,
    async files() {
      const root = join(test.platform.settings.storageDir, 'identity');
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    },
    async auditActions(accountId) {
      const { rows } = await database.owner.query<{ action: string }>(
        'select action from audit_entry where account_id = $1 order by bucket, seq',
        [accountId],
      );
      return rows.map(({ action }) => action);
    },
    async close() {
      await test.close();
      await database.close();
    },
  };
  return world;
}

export const standingOf = async ({ client }: Pick<Learner, 'client'>): Promise<IdentityStanding> =>
  (await client.get<IdentityStanding>('/api/identity/standing')).body;

/** Code of an error answer. */
export const codeOf = (answer: { body: unknown }): unknown =>
  (answer.body as { error?: { code?: string } } | undefined)?.error?.code ?? null;

function actorOf(role: Role, organisationId: string, regionCode: string): Partial<TestActor> {
  return {
    memberships: [{ membershipId: `${role}/${organisationId}`, role, organisationId, regionCode }],
    permissions: PERMISSION_NAMES.filter((name) => permissionRule(name).roles.includes(role)),
  };
}

async function addOrganisation({ owner }: TestDatabase, type: string, regionCode: string): Promise<string> {
  const id = randomUUID();
  await owner.query(
    'insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, $3, $4, $5, now())',
    [id, `${type} ${regionCode}`, type, `91440101${id.replaceAll('-', '').toUpperCase().slice(0, 10)}`, regionCode],
  );
  return id;
}

async function addCourse({ owner }: TestDatabase, organisationId: string): Promise<string> {
  const [syllabusId, courseId] = [randomUUID(), randomUUID()];
  await owner.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from)
     values ($1, 'work-safety', '大纲', 'Syllabus', 'test', '2020-01-01')`,
    [syllabusId],
  );
  await owner.query(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     values ($1, $2, $3, 'work-safety', '安全培训', $1, now(), now())`,
    [courseId, organisationId, syllabusId],
  );
  return courseId;
}

/** 449999 is not assigned: nobody has these numbers. */
function idNumberOf(serial: number): Extract<IdNumberCheck, { valid: true }> {
  const first17 = `44999919800101${String(100 + serial).padStart(3, '0')}`;
  const checked = checkIdNumber(first17 + idNumberCheckCharacter(first17));
  if (!checked.valid) throw new Error(`${first17} makes no ID number`);
  return checked;
}
