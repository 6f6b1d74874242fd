import type { StudyClient } from '../study/study-client.ts';
import type { StudyMedia } from '../study/study-transport.ts';

/** A shorter hesitation is not worth a report; the server's clock takes care of it. */
const STALL_MS = 400;
/** The browser lands a little off the place it is sent to. */
const SNAP_MS = 1_500;

export interface VideoMediaHooks {
  /** A jump beyond the credited point was undone. */
  onLocked: () => void;
  /** Another speed than 1 was undone. */
  onSpeed: () => void;
  /** The browser wants a touch before it plays with sound. */
  onBlocked: () => void;
}

/**
 * Ties a video element to the study client, both ways. Also undoes what media keys, system players and extensions can
 * do to an element beside our own buttons: jumping ahead and other speeds.
 */
export class VideoMedia implements StudyMedia {
  readonly #video: HTMLVideoElement;
  readonly #client: StudyClient;
  readonly #hooks: VideoMediaHooks;
  readonly #abort = new AbortController();
  #stallTimer: ReturnType<typeof setTimeout> | undefined;
  /** Position before the latest jump, ms. */
  #lastMs: number;
  /** Where the client itself sent the picture; such a jump is allowed. */
  #sentTo: number | null = null;
  /** Where a source begins that has shown nothing yet: until then the element stands anywhere. */
  #beginsAt: number | null;
  /** The client wants it to play. */
  #wanted = false;

  constructor(video: HTMLVideoElement, client: StudyClient, startAtMs: number, hooks: VideoMediaHooks) {
    this.#video = video;
    this.#client = client;
    this.#hooks = hooks;
    this.#lastMs = startAtMs;
    this.#beginsAt = startAtMs;
    const on = (name: string, handle: () => void) =>
      video.addEventListener(name, handle, { signal: this.#abort.signal });
    on('playing', () => this.#running());
    on('loadeddata', () => this.#settle());
    on('seeked', () => {
      this.#settle();
      if (!video.paused && video.readyState >= video.HAVE_FUTURE_DATA) this.#running();
    });
    on('timeupdate', () => this.#advance());
    on('waiting', () => this.#hesitate());
    on('pause', () => {
      clearTimeout(this.#stallTimer);
      this.#wanted = false;
      if (!video.ended) client.mediaPaused();
    });
    on('ended', () => {
      clearTimeout(this.#stallTimer);
      client.mediaEnded();
    });
    on('seeking', () => this.#guardJump());
    on('ratechange', () => {
      if (video.playbackRate === 1) return;
      video.playbackRate = 1;
      hooks.onSpeed();
    });
  }

  positionMs(): number {
    // Without a list the element stands at 0, which is not where we are.
    const isEmpty = this.#video.readyState < this.#video.HAVE_METADATA;
    return this.#beginsAt ?? (isEmpty ? this.#lastMs : this.#video.currentTime * 1000);
  }

  play(): void {
    this.#wanted = true;
    this.#video.play().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') this.#hooks.onBlocked();
    });
  }

  pause(): void {
    this.#wanted = false;
    this.#video.pause();
  }

  seek(positionMs: number): void {
    this.#goTo(positionMs);
    this.#video.currentTime = positionMs / 1000;
  }

  /** The element was just given another source, which begins here; an element that played goes on playing. */
  restart(positionMs: number): void {
    clearTimeout(this.#stallTimer);
    this.#beginsAt = positionMs;
    this.#goTo(positionMs);
    if (this.#wanted) this.play();
  }

  dispose(): void {
    clearTimeout(this.#stallTimer);
    this.#abort.abort();
  }

  #goTo(positionMs: number): void {
    this.#sentTo = positionMs;
    this.#lastMs = positionMs;
    if (this.#beginsAt !== null) this.#beginsAt = positionMs;
  }

  #running(): void {
    clearTimeout(this.#stallTimer);
    this.#settle();
    this.#client.mediaPlaying();
  }

  /** The element shows a picture: from now on it knows best where it is. */
  #settle(): void {
    if (this.#video.readyState >= this.#video.HAVE_CURRENT_DATA && !this.#video.seeking) this.#beginsAt = null;
  }

  #advance(): void {
    clearTimeout(this.#stallTimer);
    this.#settle();
    // Another source moves an element to 0 before it has anything to show.
    if (this.#video.seeking || this.#beginsAt !== null || this.#video.readyState < this.#video.HAVE_METADATA) return;
    this.#lastMs = this.#video.currentTime * 1000;
    if (this.#sentTo !== null && Math.abs(this.#lastMs - this.#sentTo) > SNAP_MS) this.#sentTo = null;
  }

  #hesitate(): void {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = setTimeout(() => this.#client.mediaStalled(), STALL_MS);
  }

  #guardJump(): void {
    const toMs = this.#video.currentTime * 1000;
    if (this.#sentTo !== null && Math.abs(toMs - this.#sentTo) <= SNAP_MS) return;
    if (toMs <= this.#client.lockedFromMs(this.#lastMs) + SNAP_MS) return;
    this.#video.currentTime = this.#lastMs / 1000;
    this.#hooks.onLocked();
  }
}
