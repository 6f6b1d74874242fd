import { inspectQuizzes } from '../../courses/index.ts';
import { keepQuizzes } from '../../learning/index.ts';
import { inspectLessons } from './inspect-quizzes.ts';
import { gateKeeper } from './keep-gates.ts';
import { prepareDemoQuizzes } from './prepare-demo.ts';

export { quizCron, quizJobs } from './jobs.ts';
export { registerQuizRoutes } from './routes.ts';

// In every process: study, publication, jobs and `verify` ask about quizzes.
keepQuizzes(gateKeeper);
inspectQuizzes({
  inspect: async (db, course, lessons, now) =>
    (await inspectLessons(db, course, lessons, now)).map(({ facts }) => facts),
  prepareDemo: prepareDemoQuizzes,
});
