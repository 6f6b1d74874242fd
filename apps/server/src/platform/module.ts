import type { ErrorCode } from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import type { CronLine, JobDefinition } from './jobs.ts';
import type { Logger } from './log.ts';
import type { Clock } from './clock.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import type { Pool } from './database/pool.ts';
import type { AccessControl } from './http/actor.ts';
import type { Settings } from './settings.ts';
import type { SigningKeys } from './signing/signing-key.ts';
import type { FolderStorage } from './storage/folder-storage.ts';

/** What the platform hands to every module. */
export type Platform = {
  settings: Settings;
  /** Connections as the application role. */
  pool: Pool;
  clock: Clock;
  log: Logger;
  storage: FolderStorage;
  /** Encryption of columns. */
  keys: KeyRing;
  /** Keys that sign what the platform issues. */
  signing: SigningKeys;
};

/** A command of `npm run antu -- <name>`. */
export type Command = {
  name: string;
  summary: string;
  /** @returns the exit code */
  run(platform: Platform, args: readonly string[]): Promise<number>;
};

/** What a module offers to the platform. Everything but the name is optional in effect; empty lists do no harm. */
export type ServerModule = {
  name: string;
  register?(app: FastifyInstance, platform: Platform): void | Promise<void>;
  /** Who somebody is and what they may do. Exactly one module brings it. */
  access?(platform: Platform): AccessControl;
  jobs?: readonly JobDefinition[];
  cron?: readonly CronLine[];
  /** Starts what runs as long as a worker does, besides jobs. @returns ends it */
  work?(platform: Platform): () => Promise<void>;
  /** Writes demo data; called once in the life of a database, in the order of the module list. */
  seed?(platform: Platform): Promise<void>;
  /** Database constraint -> code of the refusal. */
  constraints?: Readonly<Record<string, ErrorCode>>;
  commands?: readonly Command[];
  /** Lines that `npm start` prints before `ready` in demo mode, such as the demo accounts. */
  startNotes?(platform: Platform): Promise<readonly string[]>;
};
