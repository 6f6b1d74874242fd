import { isPrintedName, normaliseDocumentCode } from '@antu/domain';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { loadDocument } from '../documents/index.ts';
import type { VerificationLimits } from './limits.ts';

/** Key under which issuing modules print the holder's name. */
const NAME_FIELD = 'name';

/** Whether the typed name is the printed one. The name is neither kept nor logged. */
export async function compareName(
  ctx: RouteContext,
  limits: VerificationLimits,
  typedCode: string,
  name: string,
): Promise<{ matches: boolean }> {
  const nowMs = ctx.nowMs();
  if (!limits.unknownCodes.has(ctx.address, nowMs)) throw new AppError('verification.too_many_unknown');
  const code = normaliseDocumentCode(typedCode);
  const document = code && (await loadDocument(ctx.platform, ctx.pool, { code }));
  if (!document) {
    limits.unknownCodes.take(ctx.address, nowMs);
    throw new AppError('verification.not_found');
  }
  const isAllowed =
    limits.names.take(`${document.code} ${ctx.address}`, nowMs) && limits.namesOfCode.take(document.code, nowMs);
  if (!isAllowed) throw new AppError('verification.too_many_names');
  const printed = document.fields.find(({ key }) => key === NAME_FIELD);
  return { matches: printed !== undefined && isPrintedName(name, printed.value) };
}
