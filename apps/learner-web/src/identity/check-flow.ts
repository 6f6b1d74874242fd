import type { IdentityChallenge, IdentityVerdict } from '@antu/contract';
import type { Camera } from '@antu/web-kit';
import { CameraError } from '@antu/web-kit/camera/camera-fault.ts';
import type { CheckFrame, CheckTransport } from './check-transport.ts';
import { type CheckView, FIRST_CHECK_VIEW } from './check-view.ts';
import { GRID, MovementWatch } from './movement-watch.ts';
import { planStep } from './step-plan.ts';
import { sleep, TooSlow, tryAgain, unlessStopped } from './try-again.ts';

export interface CheckFlowOptions {
  transport: CheckTransport;
  camera: Pick<Camera, 'open' | 'close' | 'capture' | 'luma' | 'running' | 'onLost'>;
  /** Tells whoever asked for the check; may be repeated after it rejected. */
  onVerdict: (challengeId: string, verdict: IdentityVerdict) => Promise<void>;
  /** Stopwatch, ms. */
  now?: () => number;
}

const BEGIN_WITHIN_MS = 20_000;
/** The server waits a while longer than the step lasts for pictures on a slow line; later ones would cost a try. */
const TRANSFER_MS = 12_000;
const SETTLE_WITHIN_MS = 60_000;
/** How often the movement is looked at. */
const LOOK_EVERY_MS = 120;
/** Sending that took longer than this makes the next pictures smaller. */
const SLOW_UPLOAD_MS = 2_500;
const QUALITY = { good: 0.8, small: 0.55 } as const;

interface Untold {
  challengeId: string;
  verdict: IdentityVerdict;
}

/**
 * One check in front of the camera, from opening it to the verdict: asks the server for one step after another, takes the
 * pictures of each and sends them. Knows nothing of screens; `subscribe` tells them.
 */
export class CheckFlow {
  readonly #options: Required<CheckFlowOptions>;
  readonly #listeners = new Set<(view: CheckView) => void>();
  #view: CheckView = FIRST_CHECK_VIEW;
  #run = new AbortController();
  /** A challenge that another way than the face may answer. */
  #open: IdentityChallenge | null = null;
  /** A verdict that the session does not know yet. */
  #untold: Untold | null = null;
  #quality: number = QUALITY.good;

  constructor(options: CheckFlowOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#options.camera.onLost = () => this.#stopWith({ phase: 'trouble', fault: 'in-use' });
  }

  get view(): CheckView {
    return this.#view;
  }

  subscribe(listener: (view: CheckView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does a try with the face. Never rejects: how it went is in the view. */
  async start(): Promise<void> {
    const signal = this.#newRun();
    this.#change({ ...FIRST_CHECK_VIEW, phase: 'opening' });
    try {
      this.#untold ??= await this.#throughSteps(signal);
      await this.#settle(this.#untold, signal);
    } catch (cause) {
      if (!signal.aborted) this.#fail(cause);
    } finally {
      if (!signal.aborted) this.#options.camera.close();
    }
  }

  /** Answers with a code read out on site. Rejects with the refusal, so that the learner can correct it. */
  async answerWithCode(code: string): Promise<void> {
    const challenge = await this.#challenge();
    await this.#otherWay(challenge, await this.#options.transport.answerWithCode(challenge, code));
  }

  /** Leaves it to two people. @param face and @param idCard base64 of pictures */
  async answerForReview(face: string, idCard: string): Promise<void> {
    const challenge = await this.#challenge();
    await this.#otherWay(challenge, await this.#options.transport.answerForReview(challenge, face, idCard));
  }

  /** Back to before the first step: another way, put off, or the page is gone. */
  stop(interrupted = false): void {
    const running = ['opening', 'step', 'sending'].includes(this.#view.phase);
    if (!running && interrupted) return;
    // Whoever could leave prompts for nothing would draw until a recording fits.
    const cost = (this.#view.challenge?.step ?? -1) < 0 ? 'free' : 'costly';
    this.#stopWith({ phase: 'intro', interrupted: interrupted ? cost : null });
  }

  /** The screen is gone. */
  dispose(): void {
    this.#run.abort();
    this.#options.camera.close();
    this.#listeners.clear();
  }

  #newRun(): AbortSignal {
    this.#run.abort();
    this.#run = new AbortController();
    return this.#run.signal;
  }

  #stopWith(patch: Partial<CheckView>): void {
    this.#run.abort();
    this.#options.camera.close();
    this.#change({ ...FIRST_CHECK_VIEW, ...patch });
  }

  async #throughSteps(signal: AbortSignal): Promise<Untold> {
    const { transport, camera, now } = this.#options;
    await camera.open();
    unlessStopped(signal);
    const onSlow = (slow: boolean) => this.#change({ slow });
    let challenge = await tryAgain(() => transport.begin(), { signal, withinMs: BEGIN_WITHIN_MS, onSlow });
    this.#open = challenge;
    const beganMs = now();
    for (;;) {
      const promptMs = now();
      this.#change({ phase: 'step', challenge, slow: false });
      const frames = await this.#takeFrames(challenge, beganMs, signal);
      const sentMs = now();
      this.#change({ phase: 'sending', lastPicture: frames.at(-1)?.picture ?? null });
      const withinMs = challenge.stepMs + TRANSFER_MS - (sentMs - promptMs);
      const current = challenge;
      const answer = await tryAgain((one) => transport.sendFrames(current, frames, one), { signal, withinMs, onSlow });
      if (now() - sentMs > SLOW_UPLOAD_MS) this.#quality = QUALITY.small;
      if (answer.type === 'verdict') return { challengeId: challenge.challengeId, verdict: answer };
      challenge = answer.challenge;
    }
  }

  async #takeFrames(challenge: IdentityChallenge, beganMs: number, signal: AbortSignal): Promise<CheckFrame[]> {
    const { camera, now } = this.#options;
    const plan = planStep(challenge);
    const promptMs = now();
    const first = camera.luma(GRID.columns, GRID.rows);
    const watch = first && new MovementWatch(first);
    const taken: Promise<CheckFrame>[] = [];
    for (const [at, dueMs] of plan.atMs.entries()) {
      await sleep(Math.max(0, promptMs + dueMs - now()), signal);
      if (at === plan.atMs.length - 1 && watch) await this.#untilDone(watch, promptMs + plan.latestMs, signal);
      const atMs = Math.round(now() - beganMs);
      taken.push(camera.capture({ quality: this.#quality }).then((picture) => ({ atMs, picture })));
    }
    const frames = await Promise.all(taken);
    unlessStopped(signal);
    return frames;
  }

  async #untilDone(watch: MovementWatch, latestMs: number, signal: AbortSignal): Promise<void> {
    const { camera, now } = this.#options;
    while (now() < latestMs) {
      const look = camera.luma(GRID.columns, GRID.rows);
      if (!look || watch.look(look) === 'done') return;
      await sleep(Math.min(LOOK_EVERY_MS, latestMs - now()), signal);
    }
  }

  async #challenge(): Promise<IdentityChallenge> {
    this.#open ??= await this.#options.transport.begin();
    return this.#open;
  }

  async #otherWay(challenge: IdentityChallenge, verdict: IdentityVerdict): Promise<void> {
    this.#untold = { challengeId: challenge.challengeId, verdict };
    await this.#settle(this.#untold, this.#newRun()).catch((cause: unknown) => this.#fail(cause));
  }

  async #settle({ challengeId, verdict }: Untold, signal: AbortSignal): Promise<void> {
    // A challenge with a verdict is used up, whatever the session makes of it.
    this.#open = null;
    this.#change({ phase: 'settling', slow: false });
    const onSlow = (slow: boolean) => this.#change({ slow });
    await tryAgain(() => this.#options.onVerdict(challengeId, verdict), {
      signal,
      withinMs: SETTLE_WITHIN_MS,
      onSlow,
    });
    this.#untold = null;
    this.#change({ phase: verdict.outcome, problems: verdict.problems });
  }

  #fail(cause: unknown): void {
    if (cause instanceof CameraError) this.#change({ phase: 'trouble', fault: cause.fault });
    else this.#change({ phase: 'broken', error: cause });
    // What the server refused it would refuse again; what it did not hear it may still hear.
    this.#open = null;
    if (!(cause instanceof TooSlow)) this.#untold = null;
  }

  #change(patch: Partial<CheckView>): void {
    this.#view = { ...this.#view, ...patch };
    for (const listener of this.#listeners) listener(this.#view);
  }
}
