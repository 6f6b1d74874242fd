import type { CronLine, JobDefinition } from '../../../platform/jobs.ts';
import { checkImport } from './check-import.ts';
import { purgeImports } from './purge-imports.ts';

export { registerImportRoutes } from './routes.ts';
export const importJobs: readonly JobDefinition[] = [checkImport, purgeImports];
export const importCron: readonly CronLine[] = [{ match: '23 19 * * *', job: purgeImports, payload: {} }];
