import { bucketOf } from '@antu/domain';
import {
  buildTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../../../platform/testing/index.ts';
import { auditModule } from '../../../audit/index.ts';
import { coursesModule } from '../../../courses/index.ts';
import {
  DEMO_LEARNERS,
  DEMO_ORGANISATIONS,
  idNumberIndex,
  peopleModule,
  personBucketOf,
} from '../../../people/index.ts';
import { learningModule } from '../../index.ts';
import { seedDemoHistory } from '../demo/seed-demo-history.ts';
import { insertCourse, type TestCourse } from './courses.ts';

/** The demo's people and history over courses of known lengths. */
export interface World {
  readonly database: TestDatabase;
  readonly test: TestApp;
  readonly courses: readonly TestCourse[];
  /** Person of a place in the demo's list. */
  personAt(seat: number): Promise<string>;
  close(): Promise<void>;
}

/** Builds the world; takes seconds, so once per file. */
export async function buildWorld(): Promise<World> {
  const database = await createTestDatabase();
  const test = await buildTestApp({ database, modules: [auditModule, peopleModule, coursesModule, learningModule] });
  // The partitions of the template lie around the real month.
  test.clock.set(new Date());
  await peopleModule.seed?.(test.platform);
  const body = { organisationId: DEMO_ORGANISATIONS.lingxue.id };
  const courses = [
    await insertCourse(database.owner, {
      ...body,
      scheme: 'road-transport',
      titleZh: '甲课',
      lessonMs: [172_583, 180_100, 120_000],
    }),
    await insertCourse(database.owner, {
      ...body,
      scheme: 'road-transport',
      titleZh: '乙课',
      lessonMs: [150_000, 176_083],
    }),
    await insertCourse(database.owner, {
      ...body,
      scheme: 'work-safety',
      titleZh: '丙课',
      lessonMs: [168_833, 180_000],
    }),
    // The demo assigns it to nobody; its scheme asks for no identity checks.
    await insertCourse(database.owner, {
      ...body,
      scheme: 'driver-licence',
      titleZh: '丁课',
      lessonMs: [168_833, 180_000],
    }),
  ];
  await seedDemoHistory(test.platform);
  return {
    database,
    test,
    courses,
    personAt: async (seat) => {
      const idNumber = DEMO_LEARNERS[seat]?.idNumber.normalised ?? '';
      const { keys } = test.platform;
      const { rows } = await database.pool.query<{ id: string }>(
        'select id from person where bucket = $1 and id_number_index = $2',
        [personBucketOf(keys, idNumber), idNumberIndex(keys, idNumber)],
      );
      const id = rows[0]?.id ?? '';
      if (bucketOf(id) !== personBucketOf(keys, idNumber)) throw new Error(`no demo learner at ${seat}`);
      return id;
    },
    close: async () => {
      await test.close();
      await database.close();
    },
  };
}
