import type { StudyDevice, StudyTransport } from './study-transport.ts';

export interface StudyClientOptions {
  lessonVersionId: string;
  device: StudyDevice;
  transport: StudyTransport;
  /** Stopwatch of the page, ms; never the wall clock, which people set. */
  now?: () => number;
  random?: () => number;
  isOnline?: () => boolean;
}

/** Fills in what a browser has. */
export function withBrowser(options: StudyClientOptions): Required<StudyClientOptions> {
  return {
    now: () => performance.now(),
    random: Math.random,
    isOnline: () => globalThis.navigator?.onLine !== false,
    ...options,
  };
}
