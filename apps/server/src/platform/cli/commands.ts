import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modules } from '../../modules/index.ts';
import { systemClock } from '../clock.ts';
import { rotateKeys } from '../crypto/key-ring.ts';
import { resolveDatabase } from '../database/connect.ts';
import { describeSchema } from '../database/describe-schema.ts';
import { openPool } from '../database/pool.ts';
import { buildStructure } from '../database/structure.ts';
import type { Command } from '../module.ts';
import { databaseDir, rootDir } from '../paths.ts';
import { seedDemo } from '../seed.ts';
import { settingsPage } from '../settings-page.ts';
import { rotateSigningKey, signingPurposes } from '../signing/file-keys.ts';
import { databaseUrl, startTestServer } from '../testing/test-server.ts';

/** Commands of the platform that work on a database. */
export const databaseCommands: readonly Command[] = [
  {
    name: 'migrate',
    summary: 'brings the database to the newest structure and makes the coming partitions',
    run: async ({ settings }) => {
      const { ownerUrl } = await resolveDatabase(settings);
      const ran = await buildStructure(ownerUrl, { clock: systemClock });
      console.log(`migrations applied: ${ran.join(', ') || 'none were missing'}`);
      return 0;
    },
  },
  {
    name: 'seed-demo',
    summary: 'writes the demo data that is missing',
    run: async (platform) => {
      const written = await seedDemo(platform, modules);
      console.log(`demo data written: ${written.join(', ') || 'none was missing'}`);
      return 0;
    },
  },
];

/** Commands that need no database. */
export const plainCommands: readonly {
  name: string;
  summary: string;
  run(keyDir: string, args: readonly string[]): Promise<number>;
}[] = [
  {
    name: 'settings-doc',
    summary: 'writes docs/settings.md from the table of settings',
    run: async () => {
      await writeFile(join(rootDir, 'docs/settings.md'), settingsPage());
      console.log('docs/settings.md written');
      return 0;
    },
  },
  {
    name: 'schema-doc',
    summary: 'writes db/schema.sql from the migrations',
    run: async () => {
      await writeFile(join(databaseDir, 'schema.sql'), await schemaOfMigrations());
      console.log('db/schema.sql written');
      return 0;
    },
  },
  {
    name: 'rotate-keys',
    summary: 'adds a new data key; processes use it after a restart, older values still open',
    run: async (keyDir) => {
      console.log(`data key ${await rotateKeys(keyDir)} is the current one`);
      return 0;
    },
  },
  {
    name: 'rotate-signing-key',
    summary: `retires the signing keys of a purpose and makes new ones: ${signingPurposes.join(' | ')}`,
    run: async (keyDir, [wanted]) => {
      const purpose = signingPurposes.find((one) => one === wanted);
      if (!purpose) {
        console.error(`Which purpose? There are: ${signingPurposes.join(', ')}.`);
        return 2;
      }
      const made = await rotateSigningKey(keyDir, purpose, systemClock.now());
      console.log(`signing with ${made.join(' and ')} after a restart; what older keys signed stays valid`);
      return 0;
    },
  },
];

/** Migrates a database of its own, so that nothing of an instance's database comes in. */
async function schemaOfMigrations(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'antu-schema-'));
  const { address, stop } = await startTestServer(directory);
  const owner = openPool({ url: databaseUrl(address, 'antu_owner', address.template), max: 1 });
  try {
    return await describeSchema(owner);
  } finally {
    await owner.end();
    await stop();
    await rm(directory, { recursive: true, force: true });
  }
}
