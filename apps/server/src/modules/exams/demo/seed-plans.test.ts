import { findPlanProblems, getExamRuleSet } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../../../platform/testing/index.ts';
import { auditModule } from '../../audit/index.ts';
import { coursesModule } from '../../courses/index.ts';
import { peopleModule } from '../../people/index.ts';
import { examsModule } from '../index.ts';
import { drawFromPlan, selectPlans } from '../plans/index.ts';
import { seedDemoExams } from './seed-exams.ts';

let database: TestDatabase;
let test: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  test = await buildTestApp({ database, modules: [auditModule, peopleModule, coursesModule, examsModule] });
  await peopleModule.seed?.(test.platform);
  await coursesModule.seed?.(test.platform);
  await seedDemoExams(test.platform);
});
afterAll(async () => {
  await test?.close();
  await database?.close();
});

describe('plans of the demo', () => {
  it('are for formal and for mock exams in each scheme that has a bank, and written once', async () => {
    const kinds = async () =>
      (await selectPlans(database.pool, 'true', [])).map((one) => `${one.scheme} ${one.isMock}`);
    const written = await kinds();
    expect(new Set(written)).toEqual(
      new Set(['road-transport false', 'road-transport true', 'work-safety false', 'work-safety true']),
    );
    await seedDemoExams(test.platform);
    expect(await kinds()).toEqual(written);
  });

  it('add up, and draw different papers from different seeds', async () => {
    for (const plan of await selectPlans(database.pool, 'true', [])) {
      const problems = findPlanProblems(plan, getExamRuleSet(plan.ruleSetId), []);
      expect(problems.filter(({ blocks }) => blocks)).toEqual([]);
      const [one, two] = await Promise.all(
        ['one', 'two'].map((seed) => drawFromPlan(database.pool, plan, seed, '2026-11-26')),
      );
      expect(one?.ok).toBe(true);
      expect(one).not.toEqual(two);
    }
  });
});
