import { onScopeDispose, ref, type Ref } from 'vue';
import { readQr } from './read-qr.ts';

const LOOK_MS = 250;

export interface Scanner {
  readonly isOn: Ref<boolean>;
  readonly failed: Ref<boolean>;
  open(): Promise<void>;
  close(): void;
}

/** Looks at the camera of the back until it sees a QR code; the camera is let go then, and when the page is left. */
export function useScanner(video: Readonly<Ref<HTMLVideoElement | null>>, onFound: (text: string) => void): Scanner {
  const isOn = ref(false);
  const failed = ref(false);
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    isOn.value = false;
  }

  async function look(): Promise<void> {
    const mine = stream;
    const text = video.value ? await readQr(video.value) : null;
    // Closed, or opened anew, while it looked.
    if (!mine || mine !== stream) return;
    if (text !== null) {
      close();
      onFound(text);
      return;
    }
    timer = setTimeout(() => void look(), LOOK_MS);
  }

  async function open(): Promise<void> {
    failed.value = false;
    isOn.value = true;
    try {
      const asked = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      if (!isOn.value) {
        for (const track of asked.getTracks()) track.stop();
        return;
      }
      stream = asked;
      if (video.value) {
        video.value.srcObject = stream;
        await video.value.play();
      }
      void look();
    } catch {
      close();
      failed.value = true;
    }
  }

  onScopeDispose(close);
  return { isOn, failed, open, close };
}
