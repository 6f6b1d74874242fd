import { onScopeDispose, type Ref, ref } from 'vue';

/** An iPhone knows full screen for the video alone, under its own name. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

/** Full screen of picture and status strip together, so that the strip stays true there as well. */
export function useFullscreen(
  stage: () => HTMLElement | null,
  video: Readonly<Ref<HTMLVideoElement | null>>,
): { full: Ref<boolean>; toggle: () => void; leave: () => void } {
  const full = ref(false);
  const note = () => {
    full.value = document.fullscreenElement !== null;
  };
  document.addEventListener('fullscreenchange', note);
  onScopeDispose(() => document.removeEventListener('fullscreenchange', note));

  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  };
  const toggle = () => {
    const element = stage();
    if (document.fullscreenElement) leave();
    else if (element && 'requestFullscreen' in element) void element.requestFullscreen().catch(() => undefined);
    else (video.value as AppleVideo | null)?.webkitEnterFullscreen?.();
  };
  return { full, toggle, leave };
}
