import type { RouteLocationRaw } from 'vue-router';

/** Where the pages of the review desk lead in one console. */
export interface CaseLinks {
  readonly list: RouteLocationRaw;
  readonly toCase: (caseId: string) => RouteLocationRaw;
  /** Proof page of a session; null where the console has none. */
  readonly toSession: ((sessionId: string) => RouteLocationRaw) | null;
  /** Page of a person; null where the reader may not open it. */
  readonly toPerson: ((personId: string) => RouteLocationRaw) | null;
}
