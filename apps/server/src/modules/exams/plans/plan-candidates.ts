import type { Candidate, SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { findCandidates } from '../bank/index.ts';

export type { Candidate } from '@antu/domain';

/** Questions from which papers of an organisation may be drawn on a China day. */
export const candidatesOf = (
  db: Queryable,
  { scheme, organisationId }: { scheme: SchemeCode; organisationId: string },
  day: string,
): Promise<readonly Candidate[]> => findCandidates(db, { scheme, organisationId, day });
