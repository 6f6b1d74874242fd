import type { ServerModule } from '../../platform/module.ts';
import { registerRecognitionRoutes } from './routes.ts';

export const recognitionModule: ServerModule = {
  name: 'recognition',
  register: (app) => registerRecognitionRoutes(app),
  constraints: { subsidy_claim_entry__bucket_entry_id: 'recognition.claimed_meanwhile' },
};
