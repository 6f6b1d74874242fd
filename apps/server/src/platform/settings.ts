import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { StartError } from './errors.ts';
import { type SettingSpec, settingsTable } from './settings-table.ts';

export { type AppName, appNames } from './settings-table.ts';

type Table = typeof settingsTable;
type Name = keyof Table;
type Parsed = { [K in Name]: z.output<Table[K]['schema']> };

/** The settings of this process, checked. Names are those of the environment variables in camel case. */
export type Settings = Readonly<{
  port: number;
  host: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Absolute path. */
  dataDir: string;
  /** Absolute path. */
  keyDir: string;
  /** Absolute path. */
  storageDir: string;
  /** Absent: the embedded database. */
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  databasePoolSize: number;
  statementTimeoutMs: number;
  apps: Parsed['APPS'];
  demo: boolean;
  logLevel: Parsed['LOG_LEVEL'];
  beatWindowMs: number;
  beatGroups: number;
  cookieSecure: Parsed['COOKIE_SECURE'];
  /** Addresses or networks; empty: none. */
  trustProxy: readonly string[];
  maxUploadMib: number;
  ffmpegPath: string;
  ffprobePath: string;
  /** Child processes that compute faces. */
  faceWorkers: number;
  faceProviderUrl: string | undefined;
  /** Absolute path; the file need not exist without an outside service. */
  faceProviderKeyFile: string;
  faceProviderSendsIdentity: boolean;
  workerConcurrency: number;
  /** 0: pick a free one. */
  postgresPort: number;
}>;

/**
 * Reads and checks the settings. A wrong or misspelt one throws a `StartError` whose message is one sentence.
 * @param environment usually `process.env`; an empty value counts as absent
 * @param baseDir directory that relative paths start from
 */
export function loadSettings(
  environment: Record<string, string | undefined>,
  baseDir: string = process.cwd(),
): Settings {
  refuseUnknownNames(environment);
  const parsed = parseAll(environment);
  const dataDir = resolve(baseDir, parsed.DATA_DIR ?? './data');
  const within = (path: string | undefined, name: string) => (path ? resolve(baseDir, path) : join(dataDir, name));
  const keyDir = within(parsed.KEY_DIR, 'keys');
  return Object.freeze({
    port: parsed.PORT,
    host: parsed.HOST ?? '127.0.0.1',
    publicUrl: parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`,
    dataDir,
    keyDir,
    storageDir: within(parsed.STORAGE_DIR, 'files'),
    databaseUrl: parsed.DATABASE_URL,
    databaseOwnerUrl: parsed.DATABASE_OWNER_URL,
    databasePoolSize: parsed.DATABASE_POOL_SIZE,
    statementTimeoutMs: parsed.STATEMENT_TIMEOUT_MS,
    apps: parsed.APPS,
    demo: parsed.DEMO ?? parsed.DATABASE_URL === undefined,
    logLevel: parsed.LOG_LEVEL,
    beatWindowMs: parsed.BEAT_WINDOW_MS,
    beatGroups: parsed.BEAT_GROUPS,
    cookieSecure: parsed.COOKIE_SECURE,
    trustProxy: (parsed.TRUST_PROXY ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    maxUploadMib: parsed.MAX_UPLOAD_MIB,
    ffmpegPath: parsed.FFMPEG_PATH ?? 'ffmpeg',
    ffprobePath: parsed.FFPROBE_PATH ?? 'ffprobe',
    faceWorkers: parsed.FACE_WORKERS,
    faceProviderUrl: parsed.FACE_PROVIDER_URL,
    faceProviderKeyFile: parsed.FACE_PROVIDER_KEY_FILE
      ? resolve(baseDir, parsed.FACE_PROVIDER_KEY_FILE)
      : join(keyDir, 'face-provider.pem'),
    faceProviderSendsIdentity: parsed.FACE_PROVIDER_SENDS_IDENTITY ?? false,
    workerConcurrency: parsed.WORKER_CONCURRENCY,
    postgresPort: parsed.POSTGRES_PORT,
  });
}

function parseAll(environment: Record<string, string | undefined>): Parsed {
  const entries = Object.entries(settingsTable).map(([name, spec]) => [name, parseOne(name, spec, environment[name])]);
  const parsed: Parsed = Object.fromEntries(entries);
  if (parsed.DATABASE_OWNER_URL && !parsed.DATABASE_URL) {
    throw new StartError('DATABASE_OWNER_URL is set without DATABASE_URL: set both or neither.');
  }
  return parsed;
}

function parseOne(name: string, spec: SettingSpec<unknown>, raw: string | undefined): unknown {
  const result = spec.schema.safeParse(raw === '' ? undefined : raw);
  if (result.success) return result.data;
  const shown = spec.secret ? 'its value' : JSON.stringify(raw);
  throw new StartError(`Setting ${name} must be ${spec.allowed.en}, but ${shown} is not.`);
}

/** A name that starts with ANTU_, or differs by one letter from a setting of six letters or more, is a mistake worth stopping for. */
function refuseUnknownNames(environment: Record<string, string | undefined>): void {
  const known = Object.keys(settingsTable);
  for (const name of Object.keys(environment)) {
    if (known.includes(name)) continue;
    const meant = known.find((candidate) => candidate.length >= 6 && differsByOneLetter(candidate, name));
    if (name.startsWith('ANTU_')) {
      const plain = name.slice('ANTU_'.length);
      const hint = known.includes(plain) ? `the setting is called ${plain}` : 'docs/settings.md lists all settings';
      throw new StartError(`There is no setting ${name}: ${hint}.`);
    }
    if (meant) throw new StartError(`There is no setting ${name}: did you mean ${meant}?`);
  }
}

function differsByOneLetter(known: string, name: string): boolean {
  if (Math.abs(known.length - name.length) > 1) return false;
  let same = 0;
  while (same < known.length && known[same] === name[same]) same += 1;
  const restKnown = known.slice(same);
  const restName = name.slice(same);
  return (
    restKnown.slice(1) === restName.slice(1) ||
    restKnown.slice(1) === restName ||
    restKnown === restName.slice(1) ||
    (restKnown[0] === restName[1] && restKnown[1] === restName[0] && restKnown.slice(2) === restName.slice(2))
  );
}
