import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SittingPaper } from '@antu/contract';
import type { SignedInCandidate } from './exam-office.ts';
import type { Acknowledged, GivenAnswer } from './find-lost-answers.ts';

/** What the server told of the clock, with the local time around it. Epoch ms. */
export interface ToldClock {
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly nowMs: number;
  readonly endsAtMs: number;
}

interface Told {
  readonly now: string;
  readonly endsAt: string;
}

/** Refusals that only mean: ask again. */
const TRY_AGAIN = new Set(['platform.conflict', 'platform.not_ready']);
const PAUSE_MS = 60;

/** A candidate whose page asks again for as long as it gets no answer, as that of the product does. */
export class StubbornCandidate {
  readonly candidate: SignedInCandidate;
  readonly clocks: ToldClock[] = [];
  /** When the start was asked for first, epoch ms. */
  firstSentMs = 0;
  readonly #base: string;
  readonly #deviceId = randomUUID();
  readonly #saves: { seq: number; answers: GivenAnswer[] }[] = [];
  #paper: SittingPaper | undefined;

  constructor(port: number, candidate: SignedInCandidate, paper?: SittingPaper) {
    this.candidate = candidate;
    this.#base = `http://127.0.0.1:${port}/api/exam-sittings/${candidate.sittingId}`;
    this.#paper = paper;
  }

  get acknowledged(): Acknowledged {
    return { sittingId: this.candidate.sittingId, saves: this.#saves };
  }

  /** Gets the paper. A second time it is a reload of the page. */
  async start(): Promise<SittingPaper> {
    this.firstSentMs ||= Date.now();
    this.#paper = await this.#ask<SittingPaper & Told>('start', { deviceId: this.#deviceId });
    return this.#paper;
  }

  /** Saves a random answer to one of the questions. @returns whether it counts */
  async save(): Promise<boolean> {
    const { deviceToken, items } = this.#getPaper();
    const seq = this.#saves.length + 1;
    const one = items[Math.floor(Math.random() * items.length)];
    if (!one) throw new Error('the paper is empty');
    const { item, question } = one;
    const keys = 'options' in question ? question.options.map(({ key }) => key) : [];
    const key = keys[Math.floor(Math.random() * keys.length)] ?? 'A';
    const answer = question.kind === 'judgement' ? Math.random() < 0.5 : question.kind === 'single' ? key : [key];
    const answers = [{ item, answer }];
    const { counts } = await this.#ask<Told & { counts: boolean }>('answers', {
      deviceToken,
      seq,
      answers: answers.map((given) => ({ ...given, agoMs: 0 })),
    });
    if (counts) this.#saves.push({ seq, answers });
    return counts;
  }

  submit(): Promise<unknown> {
    return this.#ask<Told>('submit', { deviceToken: this.#getPaper().deviceToken });
  }

  #getPaper(): SittingPaper {
    if (!this.#paper) throw new Error('the candidate has not begun');
    return this.#paper;
  }

  /** Until there is an answer. Throws for a refusal that asking again cannot change. */
  async #ask<Answer extends Told>(what: string, body: object): Promise<Answer> {
    const { cookie, csrf } = this.candidate;
    for (;;) {
      const sentMs = Date.now();
      const response = await fetch(`${this.#base}/${what}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, 'x-antu-csrf': csrf },
        body: JSON.stringify(body),
      })
        .then(async (one) => ({ status: one.status, text: await one.text() }))
        // Killed in the middle of it.
        .catch(() => undefined);
      if (response?.status === 200) {
        const answer = JSON.parse(response.text) as Answer;
        const receivedMs = Date.now();
        this.clocks.push({ sentMs, receivedMs, nowMs: Date.parse(answer.now), endsAtMs: Date.parse(answer.endsAt) });
        return answer;
      }
      if (response && response.status < 500 && !TRY_AGAIN.has(codeOf(response.text))) {
        throw new Error(`${what}: ${response.status} ${response.text.slice(0, 300)}`);
      }
      await sleep(PAUSE_MS);
    }
  }
}

const codeOf = (text: string): string => (JSON.parse(text) as { error?: { code?: string } }).error?.code ?? '';
