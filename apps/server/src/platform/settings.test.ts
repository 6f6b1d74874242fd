import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StartError } from './errors.ts';
import { rootDir } from './paths.ts';
import { settingsPage } from './settings-page.ts';
import { loadSettings } from './settings.ts';

describe('loadSettings', () => {
  test('works without any setting', () => {
    const settings = loadSettings({}, '/srv/antu');
    expect(settings).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      dataDir: '/srv/antu/data',
      keyDir: '/srv/antu/data/keys',
    });
    expect(settings.apps).toEqual(['learner', 'enterprise', 'supervision']);
    expect(settings.demo).toBe(true);
  });

  test('an external database is no demo unless asked', () => {
    const DATABASE_URL = 'postgresql://a:b@db:5432/antu';
    expect(loadSettings({ DATABASE_URL }).demo).toBe(false);
    expect(loadSettings({ DATABASE_URL, DEMO: 'true' }).demo).toBe(true);
  });

  test('an empty value counts as absent', () => {
    expect(loadSettings({ PORT: '' }).port).toBe(8080);
  });

  test.each([
    [{ PORT: 'eighty' }, 'Setting PORT must be a whole number from 1 to 65535, but "eighty" is not.'],
    [{ PORT: '0' }, 'Setting PORT must be a whole number from 1 to 65535, but "0" is not.'],
    [{ PORT: '65536' }, 'Setting PORT must be a whole number from 1 to 65535, but "65536" is not.'],
    [{ DEMO: 'yes' }, 'Setting DEMO must be true or false, but "yes" is not.'],
    [
      { APPS: 'learner,shop' },
      'Setting APPS must be a comma-separated choice of learner, enterprise, supervision, but "learner,shop" is not.',
    ],
    [
      { DATABASE_URL: 'mysql://root:hunter2@db/antu' },
      'Setting DATABASE_URL must be postgresql://user:password@host:port/database, but its value is not.',
    ],
    [
      { DATABASE_OWNER_URL: 'postgresql://a:b@db/antu' },
      'DATABASE_OWNER_URL is set without DATABASE_URL: set both or neither.',
    ],
    [{ ANTU_PORT: '1' }, 'There is no setting ANTU_PORT: the setting is called PORT.'],
    [{ ANTU_COLOUR: 'red' }, 'There is no setting ANTU_COLOUR: docs/settings.md lists all settings.'],
    [{ DATABASE_URI: 'postgresql://a:b@db/antu' }, 'There is no setting DATABASE_URI: did you mean DATABASE_URL?'],
    [
      { FACE_PROVIDER_URL: 'http://face.example.gov.cn' },
      'Setting FACE_PROVIDER_URL must be an address that begins with https://, but "http://face.example.gov.cn" is not.',
    ],
    [{ DATA_DRI: '/x' }, 'There is no setting DATA_DRI: did you mean DATA_DIR?'],
  ])('%j is refused with one sentence', (environment, sentence) => {
    expect(() => loadSettings(environment)).toThrow(new StartError(sentence));
  });

  test('variables of other programs do not matter', () => {
    expect(() => loadSettings({ PATH: '/bin', HOSTNAME: 'x', SHELL: '/bin/sh', LOG: '1' })).not.toThrow();
  });
});

test('docs/settings.md is what the table says', async () => {
  const page = await readFile(join(rootDir, 'docs/settings.md'), 'utf8');
  expect(page, 'run: npm run antu -- settings-doc').toBe(settingsPage());
});
