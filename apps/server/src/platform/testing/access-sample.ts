import type { Role } from '@antu/contract';
import type { Platform } from '../module.ts';
import type { Method } from '../http/actor.ts';

/** One of two places of the access walk: everything in `inside` is within the actors' reach, nothing in `outside` is. */
export type AccessPlace = {
  readonly regionCode: string;
  readonly authorityId: string;
  readonly enterpriseId: string;
  /** A training body. */
  readonly bodyId: string;
  /** Employed by the enterprise and enrolled with the body; inside, this is the learner who asks. */
  readonly personId: string;
  /** The learner's account. */
  readonly learnerAccountId: string;
  /** A teacher of the body; inside, the teacher who asks. */
  readonly teacherAccountId: string;
};

export type AccessWorld = {
  readonly platform: Platform;
  readonly inside: AccessPlace;
  readonly outside: AccessPlace;
  /** One more person on the rosters of a place, with an account, for requests that change something. */
  addPerson(place: AccessPlace): Promise<string>;
  /** A valid ID number that nobody has yet. */
  freshIdNumber(): string;
  /** A valid credit code that no organisation has yet. */
  freshUscc(): string;
};

export type AccessRequest = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Record<string, unknown> | Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** How the access walk asks one scoped route about a thing of a place. A module lists its own in `access-samples.ts`. */
export type AccessSample = {
  readonly route: `${Method} ${string}`;
  /** A request about a thing of the place that `role` may see if anybody may. Make what it needs. */
  build(world: AccessWorld, place: AccessPlace, role: Role): AccessRequest | Promise<AccessRequest>;
  /** Statuses besides 2xx that prove that access was given inside, such as 409. */
  readonly alsoGiven?: readonly number[];
  /** For lists that leave out what is outside instead of refusing: whether the answer shows nothing of the place. */
  readonly showsNothing?: (answer: unknown, place: AccessPlace) => boolean;
};
