import { onReviewDecided, onSnapshotJudged } from '../../identity/index.ts';
import { settleReviewOfExam } from './decided-review.ts';
import { noteJudgedPicture } from './judged-picture.ts';

export { type QuizTaker, requireLessonIdentity } from './lesson-identity.ts';
export { examIdentityCron, examIdentityJobs } from './jobs.ts';
export { registerExamIdentityRoutes } from './routes.ts';

onReviewDecided(settleReviewOfExam);
onSnapshotJudged(noteJudgedPicture);
