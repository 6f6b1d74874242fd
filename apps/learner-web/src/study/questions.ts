import type { IdentityChallenge, StudyStatus } from '@antu/contract';
import { SnapshotTaker } from './snapshot-taker.ts';
import type { SnapshotReport, StudyTransport } from './study-transport.ts';
import type { StudyCheck, StudyView } from './study-view.ts';

/** What the questions need of the client that asks them. */
export interface QuestionHost {
  transport: StudyTransport;
  takeSnapshot: () => Promise<SnapshotReport>;
  /** Stopwatch, ms. */
  now: () => number;
  view: () => StudyView;
  change: (patch: Partial<StudyView>) => void;
  /** Null when no session is open. */
  sessionId: () => string | null;
  /** Beats that the server has not heard yet. */
  waiting: () => number;
  /** Stops the picture because of a question. */
  halt: (because: 'prompt' | 'check') => void;
  /** Goes on with the picture that a question stopped; `promptId` answers a question of presence. */
  goOn: (promptId?: string) => void;
  obey: (status: StudyStatus) => void;
}

/** What the server wants to know between two stretches of picture: are you there, who are you, and a look in passing. */
export class Questions {
  readonly #host: QuestionHost;
  readonly #snapshots: SnapshotTaker;
  /** Its check has a verdict: answers that set out before still ask for it. */
  #settledCheckId: string | null = null;

  constructor(host: QuestionHost) {
    this.#host = host;
    this.#snapshots = new SnapshotTaker({ ...host, onSnapping: (snapping) => host.change({ snapping }) });
  }

  /** The question in front; a check stays until the learner has read how it ended. */
  asked({ check, checking, prompt }: StudyView = this.#host.view()): 'prompt' | 'check' | null {
    if (check || checking) return 'check';
    return prompt ? 'prompt' : null;
  }

  /** Puts up and takes away what a status says. */
  take(status: StudyStatus): void {
    this.#takePrompt(status);
    this.#takeCheck(status);
    if (status.snapshot && !this.asked()) void this.#snapshots.take(status.sessionId, status.snapshot.id);
  }

  answerPrompt(): void {
    const { prompt } = this.#host.view();
    if (!prompt) return;
    this.#host.change({ prompt: null });
    this.#host.goOn(prompt.id);
  }

  /** Brings the check in front of everything. */
  showCheck(): void {
    if (this.#host.view().check) this.#host.change({ checking: true });
  }

  /** The learner has read how the check ended, or puts it off. */
  hideCheck(): void {
    const { check, checking } = this.#host.view();
    if (!checking) return;
    this.#host.change({ checking: false });
    if (!check) this.#host.goOn();
  }

  /** Asks for the steps of a try. Rejects like the transport, and with RangeError when no check is open. */
  async beginCheck(): Promise<IdentityChallenge> {
    const { check } = this.#host.view();
    const sessionId = this.#host.sessionId();
    if (!check || sessionId === null) throw new RangeError('study: no check is open');
    return this.#host.transport.beginCheck(sessionId, check.id);
  }

  /**
   * Lets the session know that a try has its verdict. Rejects like the transport: the call may be repeated.
   * @param problem why it was not accepted, to be said should the session end of it
   */
  async settleCheck(challengeId: string, problem: string | null): Promise<void> {
    const { check } = this.#host.view();
    const sessionId = this.#host.sessionId();
    if (!check || sessionId === null) return;
    const status = await this.#host.transport.settleCheck(sessionId, check.id, challengeId);
    if (this.#host.sessionId() !== sessionId) return;
    if (status.check?.id !== check.id) this.#settledCheckId = check.id;
    this.#host.change({ checkProblem: problem });
    this.#host.obey(status);
  }

  #takePrompt({ prompt }: StudyStatus): void {
    const before = this.#host.view().prompt;
    if (!prompt) {
      if (before) this.#host.change({ prompt: null });
      return;
    }
    if (before?.id === prompt.id || this.#host.waiting() > 0) return;
    const withinMs = prompt.answerWithinMs;
    this.#host.change({ prompt: { id: prompt.id, withinMs, deadlineMs: this.#host.now() + withinMs } });
    this.#host.halt('prompt');
  }

  #takeCheck(status: StudyStatus): void {
    const { check: before, checking } = this.#host.view();
    const check = this.#openIn(status, before);
    if (!check) {
      if (!before) return;
      this.#host.change({ check });
      if (!checking) this.#host.goOn();
    } else if (before?.id === check.id) {
      this.#host.change({ check });
    } else {
      this.#host.change({ check, checking: check.kind === 'random', checkProblem: null, awayMs: null });
      this.#host.halt('check');
    }
  }

  #openIn({ check }: StudyStatus, before: StudyCheck | null): StudyCheck | null {
    if (!check || check.id === this.#settledCheckId) return null;
    const { id, kind, triesLeft } = check;
    const deadlineMs = this.#host.now() + check.answerWithinMs;
    // An answer that took long on its way would seem to give time back.
    return {
      id,
      kind,
      triesLeft,
      deadlineMs: before?.id === id ? Math.min(before.deadlineMs, deadlineMs) : deadlineMs,
    };
  }
}
