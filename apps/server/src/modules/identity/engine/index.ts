import { type BuiltinOptions, createBuiltinProvider } from './builtin-provider.ts';
import { createHttpProvider, type HttpOptions } from './http-provider.ts';
import type { IdentityProvider, ProviderName } from './provider.ts';
import { createRefuseProvider } from './refuse-provider.ts';

export type { BuiltinOptions } from './builtin-provider.ts';
export type { HttpOptions } from './http-provider.ts';
export { openServiceKey, readServiceSigner } from './http/service-keys.ts';
export type { MessageSigner, ServiceKey } from './http/signed-exchange.ts';
export * from './provider.ts';

/** What each provider needs. */
export type ProviderOptions = { builtin: BuiltinOptions; http: HttpOptions; refuse: Record<string, never> };

/** Makes a provider; the caller closes it. Throws RangeError for an address that is not safe to send faces to. */
export function createProvider<Name extends ProviderName>(
  name: Name,
  options: ProviderOptions[Name],
): IdentityProvider {
  const make: { readonly [One in ProviderName]: (given: ProviderOptions[One]) => IdentityProvider } = {
    builtin: createBuiltinProvider,
    http: createHttpProvider,
    refuse: createRefuseProvider,
  };
  return make[name](options);
}
