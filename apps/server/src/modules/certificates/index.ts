import type { ServerModule } from '../../platform/module.ts';
import { registerTrainingCertificate } from './print-certificate.ts';
import { registerCertificateRoutes } from './routes.ts';

registerTrainingCertificate();

export const certificatesModule: ServerModule = {
  name: 'certificates',
  register: (app) => registerCertificateRoutes(app),
  constraints: { training_certificate__one_in_force: 'platform.conflict' },
};
