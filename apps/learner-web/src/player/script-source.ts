import type { default as HlsClass } from 'hls.js/light';
import { nearestLevel } from './grades.ts';
import {
  heightOf,
  isRefusal,
  MOST_RECOVERIES,
  RETRY_MS,
  type VideoSource,
  type VideoSourceOptions,
} from './open-video.ts';

/** One address being played; another one gets another of these. */
interface Playing {
  readonly hls: HlsClass;
  stop(): void;
}

/** Plays by hls.js; null where it cannot. */
export async function openByScript(video: HTMLVideoElement, options: VideoSourceOptions): Promise<VideoSource | null> {
  const { default: Hls } = await import('hls.js/light');
  if (!Hls.isSupported()) return null;
  let { grade } = options;
  const levelOf = (hls: HlsClass) => nearestLevel(heightOf(grade, options.renditions), hls.levels);

  const start = (playlistUrl: string, startAtMs: number): Playing => {
    const hls = new Hls({
      autoStartLoad: false,
      maxBufferLength: options.bufferSeconds,
      maxMaxBufferLength: options.bufferSeconds * 2,
      backBufferLength: 60,
      enableWorker: false, // a worker from a blob address needs a hole in the content policy
    });
    let recoveries = 0;
    let stopped = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      stopped = true;
      clearTimeout(retry);
      hls.stopLoad();
    };
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      if (stopped) return;
      hls.loadLevel = levelOf(hls);
      hls.startLoad(startAtMs / 1000);
    });
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (stopped) return;
      const status = data.response?.code;
      if (isRefusal(status)) {
        stop();
        options.onRefused();
        return;
      }
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.NETWORK_ERROR && status !== 404 && status !== 403) {
        clearTimeout(retry);
        retry = setTimeout(() => (hls.levels.length > 0 ? hls.startLoad() : hls.loadSource(playlistUrl)), RETRY_MS);
      } else if (data.type === Hls.ErrorTypes.MEDIA_ERROR && recoveries < MOST_RECOVERIES) {
        recoveries += 1;
        hls.recoverMediaError();
      } else {
        options.onFatal();
      }
    });
    hls.loadSource(playlistUrl);
    hls.attachMedia(video);
    return { hls, stop };
  };

  let playing = start(options.playlistUrl, options.startAtMs);
  const end = () => {
    playing.stop();
    playing.hls.destroy();
  };
  return {
    setGrade(next) {
      grade = next;
      if (playing.hls.levels.length > 0) playing.hls.nextLevel = levelOf(playing.hls);
    },
    replace(playlistUrl, atMs) {
      end();
      playing = start(playlistUrl, atMs);
    },
    stop: () => playing.stop(),
    dispose: end,
  };
}
