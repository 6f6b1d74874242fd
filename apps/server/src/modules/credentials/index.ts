import type { ServerModule } from '../../platform/module.ts';
import { registerCredentialRoutes } from './routes.ts';

export const credentialsModule: ServerModule = {
  name: 'credentials',
  register: (app) => registerCredentialRoutes(app),
};
