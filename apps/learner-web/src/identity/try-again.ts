import { failureOf } from '../study/study-transport.ts';

/** Waits between tries, ms; the last one repeats. */
const BACK_OFF_MS = [1_000, 2_000, 4_000] as const;
/** Without an answer for this long a network is called slow. */
const SLOW_MS = 5_000;

/** Thrown when the time is over and no answer has come. */
export class TooSlow extends Error {
  constructor(cause: unknown) {
    super('no answer in time', { cause });
    this.name = 'TooSlow';
  }
}

/** Thrown when the learner or the page has stopped what was under way. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

/** Throws `Stopped` once the signal says so. */
export function unlessStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new Stopped();
}

export interface TryOptions {
  signal: AbortSignal;
  /** No further try begins after this long, ms. */
  withinMs: number;
  /** The network is slow or gone; or it is back. */
  onSlow: (slow: boolean) => void;
}

/** Sends until an answer comes. Rejects with `TooSlow` when time is over, with what the server says where trying again is pointless. */
export async function tryAgain<T>(
  send: (signal: AbortSignal) => Promise<T>,
  { signal, withinMs, onSlow }: TryOptions,
): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (let tries = 0; ; tries += 1) {
    unlessStopped(signal);
    const own = new AbortController();
    const stop = () => own.abort();
    signal.addEventListener('abort', stop);
    const slow = setTimeout(() => onSlow(true), SLOW_MS);
    const late = setTimeout(stop, Math.max(0, endMs - performance.now()));
    try {
      const answer = await send(own.signal);
      onSlow(false);
      return answer;
    } catch (cause) {
      unlessStopped(signal);
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) throw new TooSlow(cause);
      if (failureOf(cause) !== 'retry' || isOurOwn(cause)) throw cause;
      onSlow(true);
      await sleep(Math.min(leftMs, BACK_OFF_MS[Math.min(tries, BACK_OFF_MS.length - 1)] ?? 4_000), signal);
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
    }
  }
}

/** Refusals of the identity module say something about this very check; waiting does not change them. */
function isOurOwn(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && String(cause.code).startsWith('identity.');
}

/** Waits; rejects with `Stopped` at once when the signal says so. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new Stopped());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
