import type { ServerModule } from '../../platform/module.ts';
import { registerVerificationRoutes } from './routes.ts';

export const verificationModule: ServerModule = {
  name: 'verification',
  register: (app) => registerVerificationRoutes(app),
};
