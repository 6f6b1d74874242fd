import { type EndpointAnswer, getIdentityStanding, getLearningHome, type IdentityStanding } from '@antu/contract';
import { api } from '@antu/web-kit/session.ts';
import { whenLeft } from '../../../study/leaving.ts';

export type HomeData = EndpointAnswer<typeof getLearningHome> & { identity: IdentityStanding | null };

/** An answer that was asked for before there was a page is only used by one that comes at once. */
const EARLY_MS = 15_000;
let early: { answer: Promise<HomeData>; askedAtMs: number } | undefined;

async function ask(signal?: AbortSignal): Promise<HomeData> {
  await whenLeft();
  const options = signal ? { signal } : {};
  // Asked beside the home, so that nothing moves later; what may work does not depend on it.
  const [home, identity] = await Promise.all([
    api.call(getLearningHome, {}, options),
    api.call(getIdentityStanding, {}, options).catch(() => null),
  ]);
  return { ...home, identity };
}

/** Asks while the app still finds out who is signed in: on a slow line each answer in a row is felt. */
export function askHomeEarly(): void {
  const answer = ask();
  // Whoever loads the home meets the failure; nobody else has to.
  answer.catch(() => undefined);
  early = { answer, askedAtMs: performance.now() };
}

/** What the home shows; the early answer if there is one that is fresh and good. */
export async function loadHome(signal: AbortSignal): Promise<HomeData> {
  const asked = early;
  early = undefined;
  if (!asked || performance.now() - asked.askedAtMs > EARLY_MS) return ask(signal);
  // The page's frame is drawn first, in a turn of its own.
  await new Promise((resolve) => setTimeout(resolve));
  return asked.answer.catch(() => ask(signal));
}
