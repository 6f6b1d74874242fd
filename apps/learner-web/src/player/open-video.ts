import type { Grade, Rendition } from './grades.ts';
import { openByBrowser } from './browser-source.ts';
import { openByScript } from './script-source.ts';

export interface VideoSource {
  setGrade(grade: Grade): void;
  /**
   * Drops everything that is loaded and goes on from another address: a session opened anew has its own, and what got lost
   * on the way must be fetched again. Keeps the grade; the picture stands until somebody plays it.
   */
  replace(playlistUrl: string, atMs: number): void;
  /** Loads nothing more until `replace`. */
  stop(): void;
  dispose(): void;
}

export interface VideoSourceOptions {
  playlistUrl: string;
  startAtMs: number;
  grade: Grade | null;
  renditions: readonly Rendition[];
  /** What must be ahead in the buffer, seconds: the gap that a lost network may take. */
  bufferSeconds: number;
  /** The picture cannot be shown at all. */
  onFatal: () => void;
  /** The server gives nothing more under this address: the session is over, or nobody is signed in. Nothing is tried again. */
  onRefused: () => void;
}

/** Waiting time before the next try after the network failed. */
export const RETRY_MS = 3_000;
/** Broken media are tried again so often. */
export const MOST_RECOVERIES = 3;

/** Whether an HTTP status says that the session is over for this browser. */
export function isRefusal(status: number | undefined): boolean {
  return status === 401 || status === 410;
}

/** The height by which a grade is found among the levels of a list. */
export function heightOf(grade: Grade | null, renditions: readonly Rendition[]): number {
  return renditions.find((one) => one.name === grade)?.heightPx ?? 0;
}

/** Gives a video element its HLS source: hls.js where there are media source extensions, else the browser's own player. */
export async function openVideo(video: HTMLVideoElement, options: VideoSourceOptions): Promise<VideoSource> {
  const byScript = 'MediaSource' in globalThis ? await openByScript(video, options) : null;
  return byScript ?? openByBrowser(video, options);
}
