import { pathAfterSignIn } from '@antu/web-kit/router-guard.ts';

/** A page of ours to go back to; null for anything else. */
export function cameFrom(from: unknown): string | null {
  return typeof from === 'string' && pathAfterSignIn(from) === from ? from : null;
}
