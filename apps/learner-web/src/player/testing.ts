/** As much of a video element as players touch, for tests without a browser. */
export class FakeVideo extends EventTarget {
  readonly HAVE_METADATA = 1;
  readonly HAVE_CURRENT_DATA = 2;
  readonly HAVE_FUTURE_DATA = 3;
  readyState = 0;
  paused = true;
  ended = false;
  seeking = false;
  playbackRate = 1;
  src = '';
  plays = 0;
  #at = 0;

  get currentTime(): number {
    return this.#at;
  }

  set currentTime(seconds: number) {
    this.#at = seconds;
    this.seeking = this.readyState >= this.HAVE_METADATA;
    if (this.seeking) this.dispatchEvent(new Event('seeking'));
  }

  play(): Promise<void> {
    this.plays += 1;
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }

  removeAttribute(): void {
    this.src = '';
  }

  /** Forgets what was loaded, as an element does when it gets another source: it is paused, without an event. */
  load(): void {
    this.readyState = 0;
    this.paused = true;
    this.#at = 0;
    this.seeking = false;
    this.dispatchEvent(new Event('timeupdate'));
  }

  /** The picture is there at this place. */
  arrive(seconds: number, ...events: string[]): void {
    this.#at = seconds;
    this.seeking = false;
    this.readyState = this.HAVE_FUTURE_DATA;
    for (const name of events) this.dispatchEvent(new Event(name));
  }

  asElement(): HTMLVideoElement {
    // Only what players touch is there.
    return this as unknown as HTMLVideoElement;
  }
}
