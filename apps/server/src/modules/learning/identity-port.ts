import type { IdentityChallenge } from '@antu/contract';
import type { SchemeCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Platform } from '../../platform/module.ts';
import type { AuditContext } from '../audit/index.ts';
import { findFreshSignInCheck, listCheckVerdicts, openChallenge, storeSnapshot } from '../identity/index.ts';
import type { CheckVerdict } from './advance-session.ts';

/** A session of a person, as the identity module has to know it. */
export type IdentifiedSession = { personId: string; sessionId: string; scheme: SchemeCode; regionCode: string };

/** What study sessions need to know about who sits there. */
export type IdentityPort = {
  /** Begins the check that a session asks for. Refuses with codes of the identity module. */
  openChallenge(
    ctx: AuditContext,
    session: IdentifiedSession,
    checkId: string,
    loginSessionId: string,
  ): Promise<IdentityChallenge>;
  /** All verdicts of a check of a session, oldest first: nobody chooses which of them count. */
  listVerdicts(
    db: Queryable,
    personId: string,
    checkId: string,
  ): Promise<(CheckVerdict & { sessionId: string | null })[]>;
  /** The newest check of this sign-in that was passed or left to people. */
  findCheckOfSignIn(db: Queryable, personId: string, loginSessionId: string): Promise<CheckVerdict | undefined>;
  /** Keeps a picture in passing. @returns false if it is none, or nobody may keep it */
  storeSnapshot(session: IdentifiedSession, picture: string): Promise<boolean>;
};

/** The identity module behind the port. */
export function identityPort(platform: Platform): IdentityPort {
  return {
    openChallenge: (ctx, session, checkId, loginSessionId) =>
      openChallenge(platform, ctx, { ...session, purpose: 'study', checkId, loginSessionId }),
    listVerdicts: listCheckVerdicts,
    findCheckOfSignIn: (db, personId, loginSessionId) => findFreshSignInCheck(db, personId, loginSessionId, 0),
    storeSnapshot: async (session, picture) => (await storeSnapshot(platform, { ...session, picture })) !== undefined,
  };
}
