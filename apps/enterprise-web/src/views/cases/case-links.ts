import type { CaseLinks } from '@antu/web-kit';
import { computed, type ComputedRef } from 'vue';
import { useOwnOrganisation } from '../../session/own-organisation.ts';

/** Where the review desk leads in this console: teachers may not open people, and the proof is the authority's. */
export function useCaseLinks(): ComputedRef<CaseLinks> {
  const { may } = useOwnOrganisation();
  return computed(() => ({
    list: { name: 'cases' },
    toCase: (caseId) => ({ name: 'case', params: { caseId } }),
    toSession: null,
    toPerson: may('hours.read') ? (personId) => ({ name: 'person', params: { personId } }) : null,
  }));
}
