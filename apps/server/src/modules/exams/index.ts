import type { ServerModule } from '../../platform/module.ts';
import { appealCron, appealJobs, registerAppealRoutes } from './appeals/index.ts';
import { registerBankRoutes } from './bank/index.ts';
import { importCron, importJobs, registerImportRoutes } from './import/index.ts';
import { examCron, examJobs } from './dates/jobs.ts';
import { registerExamRoutes } from './dates/routes.ts';
import { examIdentityCron, examIdentityJobs, registerExamIdentityRoutes } from './identity/index.ts';
import { markingCron, markingJobs } from './marking/jobs.ts';
import { registerPracticeRoutes } from './practice/index.ts';
import { registerPlanRoutes } from './plans/index.ts';
import { quizCron, quizJobs, registerQuizRoutes } from './quizzes/index.ts';
import { registerSittingRoutes } from './sittings/routes.ts';
import { registerStatisticsRoutes, statisticsCron, statisticsJobs } from './statistics/index.ts';
import { registerDocumentRoutes } from './documents/routes.ts';
import { verifyExamsCommand } from './verify/verify-command.ts';
import { seedDemoExams } from './demo/index.ts';

export const examsModule: ServerModule = {
  name: 'exams',
  register(app, platform) {
    registerBankRoutes(app);
    registerImportRoutes(app);
    registerPlanRoutes(app);
    registerPracticeRoutes(app);
    registerQuizRoutes(app);
    registerSittingRoutes(app, platform);
    registerAppealRoutes(app);
    registerStatisticsRoutes(app);
    registerExamRoutes(app);
    registerExamIdentityRoutes(app);
    registerDocumentRoutes(app);
  },
  jobs: [
    ...markingJobs,
    ...appealJobs,
    ...importJobs,
    ...statisticsJobs,
    ...examJobs,
    ...examIdentityJobs,
    ...quizJobs,
  ],
  cron: [
    ...markingCron,
    ...appealCron,
    ...importCron,
    ...statisticsCron,
    ...examCron,
    ...examIdentityCron,
    ...quizCron,
  ],
  commands: [verifyExamsCommand],
  seed: (platform) => seedDemoExams(platform),
  constraints: {
    question_bank__organisation_id_title_zh: 'questions.bank_title_taken',
    question_version__one_open: 'questions.changed_meanwhile',
    question_version__never_edited_after_draft: 'questions.not_editable',
    question_version__own_work: 'questions.own_work',
    exam_plan__replaced_once: 'exams.plan_replaced',
  },
};
