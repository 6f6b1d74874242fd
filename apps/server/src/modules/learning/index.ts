import type { ServerModule } from '../../platform/module.ts';
import { identityPort } from './identity-port.ts';
import { countCurve, sweepSessions } from './jobs.ts';
import { registerStudyMedia } from './media/index.ts';
import { registerReviewDesk, reviewCron, reviewJobs } from './review/index.ts';
import { registerStudyRoutes } from './routes.ts';
import { createStudyDoor } from './study-door.ts';
import { verifyCommand } from './verify/verify-command.ts';
import { learningViewCron, learningViewJobs, registerLearningViews, seedDemoHistory } from './views/index.ts';

export { keepQuizzes, type ProvedGate, type ProvedGates, type QuizGate, type QuizKeeper } from './quiz-gate.ts';
export { type QuizProgress, readQuizProgress } from './quiz-progress.ts';
export { findUnsettledGates, queueQuizSettling, settleQuizGate } from './review/index.ts';

export const learningModule: ServerModule = {
  name: 'learning',
  register(app, platform) {
    const door = createStudyDoor(platform);
    app.addHook('onClose', () => door.writer.drain());
    registerStudyRoutes(app, door, identityPort(platform));
    registerStudyMedia(app, platform, door);
    registerLearningViews(app, platform);
    registerReviewDesk(app);
  },
  jobs: [sweepSessions, countCurve, ...learningViewJobs, ...reviewJobs],
  cron: [
    { match: '* * * * *', job: sweepSessions, payload: {} },
    { match: '*/10 * * * *', job: countCurve, payload: {} },
    ...learningViewCron,
    ...reviewCron,
  ],
  seed: (platform) => seedDemoHistory(platform),
  commands: [verifyCommand],
  constraints: { study_appeal__open_once: 'review.appeal_open' },
};
