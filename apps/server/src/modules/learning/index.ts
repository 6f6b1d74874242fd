import type { ServerModule } from '../../platform/module.ts';
import { countCurve, sweepSessions } from './jobs.ts';
import { registerStudyRoutes } from './routes.ts';
import { createStudyDoor } from './study-door.ts';
import { verifyCommand } from './verify/verify-command.ts';
import { learningViewCron, learningViewJobs, registerLearningViews, seedDemoHistory } from './views/index.ts';

export const learningModule: ServerModule = {
  name: 'learning',
  register(app, platform) {
    const door = createStudyDoor(platform);
    app.addHook('onClose', () => door.writer.drain());
    registerStudyRoutes(app, door);
    registerLearningViews(app, platform);
  },
  jobs: [sweepSessions, countCurve, ...learningViewJobs],
  cron: [
    { match: '* * * * *', job: sweepSessions, payload: {} },
    { match: '*/10 * * * *', job: countCurve, payload: {} },
    ...learningViewCron,
  ],
  seed: (platform) => seedDemoHistory(platform),
  commands: [verifyCommand],
};
