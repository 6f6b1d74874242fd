import { findVariantUrl, type Grade, nearestLevel, type Rendition } from './grades.ts';

export interface VideoSource {
  setGrade(grade: Grade): void;
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
}

const RETRY_MS = 3_000;
const MOST_RECOVERIES = 3;

/** Gives a video element its HLS source: hls.js where there are media source extensions, else the browser's own player. */
export async function openVideo(video: HTMLVideoElement, options: VideoSourceOptions): Promise<VideoSource> {
  return 'MediaSource' in globalThis ? openByScript(video, options) : openByBrowser(video, options);
}

function heightOf(grade: Grade | null, renditions: readonly Rendition[]): number {
  return renditions.find((one) => one.name === grade)?.heightPx ?? 0;
}

async function openByScript(video: HTMLVideoElement, options: VideoSourceOptions): Promise<VideoSource> {
  const { default: Hls } = await import('hls.js/light');
  if (!Hls.isSupported()) return openByBrowser(video, options);
  const hls = new Hls({
    autoStartLoad: false,
    maxBufferLength: options.bufferSeconds,
    maxMaxBufferLength: options.bufferSeconds * 2,
    backBufferLength: 60,
    enableWorker: false, // a worker from a blob address needs a hole in the content policy
  });
  let { grade } = options;
  let recoveries = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const level = () => nearestLevel(heightOf(grade, options.renditions), hls.levels);

  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    hls.loadLevel = level();
    hls.startLoad(options.startAtMs / 1000);
  });
  hls.on(Hls.Events.ERROR, (_event, data) => {
    if (!data.fatal) return;
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR && data.response?.code !== 404 && data.response?.code !== 403) {
      clearTimeout(retry);
      retry = setTimeout(
        () => (hls.levels.length > 0 ? hls.startLoad() : hls.loadSource(options.playlistUrl)),
        RETRY_MS,
      );
    } else if (data.type === Hls.ErrorTypes.MEDIA_ERROR && recoveries < MOST_RECOVERIES) {
      recoveries += 1;
      hls.recoverMediaError();
    } else {
      options.onFatal();
    }
  });
  hls.loadSource(options.playlistUrl);
  hls.attachMedia(video);
  return {
    setGrade(next) {
      grade = next;
      if (hls.levels.length > 0) hls.nextLevel = level();
    },
    dispose() {
      clearTimeout(retry);
      hls.destroy();
    },
  };
}

async function openByBrowser(video: HTMLVideoElement, options: VideoSourceOptions): Promise<VideoSource> {
  let disposed = false;
  const load = async (grade: Grade | null, startAtSeconds: number, playing: boolean) => {
    const masterUrl = new URL(options.playlistUrl, location.href).href;
    let url = masterUrl;
    try {
      const master = await (await fetch(masterUrl, { credentials: 'same-origin' })).text();
      url = findVariantUrl(master, masterUrl, heightOf(grade, options.renditions)) ?? masterUrl;
    } catch {
      // The player asks for the master list itself and chooses as it likes.
    }
    if (disposed) return;
    const onReady = () => {
      video.currentTime = startAtSeconds;
      if (playing) void video.play().catch(() => undefined);
    };
    video.addEventListener('loadedmetadata', onReady, { once: true });
    video.src = url;
  };
  const onError = () => options.onFatal();
  video.addEventListener('error', onError);
  await load(options.grade, options.startAtMs / 1000, false);
  return {
    setGrade(next) {
      void load(next, video.currentTime, !video.paused);
    },
    dispose() {
      disposed = true;
      video.removeEventListener('error', onError);
      video.removeAttribute('src');
      video.load();
    },
  };
}
