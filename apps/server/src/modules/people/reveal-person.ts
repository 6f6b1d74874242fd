import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { getReachablePerson } from './read-people.ts';
import { openIdNumber, openName } from './sealed-columns.ts';

/** Shows name and ID number in full, for a reason. The row is written before anything is shown. */
export async function revealPersonInFull(
  ctx: RouteContext<'people.reveal'>,
  personId: string,
  reason: string,
): Promise<{ name: string; idNumber: string }> {
  const { keys } = ctx.platform;
  const row = await getReachablePerson(ctx.pool, ctx.actor, 'people.reveal', personId);
  await recordAudit(ctx.pool, ctx, {
    action: 'people.reveal',
    object: { kind: 'person', id: personId },
    detail: { reason },
  });
  return { name: openName(keys, row.name_sealed, row.id), idNumber: openIdNumber(keys, row.id_number_sealed, row.id) };
}
