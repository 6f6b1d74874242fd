import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'packages/*/vite/**/*.test.ts',
            'apps/*-web/src/**/*.test.ts',
            'scripts/**/*.test.mjs',
            'docs/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          // Properties take seconds, and machines are busy: a slow run is no failure.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts', 'db/**/*.test.ts'],
          globalSetup: ['apps/server/src/platform/testing/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
