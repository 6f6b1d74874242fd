import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../platform/http/actor.ts';

/** The person behind the account that is signed in, never one named by a request. */
export function requireOwnPerson({ personId }: Pick<Actor, 'personId'>): string {
  if (personId === null) throw new AppError('study.no_person');
  return personId;
}
