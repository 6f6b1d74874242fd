import type { StudyView } from '../study/study-view.ts';
import { freshAddress } from './fresh-address.ts';
import type { VideoSource } from './open-video.ts';

/** What of a view decides where the picture comes from. */
export type SourceView = Pick<StudyView, 'phase' | 'lesson' | 'resumeAtMs' | 'sentBack'>;

/** Keeps the picture on the address of the session that runs: media are given to running sessions only, to each its own. */
export class SessionSource {
  readonly #source: VideoSource;
  readonly #restart: (atMs: number) => void;
  #playlistUrl: string;
  #sentBack: StudyView['sentBack'];
  /** How often something had to be fetched again. */
  #turns = 0;

  /**
   * @param view what the source was opened for
   * @param restart the element begins anew at this place and plays there if it played before
   */
  constructor(source: VideoSource, playlistUrl: string, view: SourceView, restart: (atMs: number) => void) {
    this.#source = source;
    this.#playlistUrl = playlistUrl;
    this.#sentBack = view.sentBack;
    this.#restart = restart;
  }

  /** Must be told of every view, in order and at once. */
  follow(view: SourceView): void {
    if (view.phase === 'ended') this.#source.stop();
    if (view.phase !== 'open') return;
    const playlistUrl = view.lesson?.playlistUrl;
    const { sentBack } = view;
    const wasSentBack = sentBack !== this.#sentBack;
    this.#sentBack = sentBack;
    if (playlistUrl && playlistUrl !== this.#playlistUrl) {
      this.#playlistUrl = playlistUrl;
      this.#renew(playlistUrl, view.resumeAtMs);
    } else if (wasSentBack && sentBack?.reason === 'media-missing') {
      // The server never sent this, so what the buffer and the browser hold of it proves nothing.
      this.#turns += 1;
      this.#renew(freshAddress(this.#playlistUrl, this.#turns), sentBack.toMs);
    }
  }

  #renew(playlistUrl: string, atMs: number): void {
    this.#source.replace(playlistUrl, atMs);
    this.#restart(atMs);
  }
}
