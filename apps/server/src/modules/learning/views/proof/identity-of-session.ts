import type { SessionIdentity } from '@antu/contract';

/** Who sat in front of the camera in a session: nothing where its training asks for no checks. */
export function identityOfSession(): SessionIdentity {
  return { gapSeconds: null, checks: [], viewedAfterSeconds: 0, snapshots: [] };
}
