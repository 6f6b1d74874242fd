import type { BeatReport, StudyStatus } from '@antu/contract';
import type { OpenedSession, StudyLesson } from './study-transport.ts';

/** The one line that is always true; texts are `study.line.<name>` of the catalogue. */
export type StudyLine =
  | 'opening'
  | 'failed'
  | 'ready'
  | 'starting'
  | 'counting'
  | 'again'
  | 'done-before'
  | 'paused'
  | 'hidden'
  | 'stalled'
  | 'offline'
  | 'offline-too-long'
  | 'held'
  | 'missed'
  | 'catching-up'
  | 'prompt'
  | 'check'
  | 'ended';

/** Who stopped the picture. `nobody`: it was not started yet. */
export type PausedBy = 'nobody' | 'learner' | 'hidden' | 'network' | 'prompt' | 'check';

/** Why the session is over; the server's reasons and `refused` for an answer that this player cannot mend. */
export type EndedBecause =
  | 'finished'
  | 'left'
  | 'taken-over'
  | 'vanished'
  | 'no-presence'
  | 'signed-out'
  | 'identity-failed'
  | 'identity-missed'
  | 'refused';

const END_REASONS: readonly EndedBecause[] = [
  'finished',
  'left',
  'taken-over',
  'vanished',
  'no-presence',
  'signed-out',
  'identity-failed',
  'identity-missed',
];

/** The server's reason to end; one that this app does not know reads as having been away too long. */
export function endedBecause(reason: string | null): EndedBecause {
  return END_REASONS.find((one) => one === reason) ?? 'vanished';
}

/** Whether the server's number is the truth at once, though it be lower than the one on screen. */
export function takesBack({ state, reason }: StudyStatus): boolean {
  return state === 'held' && reason === 'daily-cap';
}

export interface StudyCheck {
  id: string;
  kind: 'start' | 'random';
  deadlineMs: number;
  triesLeft: number;
}

/** What a screen draws. A new object after every change. */
export interface StudyView {
  phase: 'opening' | 'failed' | 'open' | 'ended';
  line: StudyLine;
  lesson: StudyLesson | null;
  rules: OpenedSession['rules'] | null;
  resumeAtMs: number;
  /** Credited by the server's last answer, whole seconds. */
  confirmedSeconds: number;
  creditableSeconds: number;
  /** Lock of the seek bar. */
  creditedToMs: number;
  /** Why the server does not count although the picture runs. */
  heldReason: string | null;
  endedBecause: EndedBecause | null;
  /** `deadlineMs` is a stopwatch reading. */
  prompt: { id: string; deadlineMs: number; withinMs: number } | null;
  /** The learner has to show who they are; `deadlineMs` is a stopwatch reading. */
  check: StudyCheck | null;
  /** The check is in front of everything; it stays there until the learner has read how it ended. */
  checking: boolean;
  /** What was wrong at the last try, a key of `identityProblemNames`. */
  checkProblem: string | null;
  /** Seconds that the end of the session took back. */
  takenBackSeconds: number;
  /** Seconds of this session that count once people have confirmed who the learner was. */
  awaitingSeconds: number;
  /** Of the confirmed seconds, those that count once the quiz of the lesson is passed; null: none, or it was passed. */
  quizSeconds: number | null;
  /** A picture is being taken at this moment. */
  snapping: boolean;
  /** Length of the absence just ended, ms. */
  awayMs: number | null;
  /** The player was just sent back, and why. */
  sentBack: { toMs: number; reason: string | null } | null;
  tookOver: boolean;
  /** Stopwatch reading until which watching on without a network can still be credited. */
  bridgeEndsAtMs: number | null;
  error: unknown;
}

export const INITIAL_VIEW: StudyView = {
  phase: 'opening',
  line: 'opening',
  lesson: null,
  rules: null,
  resumeAtMs: 0,
  confirmedSeconds: 0,
  creditableSeconds: 0,
  creditedToMs: 0,
  heldReason: null,
  endedBecause: null,
  prompt: null,
  check: null,
  checking: false,
  checkProblem: null,
  takenBackSeconds: 0,
  awaitingSeconds: 0,
  quizSeconds: null,
  snapping: false,
  awayMs: null,
  sentBack: null,
  tookOver: false,
  bridgeEndsAtMs: null,
  error: null,
};

/** What no longer stands once a session is over. */
export const AT_REST = { prompt: null, check: null, checking: false, bridgeEndsAtMs: null } as const;

/** What a status changes of the view. @param before credited by the answer before, whole seconds */
export function patchOf(status: StudyStatus, before = 0): Partial<StudyView> {
  const { state, reason, creditedSeconds, creditableSeconds, creditedToMs, awaitingSeconds, quizSeconds } = status;
  const heldReason = state === 'held' ? reason : null;
  const common = { confirmedSeconds: creditedSeconds, awaitingSeconds, quizSeconds, heldReason };
  if (state !== 'ended') return { ...common, creditableSeconds, creditedToMs };
  // A session that is over is answered from the ledger, which keeps no place and nothing that waits for people.
  return { ...common, takenBackSeconds: Math.max(0, before - creditedSeconds - awaitingSeconds) };
}

/** First position that may not be jumped to. @param runningAtMs where the picture runs; 0 while it stands */
export function lockOf(
  { lesson, creditedToMs }: StudyView,
  status: Pick<StudyStatus, 'creditedSeconds' | 'creditableSeconds'> | null,
  runningAtMs: number,
): number {
  const done = status !== null && status.creditedSeconds >= status.creditableSeconds;
  return lesson && done ? lesson.durationMs : Math.max(creditedToMs, runningAtMs);
}

export interface LineFacts {
  phase: StudyView['phase'];
  play: {
    activity: BeatReport['activity'];
    pausedBy: PausedBy;
    missed: boolean;
    /** Told to play, no picture yet. */
    starting: boolean;
  };
  lost: boolean;
  /** What stands in front of the picture. */
  asked: 'prompt' | 'check' | null;
  positionMs: number;
  status: StudyStatus | null;
}

/** Positions this near are one place; the server allows the same. */
const SNAP_MS = 1_500;

/** Picks the line: what stops the clock first, the cheerful ones last. */
export function lineOf(facts: LineFacts): StudyLine {
  const { phase, status } = facts;
  const { activity, pausedBy, missed, starting } = facts.play;
  if (phase !== 'open') return phase;
  if (facts.asked) return facts.asked;
  if (pausedBy === 'network') return 'offline-too-long';
  if (facts.lost) return 'offline';
  if (missed) return 'missed';
  if (activity === 'ended') return 'catching-up';
  if (activity === 'hidden') return 'hidden';
  if (activity === 'stalled') return 'stalled';
  if (activity === 'paused') {
    if (starting) return 'starting';
    if (pausedBy === 'hidden') return 'hidden';
    return pausedBy === 'nobody' ? 'ready' : 'paused';
  }
  if (status?.state === 'held') return 'held';
  if (status?.state !== 'counting') return 'starting';
  if (status.creditedSeconds >= status.creditableSeconds) return 'done-before';
  return facts.positionMs < status.creditedToMs - SNAP_MS ? 'again' : 'counting';
}

/** A view with its listeners: every change makes a new view and tells them. */
export class ViewStore {
  #view: StudyView = INITIAL_VIEW;
  readonly #listeners = new Set<(view: StudyView) => void>();

  get view(): StudyView {
    return this.#view;
  }

  /** @param lineFor picks the line for the view as it will be */
  change(patch: Partial<StudyView>, lineFor: (next: StudyView) => StudyLine): void {
    const next = { ...this.#view, ...patch };
    this.#view = { ...next, line: lineFor(next) };
    for (const listener of this.#listeners) listener(this.#view);
  }

  subscribe(listener: (view: StudyView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
