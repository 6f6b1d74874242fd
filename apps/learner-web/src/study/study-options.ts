import type { SnapshotReport, StudyDevice, StudyTransport } from './study-transport.ts';

export interface StudyClientOptions {
  lessonVersionId: string;
  device: StudyDevice;
  transport: StudyTransport;
  /** Stopwatch of the page, ms; never the wall clock, which people set. */
  now?: () => number;
  random?: () => number;
  isOnline?: () => boolean;
  /** Takes one picture without a word on the screen; never rejects. */
  takeSnapshot?: () => Promise<SnapshotReport>;
}

/** Fills in what a browser has. */
export function withBrowser(options: StudyClientOptions): Required<StudyClientOptions> {
  return {
    now: () => performance.now(),
    random: Math.random,
    isOnline: () => globalThis.navigator?.onLine !== false,
    takeSnapshot: async () => ({ picture: null, failure: 'unsupported' }),
    ...options,
  };
}
