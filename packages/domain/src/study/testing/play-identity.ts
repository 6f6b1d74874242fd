import {
  applyBeat,
  applyIdentityMove,
  type Beat,
  type Draw,
  type Effect,
  type IdentityMove,
  type IdentityOpening,
  moveDue,
  openSession,
  type SessionState,
  type StudyLimits,
} from '../index.ts';
import { limits, opening, T0 } from './play-shots.ts';

export const identityLimits: StudyLimits = { ...limits, identityGapSeconds: 900, idlePromptSeconds: 36_000 };
export const CHECK = '00000000-0000-7000-8000-00000000c0de';
export const DIGEST = 'ab'.repeat(16);
export const seedHash = 'c2VlZA==';

/** A session that wants checks, opened with a check that is fresh unless said otherwise. */
export function openIdentified(with_: Partial<IdentityOpening> = {}, durationMs = 3_600_000): SessionState {
  return openSession({
    ...opening,
    durationMs,
    identity: { start: 'fresh', lessonChecked: true, seedHash, ...with_ },
  });
}

/** One session as the server leads it, in seconds since the opening. */
export class IdentityPlay {
  state: SessionState;
  readonly rules: StudyLimits;
  readonly effects: Effect[] = [];

  constructor(state = openIdentified(), with_: Partial<StudyLimits> = {}) {
    this.state = state;
    this.rules = { ...identityLimits, ...with_ };
  }

  beat(at: number, media: number, more: Partial<Beat> = {}): this {
    const beat: Beat = {
      seq: this.state.lastSeq + 1,
      atMs: T0 + at * 1000,
      mediaMs: media * 1000,
      activity: 'playing',
      touched: false,
      answered: false,
      late: false,
      ...more,
    };
    return this.#take(applyBeat(this.state, beat, this.rules));
  }

  /** Plays from one second to another at speed one. */
  watch(from: number, to: number, offset = 0, every = 15): this {
    for (let at = from; at <= to; at += every) this.beat(at, at - offset);
    return this;
  }

  move(type: IdentityMove['type'], at: number): this {
    const atMs = T0 + at * 1000;
    const move: IdentityMove =
      type === 'check-asked' || type === 'snapshot-asked'
        ? { type, atMs }
        : { type, atMs, checkId: CHECK, digest: DIGEST };
    return this.#take(applyIdentityMove(this.state, move, this.rules));
  }

  due(draw: Draw, late = false): ReturnType<typeof moveDue> {
    return moveDue(this.state, this.rules, late, draw);
  }

  #take(step: { state: SessionState; effects: readonly Effect[] }): this {
    this.state = step.state;
    this.effects.push(...step.effects);
    return this;
  }
}
