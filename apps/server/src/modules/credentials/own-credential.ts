import { normaliseDocumentCode } from '@antu/domain';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { loadDocument, standingOf } from '../documents/index.ts';
import { requireOwnPerson } from '../people/index.ts';
import { credentialOf } from './credential-of.ts';
import { didOf } from './did-of.ts';
import { signCredential } from './sign-credential.ts';

/** A document of one's own as a credential. One that no longer holds is given to nobody: a credential does not show its end. */
export async function ownCredential(ctx: RouteContext<'hours.own'>, typed: string): Promise<Record<string, unknown>> {
  const personId = requireOwnPerson(ctx.actor);
  const code = normaliseDocumentCode(typed);
  const document = code && (await loadDocument(ctx.platform, ctx.pool, { code }));
  if (!document || document.personId !== personId) throw new AppError('verification.not_found');
  if (standingOf(document, ctx.now()).state !== 'valid') throw new AppError('credentials.not_in_force');
  const { publicUrl } = ctx.platform.settings;
  const now = ctx.now();
  return signCredential(ctx.platform, credentialOf(document, { did: didOf(publicUrl), publicUrl, now }), now);
}
