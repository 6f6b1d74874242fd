export { expectAppendOnly } from './append-only.ts';
export { buildTestApp, type TestActor, type TestApp, type TestAppOptions, testActor } from './test-app.ts';
export { TestClient, type TestAnswer } from './test-client.ts';
export { fixedClock, type TestClock } from './test-clock.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
