import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { transaction } from '../database/pool.ts';
import { addJob, defineJob } from '../jobs.ts';
import type { ServerModule } from '../module.ts';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../testing/index.ts';
import { startWorker } from './worker.ts';

let database: TestDatabase;
let test1: TestApp;
let done: string[];
beforeEach(async () => {
  database = await createTestDatabase();
  test1 = await buildTestApp({ database, modules: [] });
  done = [];
});
afterEach(async () => {
  await test1.close();
  await database.close();
});

const note = defineJob({
  name: 'test.note',
  payload: z.object({ text: z.string() }),
  handler: async ({ text }) => {
    done.push(text);
  },
});
const module: ServerModule = { name: 'test', jobs: [note] };

async function withWorker(work: () => Promise<void>): Promise<void> {
  const stop = await startWorker(test1.platform, [module]);
  try {
    await work();
  } finally {
    await stop();
  }
}

describe('jobs', () => {
  test('a job of a committed transaction runs, one of a rolled-back transaction never does', async () => {
    await expect(
      transaction(database.pool, async (tx) => {
        await addJob(tx, note, { text: 'rolled back' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await transaction(database.pool, (tx) => addJob(tx, note, { text: 'committed' }));
    await withWorker(async () => {
      await vi.waitFor(() => expect(done).toEqual(['committed']), 5000);
    });
  });

  test('a payload that does not fit is refused when the job is added', async () => {
    const wrong = JSON.parse('{"text": 7}') as { text: string };
    await expect(transaction(database.pool, (tx) => addJob(tx, note, wrong))).rejects.toThrow(z.ZodError);
  });

  test('jobs of a killed worker are taken up at once by the next', async () => {
    await transaction(database.pool, (tx) => addJob(tx, note, { text: 'left' }));
    await database.owner.query(
      "update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now(), attempts = 1",
    );
    await withWorker(async () => {
      await vi.waitFor(() => expect(done).toEqual(['left']), 5000);
    });
  });

  test('two jobs of one name are refused', async () => {
    await expect(startWorker(test1.platform, [module, module])).rejects.toThrow('Two jobs are named test.note.');
  });
});
