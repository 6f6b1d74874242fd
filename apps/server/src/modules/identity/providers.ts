import { readFile } from 'node:fs/promises';
import type { CheckLimits } from '@antu/domain';
import type { Platform } from '../../platform/module.ts';
import {
  createProvider,
  type IdentityProvider,
  openServiceKey,
  type ProviderName,
  readServiceSigner,
} from './engine/index.ts';

/** Makes a provider; called once per platform and name, and again after it failed. */
export type MakeProvider = (platform: Platform, name: ProviderName) => IdentityProvider | Promise<IdentityProvider>;

type Kept = {
  make: MakeProvider;
  made: Map<ProviderName, Promise<IdentityProvider>>;
  /** Instead of what the rules say. */
  judgeMs: number | undefined;
};

const kept = new WeakMap<Platform, Kept>();

function keptOf(platform: Platform): Kept {
  const known = kept.get(platform);
  if (known) return known;
  const fresh: Kept = { make: makeProvider, made: new Map(), judgeMs: undefined };
  kept.set(platform, fresh);
  return fresh;
}

/** The provider of a name in this process, made when it is first needed. Rejects if it is not set up: it counts as away then. */
export function providerOf(platform: Platform, name: ProviderName): Promise<IdentityProvider> {
  const { make, made } = keptOf(platform);
  const known = made.get(name);
  if (known) return known;
  const provider = (async () => make(platform, name))();
  made.set(name, provider);
  // Whoever sets it up later need not start the server anew.
  provider.catch(() => made.delete(name));
  return provider;
}

/** How long a provider may take, ms. */
export const judgeLimitMs = (platform: Platform, { judgeSeconds }: CheckLimits): number =>
  keptOf(platform).judgeMs ?? judgeSeconds * 1000;

/** Ends what was made for a platform. */
export async function closeProviders(platform: Platform): Promise<void> {
  const { made } = keptOf(platform);
  const providers = await Promise.allSettled(made.values());
  made.clear();
  await Promise.all(providers.map((one) => (one.status === 'fulfilled' ? one.value.close() : undefined)));
}

/** Puts other providers in the place of the real ones, for tests; without `make` the real ones with another limit of time. */
export function replaceProviders(platform: Platform, make: MakeProvider = makeProvider, judgeMs?: number): void {
  kept.set(platform, { make, made: new Map(), judgeMs });
}

async function makeProvider({ settings, clock, log }: Platform, name: ProviderName): Promise<IdentityProvider> {
  if (name === 'builtin') return createProvider('builtin', { clock, workers: settings.faceWorkers });
  if (name === 'refuse') return createProvider('refuse', {});
  const { faceProviderUrl: url, faceProviderKeyFile, faceProviderSendsIdentity: sendsIdentity, keyDir } = settings;
  if (url === undefined) throw new Error('the face rules name the provider http, but FACE_PROVIDER_URL is not set');
  const serviceKey = openServiceKey(await readFile(faceProviderKeyFile, 'utf8'));
  return createProvider('http', { url, signer: await readServiceSigner(keyDir), serviceKey, sendsIdentity, log });
}
