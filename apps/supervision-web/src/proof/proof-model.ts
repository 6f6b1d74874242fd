import type { SessionProof, Stretch } from '@antu/contract';
import { type ModelIdentity, readIdentity } from './identity-lane.ts';
import type { TimeView } from './time-view.ts';

export type ProofActivity = SessionProof['beats'][number]['activity'];

/** A stretch with its times as numbers and the credit that the session had when it began. */
export interface ModelStretch extends TimeView {
  readonly kind: Stretch['kind'];
  readonly reason: string | null;
  readonly mediaFromMs: number;
  readonly mediaToMs: number;
  readonly creditedSeconds: number;
  readonly creditedBefore: number;
}

export interface ModelBeat {
  readonly atMs: number;
  readonly mediaMs: number;
  readonly activity: ProofActivity;
  readonly touched: boolean;
  readonly answered: boolean;
  readonly late: boolean;
}

/** Everything of one reason for which time was not credited, with its number on the time line. */
export interface Callout {
  readonly number: number;
  readonly reason: string;
  readonly seconds: number;
  readonly clause: Stretch['clause'];
  readonly spans: readonly ModelStretch[];
}

/** What the drawings of the proof page start from: the answer of the server with instants as numbers. */
export interface ProofModel {
  readonly whole: TimeView;
  readonly stretches: readonly ModelStretch[];
  readonly beats: readonly ModelBeat[];
  readonly prompts: readonly { readonly askedMs: number; readonly answeredMs: number | null }[];
  readonly identity: ModelIdentity;
  readonly callouts: readonly Callout[];
  /** Not credited without anybody's fault (pauses, buffering, the end); with the callouts all that was not credited. */
  readonly quiet: readonly { readonly reason: string; readonly seconds: number }[];
}

/**
 * Standing time that the inspection table asks about. Other standing time is nobody's fault: a pause, buffering, waiting
 * for a check that was passed at once.
 */
const NUMBERED_STANDING = new Set(['hidden', 'prompt', 'check-retry']);

/** Not credited yet, and nobody's fault either: two people have to say who the learner was, or the quiz of the lesson is still open. */
const WAITING = new Set<string | null>(['identity-awaiting', 'quiz-awaiting']);
export const isWaiting = (reason: string | null): boolean => WAITING.has(reason);

/** True for stretches that are hatched through all lanes and explained in a callout. */
export function isNumbered({ kind, reason }: Pick<ModelStretch, 'kind' | 'reason'>): boolean {
  if (kind === 'refused') return !isWaiting(reason);
  return kind === 'standing' && NUMBERED_STANDING.has(reason ?? '');
}

/** Turns the answer of the server into numbers, once per answer. */
export function readProof(proof: SessionProof): ProofModel {
  const beats = proof.beats.map((beat) => ({ ...beat, atMs: Date.parse(beat.at) }));
  const fromMs = Date.parse(proof.session.openedAt);
  const lastStretch = proof.stretches.at(-1);
  const ends = [fromMs + 1000, lastStretch ? Date.parse(lastStretch.to) : 0, beats.at(-1)?.atMs ?? 0];
  if (proof.session.endedAt !== null) ends.push(Date.parse(proof.session.endedAt));
  const whole = { fromMs, toMs: Math.max(...ends) };
  const identity = readIdentity(proof, whole);
  const stretches = readStretches(proof.stretches);
  const callouts = numberReasons(proof, stretches);
  const numbered = new Set(callouts.map((one) => one.reason));
  return {
    whole,
    stretches,
    beats,
    prompts: proof.prompts.map(({ askedAt, answeredAt }) => ({
      askedMs: Date.parse(askedAt),
      answeredMs: answeredAt === null ? null : Date.parse(answeredAt),
    })),
    identity,
    callouts,
    quiet: proof.byReason.filter((one) => !numbered.has(one.reason)),
  };
}

function readStretches(list: readonly Stretch[]): ModelStretch[] {
  let creditedBefore = 0;
  return list.map((one) => {
    const stretch: ModelStretch = {
      fromMs: Date.parse(one.from),
      toMs: Date.parse(one.to),
      kind: one.kind,
      reason: one.reason,
      mediaFromMs: one.mediaFromMs,
      mediaToMs: one.mediaToMs,
      creditedSeconds: one.creditedSeconds,
      creditedBefore,
    };
    creditedBefore += one.creditedSeconds;
    return stretch;
  });
}

/** One number per reason, in the order of first appearance: forty looks at another page stay one callout. */
function numberReasons(proof: SessionProof, stretches: readonly ModelStretch[]): Callout[] {
  const groups = new Map<string, ModelStretch[]>();
  for (const stretch of stretches) {
    if (!isNumbered(stretch) || stretch.reason === null) continue;
    groups.set(stretch.reason, [...(groups.get(stretch.reason) ?? []), stretch]);
  }
  return [...groups]
    .flatMap(([reason, spans]) => {
      const sum = proof.byReason.find((one) => one.reason === reason);
      return sum ? [{ reason, spans, seconds: sum.seconds, clause: sum.clause }] : [];
    })
    .map((one, at) => ({ ...one, number: at + 1 }));
}

/** Numbers of the callouts that an evidence row is about: those whose stretches lie in its time. */
export function numbersWithin(callouts: readonly Callout[], fromMs: number, toMs: number): number[] {
  return callouts
    .filter(({ spans }) => spans.some((span) => span.fromMs < toMs && span.toMs > fromMs))
    .map(({ number }) => number);
}
