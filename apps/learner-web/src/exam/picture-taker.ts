import type { SittingView } from '@antu/contract';
import type { SnapshotReport } from '../study/study-transport.ts';
import { troubleOf } from './sitting-transport.ts';

/** `off`: no pictures are asked for; `taking`: the camera is open for a moment; `trouble`: the last try gave no picture. */
export type CameraState = 'off' | 'ready' | 'taking' | 'trouble';

export interface PictureTakerOptions {
  /** Takes one picture; with `ask` the browser may ask the person for the camera. Never rejects. */
  take: (ask: boolean) => Promise<SnapshotReport>;
  send: (pictureId: number, report: SnapshotReport) => Promise<unknown>;
  /** @param fault why there was no picture; null otherwise */
  onState: (state: CameraState, fault: string | null) => void;
  /** Grows evenly, ms. */
  stopwatchMs: () => number;
}

/** Waits between tries to deliver a picture, ms; afterwards nobody waits for it any more. */
const BACK_OFF_MS = [2_000, 5_000, 15_000, 25_000] as const;
/** A page that was left for a moment, a camera that was busy: what fails once is tried again when it is asked for again. */
const TRIES = 2;
/** Longest time without hearing whether a picture is wanted. */
const HEARD_WITHIN_MS = 20_000;

/** Takes the silent pictures that a sitting asks for, each one once, and delivers them beside the answers. */
export class PictureTaker {
  readonly #options: PictureTakerOptions;
  #settled = -1;
  #tries = { pictureId: -1, count: 0 };
  #busy = false;
  #state: CameraState = 'off';
  #heardMs = 0;

  constructor(options: PictureTakerOptions) {
    this.#options = options;
  }

  /** The server has not said for a while whether it wants a picture. */
  get isOverdue(): boolean {
    return this.#state !== 'off' && this.#options.stopwatchMs() - this.#heardMs > HEARD_WITHIN_MS;
  }

  /** Takes what an answer of the server says of pictures; that of a save says nothing. @param isOpen questions are on the screen */
  news({ watched, picture }: Partial<Pick<SittingView, 'watched' | 'picture'>>, isOpen: boolean): void {
    if (picture === undefined) return;
    this.#heardMs = this.#options.stopwatchMs();
    if (watched !== (this.#state !== 'off')) this.#tell(watched ? 'ready' : 'off', null);
    if (isOpen) void this.hear(picture?.id ?? null);
  }

  /** What the server asks for now; a number that was dealt with does nothing. Never rejects. */
  async hear(pictureId: number | null): Promise<void> {
    if (pictureId === null || pictureId <= this.#settled || this.#busy) return;
    if (this.#tries.pictureId !== pictureId) this.#tries = { pictureId, count: 0 };
    this.#tries.count += 1;
    const report = await this.#take(false);
    // Why there is none is told before the time is over: silence would be told the invigilator as well.
    if (report.picture === null && this.#tries.count < TRIES) return;
    this.#settled = pictureId;
    await this.#deliver(pictureId, report);
  }

  /** The learner has mended the camera, by their own touch: the browser may ask. */
  async retry(): Promise<void> {
    if (!this.#busy) await this.#take(true);
  }

  async #take(ask: boolean): Promise<SnapshotReport> {
    this.#busy = true;
    this.#tell('taking', null);
    const report = await this.#options.take(ask);
    this.#busy = false;
    this.#tell(report.picture === null ? 'trouble' : 'ready', report.failure);
    return report;
  }

  #tell(state: CameraState, fault: string | null): void {
    this.#state = state;
    this.#options.onState(state, fault);
  }

  async #deliver(pictureId: number, report: SnapshotReport): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#options.send(pictureId, report);
        return;
      } catch (cause) {
        const waitMs = BACK_OFF_MS[tries];
        if (waitMs === undefined || troubleOf(cause) !== 'later') return;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}
