import { recall, remember } from '@antu/web-kit';

const KEY = 'antu.device';
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** A random number that this browser keeps, evidence that two sessions used one device; null where none can be made. */
export function deviceId(): string | null {
  const kept = recall(KEY);
  if (kept !== null && UUID.test(kept)) return kept;
  // Missing at addresses without https.
  const made = globalThis.crypto?.randomUUID?.() ?? null;
  remember(KEY, made);
  return made;
}
