import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.ts';

/** Addresses of the PostgreSQL that all test files of a run share. */
export type TestServerAddress = {
  superuserUrl: string;
  ownerPassword: string;
  appPassword: string;
  /** Database with the newest structure, to be cloned. */
  template: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerAddress;
  }
}

/** Starts PostgreSQL in a temporary directory, builds the template, and ends both after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'antu-test-'));
  const { address, stop } = await startTestServer(directory);
  project.provide('testServer', address);
  return async () => {
    await stop();
    await rm(directory, { recursive: true, force: true });
  };
}
