import type { Permission, Role } from '@antu/contract';
import type { FastifyRequest } from 'fastify';

/** An account's role in an organisation, whose region bounds what an officer sees. */
export type Membership = {
  readonly membershipId: string;
  readonly role: Role;
  readonly organisationId: string;
  /** GB/T 2260 code of the organisation's region. */
  readonly regionCode: string;
};

/** Whoever is signed in. */
export type Actor = {
  readonly accountId: string;
  /** The person behind the account; operators may have none. */
  readonly personId: string | null;
  readonly sessionId: string;
  /** Must come back in the header `x-antu-csrf` on every request that is not a GET. */
  readonly csrfToken: string;
  readonly memberships: readonly Membership[];
};

/** What the people module tells the platform about requests. */
export type AccessControl = {
  /** Who sends this request: undefined if nobody is signed in or the session has ended. At once where that is known already. */
  authenticate(request: FastifyRequest): Actor | undefined | Promise<Actor | undefined>;
  /** True if one of the actor's memberships has the permission anywhere; the use case narrows it to organisation and region. */
  authorize(actor: Actor, permission: Permission): boolean;
};

/** Who may call a route: everybody, everybody signed in, or the holders of a permission. */
export type Policy = 'public' | 'signed-in' | Permission;

/** Without a people module nobody is signed in. */
export const nobody: AccessControl = { authenticate: async () => undefined, authorize: () => false };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const csrfHeader = 'x-antu-csrf';
