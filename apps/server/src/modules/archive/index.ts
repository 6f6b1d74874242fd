import type { ServerModule } from '../../platform/module.ts';
import { registerArchiveRoutes } from './routes.ts';

export const archiveModule: ServerModule = {
  name: 'archive',
  register: (app) => registerArchiveRoutes(app),
};
