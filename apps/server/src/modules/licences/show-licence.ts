import type { ShownLicence } from '@antu/contract';
import { chinaDateAt, getLicenceRuleSet, licenceLimitsOf, licencePhaseOf, licenceStatusCode } from '@antu/domain';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { makeHolderToken } from '../../platform/signing/holder-token.ts';
import { recordAudit } from '../audit/index.ts';
import { requireOwnPerson } from '../people/index.ts';
import { findLicence, termOf } from './licence-rows.ts';

/** A code that proves for a minute that the holder shows it now. Errors: `licences.not_found`, `licences.not_shown` */
export async function showLicence(ctx: RouteContext<'licences.own'>, licenceId: string): Promise<ShownLicence> {
  const personId = requireOwnPerson(ctx.actor);
  const licence = await findLicence(ctx.pool, licenceId);
  if (licence?.person_id !== personId) throw new AppError('licences.not_found');
  const { document_code: code, standing, rule_set_id: ruleSetId } = licence;
  const limits = licenceLimitsOf(getLicenceRuleSet(ruleSetId));
  const phase = licencePhaseOf(termOf(licence), chinaDateAt(ctx.nowMs()), limits);
  if (code === null || licenceStatusCode(standing, phase) !== '10') throw new AppError('licences.not_shown');
  const nowMs = ctx.nowMs();
  const { token, expiresAtMs } = await makeHolderToken(ctx.platform.signing, {
    code,
    nowMs,
    seconds: limits.tokenSeconds,
  });
  await recordAudit(ctx.pool, ctx, { action: 'licences.show', object: { kind: 'licence', id: licenceId } });
  return {
    url: `${ctx.platform.settings.publicUrl}/verify/${code}?t=${token}`,
    code,
    expiresAt: new Date(expiresAtMs).toISOString(),
    secondsLeft: Math.max(0, Math.round((expiresAtMs - nowMs) / 1000)),
  };
}
