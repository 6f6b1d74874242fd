import type { CaseLinks } from '@antu/web-kit';

/** Where the review desk leads in this console. */
export const caseLinks: CaseLinks = {
  list: { name: 'cases' },
  toCase: (caseId) => ({ name: 'case', params: { caseId } }),
  toSession: (sessionId) => ({ name: 'session-proof', params: { sessionId } }),
  toPerson: (personId) => ({ name: 'person', params: { personId } }),
};
