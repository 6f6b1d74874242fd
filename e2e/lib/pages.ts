import type { AppPath } from './stage.ts';

export interface ScreenPage {
  /** Part of the file name of the picture. */
  readonly name: string;
  readonly path: string;
  /** Element that stands once the page is drawn. */
  readonly shows: string;
}
export interface ScreenTour {
  readonly app: AppPath;
  readonly prefix: string;
  readonly login: string;
  /** Built once signed in, because some pages are about one person or course. */
  readonly pages: readonly ScreenPage[];
}

/** Things of the demo that pages are about. */
export interface ScreenSubjects {
  readonly courseId: string;
  readonly lessonPath: string;
  readonly documentPath: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly draftId: string;
  readonly caseId: string;
  /** An import of questions that nobody decided on. */
  readonly importId: string;
  readonly planId: string;
  /** An exam that is over. */
  readonly examId: string;
}

const page = (name: string, path: string, shows = 'h1'): ScreenPage => ({ name, path, shows });

/** Every main page of the three apps, as those who work there see it. */
export function screenTours(of: ScreenSubjects): readonly ScreenTour[] {
  const learner = [
    page('home', '/', '.standing h1'),
    page('course', `/courses/${of.courseId}`),
    page('lesson', of.lessonPath, '.study-strip:not([data-line=opening])'),
    page('document', of.documentPath, '.study-strip:not([data-line=opening])'),
    page('hours', '/hours', 'section.day'),
    page('me', '/me'),
    page('identity', '/me/identity'),
  ];
  const enterprise = [
    page('home', '/enterprise/'),
    page('people', '/enterprise/people', 'table tbody tr'),
    page('person', `/enterprise/people/${of.personId}`, '.page-head'),
    page('exports', '/enterprise/exports', 'form'),
    page('identity', '/enterprise/identity/photos'),
    page('identity-reviews', '/enterprise/identity/reviews'),
    page('own-exam-statistics', '/enterprise/exams/statistics', '.filters'),
  ];
  const body = [
    page('courses', '/enterprise/courses'),
    page('course', `/enterprise/courses/${of.draftId}`),
    page('cases', '/enterprise/cases', 'table tbody tr'),
    page('case', `/enterprise/cases/${of.caseId}`),
    page('bank', '/enterprise/bank'),
    page('bank-question-new', '/enterprise/bank/questions/new'),
    page('bank-review', '/enterprise/bank/review'),
    page('bank-duplicates', '/enterprise/bank/duplicates'),
    page('bank-imports', '/enterprise/bank/imports', 'form, section'),
    page('bank-import', `/enterprise/bank/imports/${of.importId}`, '.row'),
    page('exams', '/enterprise/exams'),
    page('exam-new', '/enterprise/exams/new', 'form'),
    page('exam-plans', '/enterprise/exams/plans', '.plan'),
    page('exam-plan', `/enterprise/exams/plans/${of.planId}`, '.page-head'),
    page('exam-plan-new', '/enterprise/exams/plans/new', '.line'),
    page('exam-plan-edit', `/enterprise/exams/plans/${of.planId}/edit`, '.line'),
    page('exam-statistics', '/enterprise/exams/statistics', '.filters'),
    page('exam', `/enterprise/exams/${of.examId}`, '.page-head'),
    page('exam-items', `/enterprise/exams/${of.examId}/items`, '.item'),
  ];
  const officer = [
    page('live', '/supervision/live', '.headline__number'),
    page('live-sessions', '/supervision/live/sessions'),
    page('people', '/supervision/people', 'table tbody tr'),
    page('person', `/supervision/people/${of.personId}`),
    page('proof', `/supervision/people/sessions/${of.sessionId}`, '.sum__equation'),
    page('rules', '/supervision/rules', 'table'),
    page('cases', '/supervision/cases', 'table tbody tr'),
    page('case', `/supervision/cases/${of.caseId}`),
    page('exams', '/supervision/exams?stage=over', 'table tbody tr'),
    page('exam-board', `/supervision/exams/${of.examId}/board`, '.room__bar'),
    page('exam-statistics', '/supervision/exams/statistics', '.filters'),
  ];
  const one = (app: AppPath, prefix: string, login: string, pages: readonly ScreenPage[]): ScreenTour => ({
    app,
    prefix,
    login,
    pages,
  });
  return [
    one('/', 'learner', 'driver', learner),
    one('/enterprise/', 'enterprise', 'manager', enterprise),
    one('/enterprise/', 'enterprise', 'trainer', body),
    one('/supervision/', 'supervision', 'officer-city', officer),
    one('/supervision/', 'supervision', 'reviewer', [
      page('reviews', '/supervision/reviews', '.page-head'),
      page('review', `/supervision/reviews/${of.courseId}/latest`, '.review'),
      page('review-questions', '/supervision/reviews/questions', '.state, .split'),
    ]),
    one('/supervision/', 'supervision', 'secadmin', [page('accounts', '/supervision/accounts', 'table tbody tr')]),
    one('/supervision/', 'supervision', 'auditor', [page('audit', '/supervision/audit', 'table tbody tr')]),
    one('/supervision/', 'supervision', 'sysadmin', [page('health', '/supervision/health')]),
  ];
}
