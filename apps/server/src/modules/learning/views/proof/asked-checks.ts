import type { Effect, OpenedFact, Replay } from '@antu/domain';

/** A check as the evidence tells it. */
export interface AskedCheck {
  readonly kind: 'start' | 'random';
  readonly askedAtMs: number;
  readonly decidedAtMs: number | null;
  /** Null while it is open. */
  readonly outcome: 'passed' | 'failed' | 'pending' | 'missed' | null;
  /** The last verdict that the session was told of. */
  readonly verdictId: string | null;
  readonly triesUsed: number;
  /** Viewed since the check before it that let the session go on, ms. */
  readonly viewedMs: number;
}

const effectsOf = (replay: Replay): Effect[] => replay.rows.flatMap((row) => [...row.effects]);

/** The checks of a session in the order in which they were asked. A check of the sign-in before it is none of them. */
export function checksOf(opened: OpenedFact, replay: Replay): AskedCheck[] {
  const found: AskedCheck[] = [];
  let open: AskedCheck | null = opened.identity?.start === 'needed' ? ask('start', opened.openedAtMs, 0) : null;
  let viewedMs = 0;
  const close = (change: Partial<AskedCheck>): void => {
    if (open) found.push({ ...open, ...change });
    open = null;
  };
  for (const effect of effectsOf(replay)) {
    if (effect.type === 'credited') viewedMs += effect.mediaToMs - effect.mediaFromMs;
    else if (effect.type === 'check-asked') open = ask('random', effect.atMs, viewedMs);
    else if (effect.type === 'check-failed' && open)
      open = { ...open, verdictId: effect.checkId, triesUsed: open.triesUsed + 1 };
    else if ((effect.type === 'check-passed' || effect.type === 'check-deferred') && open) {
      const outcome = effect.type === 'check-passed' ? 'passed' : 'pending';
      close({ outcome, decidedAtMs: effect.atMs, verdictId: effect.checkId, triesUsed: open.triesUsed + 1 });
      viewedMs = 0;
    } else if (effect.type === 'ended' && open) {
      close({ outcome: effect.reason === 'identity-failed' ? 'failed' : 'missed', decidedAtMs: effect.atMs });
    }
  }
  if (open) found.push(open);
  return found;
}

function ask(kind: AskedCheck['kind'], askedAtMs: number, viewedMs: number): AskedCheck {
  return { kind, askedAtMs, viewedMs, decidedAtMs: null, outcome: null, verdictId: null, triesUsed: 0 };
}

/** Viewed after the last check that let the session go on, ms. Item 10 counts viewing, new or seen before. */
export function viewedAfterMs(opened: OpenedFact, replay: Replay): number {
  if (!opened.identity) return 0;
  let viewedMs = 0;
  for (const effect of effectsOf(replay)) {
    if (effect.type === 'credited') viewedMs += effect.mediaToMs - effect.mediaFromMs;
    if (effect.type === 'check-passed' || effect.type === 'check-deferred') viewedMs = 0;
  }
  return viewedMs;
}

/** When pictures in passing were asked for, epoch ms. */
export const snapshotTimesOf = (replay: Replay): number[] =>
  effectsOf(replay).flatMap((effect) => (effect.type === 'snapshot-asked' ? [effect.atMs] : []));
