import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
/** Migrations, roles and seed data. */
export const databaseDir = join(rootDir, 'db');
