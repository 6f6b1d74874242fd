import type { ServerModule } from '../../platform/module.ts';
import { searchDoubles } from './doubles/search-doubles-job.ts';
import { measureStoredFaces } from './face-gauge.ts';
import { purgeChallenges, purgePictures } from './jobs.ts';
import { registerOwnIdentityRoutes } from './own-routes.ts';
import { printServiceKey } from './print-service-key.ts';
import { closeProviders } from './providers.ts';
import { judgeSnapshot } from './snapshots/judge-snapshot-job.ts';
import { registerStaffIdentityRoutes } from './staff-routes.ts';

export { type CheckDetail, hashOfCheck, insertCheck, type NewCheck } from './checks/check-rows.ts';
export { type ChallengeRequest, openChallenge } from './checks/open-challenge.ts';
export { haveConsented } from './consent.ts';
export { type FaceDouble, findDoubles } from './doubles/find-doubles.ts';
export { replaceProviders } from './providers.ts';
export { lockReviewState } from './reviews/review-rows.ts';
export { type DecidedReview, onReviewDecided, type ReviewListener } from './reviews/review-listeners.ts';
export { findCheckIdentity, listSessionIdentity, type SessionCapture, type SessionCheck } from './session-identity.ts';
export { type JudgedSnapshot, onSnapshotJudged } from './snapshots/judged-listeners.ts';
export type { SnapshotFindings } from './snapshots/findings.ts';
export { type Snapshot, type StoredSnapshot, storeSnapshot } from './snapshots/store-snapshot.ts';
export { readVerdictFacts, type VerdictFact } from './verdict-facts.ts';
export { sendSessionCapture } from './staff/send-picture.ts';
export {
  findFreshCheck,
  findFreshChecks,
  findFreshSignInCheck,
  findVerdict,
  listCheckVerdicts,
  type Verdict,
  type WantedCheck,
} from './verdicts.ts';

export const identityModule: ServerModule = {
  name: 'identity',
  register(app, platform) {
    registerOwnIdentityRoutes(app);
    registerStaffIdentityRoutes(app);
    measureStoredFaces(app.metrics, platform);
    app.addHook('onClose', () => closeProviders(platform));
  },
  jobs: [judgeSnapshot, searchDoubles, purgePictures, purgeChallenges],
  cron: [
    { match: '7 * * * *', job: purgePictures, payload: {} },
    { match: '*/5 * * * *', job: purgeChallenges, payload: {} },
  ],
  commands: [printServiceKey],
};
