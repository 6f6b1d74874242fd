import type { IdentityStanding } from '@antu/contract';

/** Texts are `home.todo.<name>` of the catalogue. */
export type IdentityTodo = 'enrol' | 'refused' | 'signIn';

/**
 * What a learner still has to do about identity before study; null for nothing.
 * @param without who chose the ways without a face is not asked to enrol one
 */
export function identityTodoOf(
  { schemes, enrolment, signIn }: Pick<IdentityStanding, 'schemes' | 'enrolment' | 'signIn'>,
  without: boolean,
): IdentityTodo | null {
  if (schemes.length === 0) return null;
  if (!without && enrolment.state === 'refused') return 'refused';
  if (!without && enrolment.state === 'none') return 'enrol';
  return signIn.required && signIn.passedAt === null ? 'signIn' : null;
}
