import { findVariantUrl, type Grade } from './grades.ts';
import {
  heightOf,
  isRefusal,
  MOST_RECOVERIES,
  RETRY_MS,
  type VideoSource,
  type VideoSourceOptions,
} from './open-video.ts';

/** Plays by the browser itself (iPhone), which tells of nothing but that it failed. */
export async function openByBrowser(video: HTMLVideoElement, options: VideoSourceOptions): Promise<VideoSource> {
  let { playlistUrl, grade } = options;
  let atSeconds = options.startAtMs / 1000;
  let recoveries = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** Grows with everything that makes a loading under way pointless. */
  let turn = 0;
  const isOutdated = (mine: number) => mine !== turn;
  const begin = (): number => {
    clearTimeout(retry);
    turn += 1;
    return turn;
  };

  const load = async (): Promise<void> => {
    const mine = begin();
    const masterUrl = new URL(playlistUrl, location.href).href;
    const url = await findUrl(masterUrl, heightOf(grade, options.renditions));
    if (isOutdated(mine)) return;
    const playing = !video.paused;
    const onReady = () => {
      if (isOutdated(mine)) return;
      video.currentTime = atSeconds;
      if (playing) void video.play().catch(() => undefined);
    };
    video.addEventListener('loadedmetadata', onReady, { once: true });
    video.src = url;
  };
  const empty = () => {
    begin();
    video.removeAttribute('src');
    video.load();
  };
  const noteTime = () => {
    if (video.readyState >= video.HAVE_CURRENT_DATA) atSeconds = video.currentTime;
  };
  const onError = async (): Promise<void> => {
    const mine = begin();
    const status = await statusOf(playlistUrl);
    if (isOutdated(mine)) return;
    if (isRefusal(status)) {
      options.onRefused();
    } else if (status === 0 || status >= 500) {
      retry = setTimeout(() => void load(), RETRY_MS);
    } else if (status < 400 && recoveries < MOST_RECOVERIES) {
      recoveries += 1;
      await load();
    } else {
      options.onFatal();
    }
  };
  const whenFailed = () => void onError();
  video.addEventListener('timeupdate', noteTime);
  video.addEventListener('error', whenFailed);
  await load();
  return {
    setGrade(next: Grade) {
      grade = next;
      noteTime();
      void load();
    },
    replace(nextUrl, atMs) {
      playlistUrl = nextUrl;
      atSeconds = atMs / 1000;
      recoveries = 0;
      empty();
      void load();
    },
    // What it loads it loads: the player of the browser cannot be told to wait.
    stop: () => void begin(),
    dispose() {
      video.removeEventListener('timeupdate', noteTime);
      video.removeEventListener('error', whenFailed);
      empty();
    },
  };
}

/** Address of one grade's own list; the master list itself where it cannot be read: the player then chooses as it likes. */
async function findUrl(masterUrl: string, heightPx: number): Promise<string> {
  try {
    const master = await (await fetch(masterUrl, { credentials: 'same-origin' })).text();
    return findVariantUrl(master, masterUrl, heightPx) ?? masterUrl;
  } catch {
    return masterUrl;
  }
}

/** HTTP status under which a list is served now; 0 without an answer. */
async function statusOf(playlistUrl: string): Promise<number> {
  try {
    return (await fetch(playlistUrl, { credentials: 'same-origin', cache: 'no-store' })).status;
  } catch {
    return 0;
  }
}
