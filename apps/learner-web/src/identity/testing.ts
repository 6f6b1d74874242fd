import type { IdentityChallenge, IdentityVerdict } from '@antu/contract';
import { vi } from 'vitest';
import { challengeWith } from '../study/testing.ts';
import type { CheckFrame, CheckTransport, StepAnswer } from './check-transport.ts';
import { GRID } from './movement-watch.ts';

/** A camera whose pictures carry the moment at which they were taken. */
export class FakeCamera {
  onLost: (() => void) | null = null;
  running = false;
  /** Thrown by the next opening. */
  fault: Error | null = null;
  /** Brightness of the whole picture at a moment; equal means that nothing moves. */
  brightness: () => number = () => 100;
  qualities: number[] = [];
  open = vi.fn(async () => {
    if (this.fault) throw this.fault;
    this.running = true;
  });
  close = vi.fn(() => {
    this.running = false;
  });
  async capture({ quality = 0.8 }: { quality?: number } = {}): Promise<string> {
    this.qualities.push(quality);
    return `picture-${Math.round(performance.now())}`;
  }
  luma(): Uint8Array {
    // Half of the picture stays: a change of the whole would count as a change of light.
    const count = GRID.columns * GRID.rows;
    return Uint8Array.from({ length: count }, (_, at) => (at % 2 === 0 ? 100 : this.brightness()));
  }
}

/** A server that asks for two movements and then passes, unless told otherwise. */
export class FakeJudge implements CheckTransport {
  prompts: IdentityChallenge['prompt'][] = ['turn-left', 'open-mouth'];
  verdict: IdentityVerdict = { type: 'verdict', outcome: 'passed', problems: [] };
  received: { step: number; frames: CheckFrame[] }[] = [];
  /** How long an answer takes, ms. */
  delayMs = 0;
  /** Thrown by the next calls, one each. */
  failures: unknown[] = [];
  begin = vi.fn(async () => {
    this.#failMaybe();
    return challengeWith({ steps: this.prompts.length + 1 });
  });
  sendFrames = vi.fn(async (challenge: IdentityChallenge, frames: CheckFrame[]): Promise<StepAnswer> => {
    this.#failMaybe();
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    this.received.push({ step: challenge.step, frames });
    const prompt = this.prompts[challenge.step + 1];
    if (prompt === undefined) return this.verdict;
    return { type: 'next', challenge: { ...challenge, step: challenge.step + 1, prompt } };
  });
  answerWithCode = vi.fn(async (_challenge: IdentityChallenge, code: string): Promise<IdentityVerdict> => {
    if (code !== '123456') throw Object.assign(new Error('wrong'), { status: 422, code: 'identity.wrong_code' });
    return { type: 'verdict', outcome: 'passed', problems: [] };
  });
  answerForReview = vi.fn(
    async (): Promise<IdentityVerdict> => ({ type: 'verdict', outcome: 'pending', problems: [] }),
  );
  #failMaybe(): void {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
  }
}
