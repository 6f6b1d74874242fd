import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { type AuditContext, recordAudit } from '../../audit/index.ts';
import { findPersonName } from '../../people/index.ts';
import type { Challenge } from './challenge-rows.ts';

/** Name and number in full, for a service that compares with the national register. That they were handed on is recorded first. */
export async function nameForProvider(
  ctx: AuditContext & Pick<RouteContext, 'pool' | 'platform'>,
  { personId, id }: Pick<Challenge, 'personId' | 'id'>,
  provider: string,
): Promise<{ name: string; idNumber: string }> {
  const person = await findPersonName(ctx.pool, ctx.platform.keys, personId);
  if (!person) throw new AppError('people.not_found');
  await recordAudit(ctx.pool, ctx, {
    action: 'identity.hand-on',
    object: { kind: 'person', id: personId },
    detail: { provider, checkId: id },
  });
  return { name: person.name, idNumber: person.idNumber };
}
