import type { RouteContext } from '../../../platform/http/route.ts';

/** Looking on counts as one look until somebody was away this long. */
const AWAY_MS = 600_000;
/** Above this many what is long over is forgotten. */
const MOST_KEPT = 5_000;

/** When an account last looked at something, epoch ms. By platform, so that each server of a test has its own. */
const looks = new WeakMap<object, Map<string, number>>();

/**
 * Whether somebody begins to look at what a page asks for again and again: then it goes into the audit log, every later question of the
 * same page does not. Kept in memory: after a restart the next question counts as a first look.
 */
export function isFirstLook(
  { platform, actor, nowMs }: Pick<RouteContext<'exams.watch'>, 'platform' | 'actor' | 'nowMs'>,
  what: string,
): boolean {
  const kept = looks.get(platform) ?? new Map<string, number>();
  looks.set(platform, kept);
  const [now, key] = [nowMs(), `${actor.accountId} ${actor.sessionId} ${what}`];
  const last = kept.get(key);
  // Set anew at the end, so that the oldest stand in front.
  kept.delete(key);
  kept.set(key, now);
  if (kept.size > MOST_KEPT) forget(kept, now);
  return last === undefined || now - last > AWAY_MS;
}

function forget(kept: Map<string, number>, now: number): void {
  for (const [key, last] of kept) {
    if (now - last <= AWAY_MS) return;
    kept.delete(key);
  }
}
