import { CameraError, cameraFaultOf } from './camera-fault.ts';

export interface CameraOptions {
  /** `user`: towards the person; `environment`: away from them, for documents. A laptop has one and uses it for both. */
  facing: 'user' | 'environment';
  /** Wished size of the picture, px; the camera gives what it has. */
  width?: number;
  height?: number;
}
export interface PictureOptions {
  /** The longer side is made at most this long, px. */
  longestPx?: number;
  /** Of the JPEG, 0 to 1. */
  quality?: number;
}

/** A camera without a picture for this long is in somebody else's hands. */
const FIRST_PICTURE_MS = 8_000;
/** Part of the shorter side that counts as the middle, where a face is. */
const MIDDLE = 0.85;

/**
 * One camera shown in one `<video>`. Pictures are taken as the camera sees them, never mirrored; whoever shows the video
 * as a mirror does so with a style. Rejects with `CameraError` only.
 */
export class Camera {
  /** Called when the running camera is taken away: unplugged, a call, another app. */
  onLost: (() => void) | null = null;
  readonly #options: CameraOptions;
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | null = null;
  /** Grows with every open and close, so that an opening that comes late knows that nobody waits for it. */
  #turn = 0;
  #small: HTMLCanvasElement | null = null;
  #onAttached: (() => void) | null = null;

  constructor(options: CameraOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#stream !== null;
  }

  /** Names the element that shows the picture; null when it goes away. */
  attach(video: HTMLVideoElement | null): void {
    this.#video = video;
    if (!video) return;
    this.#onAttached?.();
    video.muted = true;
    video.playsInline = true;
    if (!this.#stream) return;
    video.srcObject = this.#stream;
    video.play().catch(() => undefined);
  }

  /** Opens the camera and waits for its first picture. May ask the person, so it can take as long as they take. */
  async open(): Promise<void> {
    if (this.#stream) return;
    this.#turn += 1;
    const turn = this.#turn;
    const stream = await askFor(this.#options);
    if (turn !== this.#turn) {
      stop(stream);
      throw new CameraError('failed');
    }
    this.#stream = stream;
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', () => {
        if (this.#stream !== stream) return;
        this.close();
        this.onLost?.();
      });
    }
    try {
      await this.#show(stream);
    } catch (cause) {
      this.close();
      throw new CameraError(cameraFaultOf(cause), cause);
    }
    if (turn !== this.#turn) throw new CameraError('failed');
  }

  close(): void {
    this.#turn += 1;
    if (this.#stream) stop(this.#stream);
    this.#stream = null;
    if (this.#video) this.#video.srcObject = null;
  }

  /** Takes what the camera sees at this moment. Answers base64 of a JPEG; drawing happens before the first wait. */
  async capture({ longestPx = 640, quality = 0.8 }: PictureOptions = {}): Promise<string> {
    const video = this.#video;
    if (!video || !this.#stream || video.videoWidth === 0) throw new CameraError('failed');
    const { videoWidth, videoHeight } = video;
    const scale = Math.min(1, longestPx / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (!blob) throw new CameraError('failed');
    return base64Of(blob);
  }

  /** Brightness of the middle on a coarse grid, row by row, 0 to 255; null without a picture. Cheap: ten times a second will do. */
  luma(columns: number, rows: number): Uint8Array | null {
    const video = this.#video;
    if (!video || !this.#stream || video.videoWidth === 0) return null;
    this.#small ??= document.createElement('canvas');
    const canvas = this.#small;
    canvas.width = columns;
    canvas.height = rows;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return null;
    const side = Math.min(video.videoWidth, video.videoHeight) * MIDDLE;
    const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    pen.drawImage(video, left, top, side, side, 0, 0, columns, rows);
    const { data } = pen.getImageData(0, 0, columns, rows);
    return Uint8Array.from({ length: columns * rows }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
      return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    });
  }

  async #show(stream: MediaStream): Promise<void> {
    // The screen that shows the picture may still be drawn.
    if (!this.#video) await new Promise<void>((resolve) => (this.#onAttached = resolve));
    const video = this.#video;
    if (!video || this.#stream !== stream) throw new CameraError('failed');
    video.srcObject = stream;
    const first = firstPicture(video);
    // A browser may refuse to play by itself and still hand out pictures.
    await video.play().catch(() => undefined);
    await first;
  }
}

async function askFor({ facing, width = 640, height = 480 }: CameraOptions): Promise<MediaStream> {
  if (!isSecureContext) throw new CameraError('insecure');
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError('unsupported');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: facing, width: { ideal: width }, height: { ideal: height } },
    });
  } catch (cause) {
    throw new CameraError(cameraFaultOf(cause), cause);
  }
}

function firstPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void) => {
      clearTimeout(timer);
      video.removeEventListener('loadeddata', onData);
      act();
    };
    const onData = () => done(resolve);
    const timer = setTimeout(() => done(() => reject(new CameraError('in-use'))), FIRST_PICTURE_MS);
    video.addEventListener('loadeddata', onData);
  });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(new CameraError('failed', reader.error)));
    reader.readAsDataURL(blob);
  });
}
