import { failureOf, type SnapshotReport, type StudyTransport } from './study-transport.ts';

/** Waits between tries to deliver a picture, ms; afterwards nobody waits for it any more. */
const BACK_OFF_MS = [2_000, 5_000, 15_000] as const;

export interface SnapshotOptions {
  transport: Pick<StudyTransport, 'sendSnapshot'>;
  takeSnapshot: () => Promise<SnapshotReport>;
  /** A picture is being taken, or no more. */
  onSnapping: (now: boolean) => void;
}

/** Takes the silent pictures that the server asks for, each one once, and delivers them beside everything else. */
export class SnapshotTaker {
  readonly #options: SnapshotOptions;
  /** Session and number of every picture asked for so far. */
  readonly #asked = new Set<string>();
  #busy = false;

  constructor(options: SnapshotOptions) {
    this.#options = options;
  }

  /** @param snapshotId number of the picture within the session; a number seen before does nothing */
  async take(sessionId: string, snapshotId: number): Promise<void> {
    const key = `${sessionId} ${snapshotId}`;
    if (this.#busy || this.#asked.has(key)) return;
    this.#asked.add(key);
    this.#busy = true;
    this.#options.onSnapping(true);
    const report = await this.#options.takeSnapshot();
    this.#busy = false;
    this.#options.onSnapping(false);
    await this.#deliver(sessionId, snapshotId, report);
  }

  async #deliver(sessionId: string, snapshotId: number, report: SnapshotReport): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#options.transport.sendSnapshot(sessionId, snapshotId, report);
        return;
      } catch (cause) {
        const waitMs = BACK_OFF_MS[tries];
        if (waitMs === undefined || failureOf(cause) !== 'retry') return;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}
