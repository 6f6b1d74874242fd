import { onReviewDecided } from '../../identity/index.ts';
import { queueSettling } from './jobs.ts';

export { holdHours } from './hours-lock.ts';
export { findUnsettledGates, findWaitingForQuiz } from './awaited-hours.ts';
export { queueQuizSettling, reviewCron, reviewJobs } from './jobs.ts';
export { registerReviewDesk } from './routes.ts';
export { settleQuizGate } from './settle-review.ts';

// Wherever people decide about a check, by a request or a job: the hours that wait for it follow.
onReviewDecided((tx, { personId, reviewId }) => queueSettling(tx, { personId, identityCheckId: reviewId }));
