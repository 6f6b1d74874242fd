import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http/actor.ts';
import type { RouteContext } from '../../platform/http/route.ts';

/** A request of somebody about their own exams. */
export type OwnContext = RouteContext<'exams.own'>;

/** The person behind the account. */
export function requireOwnPerson({ personId }: Actor): string {
  if (personId === null) throw new AppError('platform.not_allowed');
  return personId;
}
