import type { ServerModule } from '../../platform/module.ts';
import { seedDemoLicences } from './demo/seed-licences.ts';
import { licenceCron, licenceJobs } from './jobs.ts';
import { registerLicenceRoutes } from './routes.ts';

export const licencesModule: ServerModule = {
  name: 'licences',
  register: (app) => registerLicenceRoutes(app),
  jobs: licenceJobs,
  cron: licenceCron,
  seed: (platform) => seedDemoLicences(platform),
  constraints: {
    licence__one_of_a_category: 'licences.has_licence',
    licence_request__one_open: 'licences.open_request_exists',
    licence_request__four_eyes: 'licences.own_request',
  },
};
