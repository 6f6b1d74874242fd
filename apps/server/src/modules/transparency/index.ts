import type { Platform, ServerModule } from '../../platform/module.ts';
import { registerCheckPage } from './check-page.ts';
import { registerLogRoutes } from './routes.ts';
import { runSequencer } from './run-sequencer.ts';
import { sequencePending } from './sequence.ts';
import { verifyLogCommand } from './verify/verify-log-command.ts';

export { appendLeaf } from './append-leaf.ts';
export { recordedAt } from './checkpoints.ts';
export { proofOf } from './proof-of.ts';
export { keepLeaves, type LeafSource, type LoggedFact } from './verify/leaf-sources.ts';
export { type LogDifference, type LogVerdict, verifyLog } from './verify/verify-log.ts';

/** Takes everything that waits into the log at once: for tests, demo data and commands. @returns leaves added */
export const sequenceNow = (platform: Platform): Promise<number> => sequencePending(platform, { wait: true });

export const transparencyModule: ServerModule = {
  name: 'transparency',
  register(app) {
    registerLogRoutes(app);
    registerCheckPage(app);
  },
  commands: [verifyLogCommand],
  work: (platform) => runSequencer(platform),
};
