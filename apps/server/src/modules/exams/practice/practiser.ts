import { chinaDateOf } from '@antu/domain';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import type { Practiser } from './open-questions.ts';

/** The person behind the account, today. */
export const practiserOf = ({ actor, nowMs }: OwnContext): Practiser => ({
  personId: requireOwnPerson(actor),
  day: chinaDateOf(nowMs()),
});
