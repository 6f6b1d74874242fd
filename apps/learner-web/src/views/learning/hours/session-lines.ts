import type { SessionDecision, Stretch } from '@antu/contract';
import {
  type HoursSession,
  lengthOfStretch,
  lookOfStretch,
  mergeStretches,
  type StretchLook,
} from './merge-stretches.ts';

/**
 * What a line of a session tells: a stretch of time, or what was decided about its hours later. `waited`: two people have
 * decided, what is told further down; `voided`: taken back, `given`: restored or confirmed, `denied`: not confirmed.
 */
export type LineLook = StretchLook | 'waited' | 'voided' | 'given' | 'denied';
export interface SessionLine {
  readonly key: string;
  readonly look: LineLook;
  readonly seconds: number;
  /** Null for what was decided later. */
  readonly stretch: Stretch | null;
  readonly decision: SessionDecision | null;
}

/** Shorter pauses are everyday life and explain nothing, s. */
const WORTH_SECONDS = 5;
const LATER: Readonly<Record<SessionDecision['kind'], LineLook | null>> = {
  void: 'voided',
  restore: 'given',
  award: 'given',
  refuse: 'denied',
  // Nothing changed for the learner.
  accept: null,
};

/** Lines of a session in the order in which things happened: stretches, then later decisions. */
export function linesOf(session: HoursSession): SessionLine[] {
  const stretches = mergeStretches(session.stretches).flatMap((stretch): SessionLine[] => {
    const found = lookOfStretch(stretch);
    // The evidence says for ever that it waited; whether it still does is in the sums.
    const waits = stretch.reason === 'quiz-awaiting' ? session.quizSeconds : session.awaitingSeconds;
    const look = found === 'waiting' && waits === 0 ? 'waited' : found;
    const seconds = look === 'credited' ? stretch.creditedSeconds : lengthOfStretch(stretch);
    const isIdle = look === 'standing' || look === 'repeated';
    return !isIdle || seconds >= WORTH_SECONDS
      ? [{ key: `${stretch.kind}${stretch.from}`, look, seconds, stretch, decision: null }]
      : [];
  });
  const later = [...session.decisions]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .flatMap((decision): SessionLine[] => {
      const look = LATER[decision.kind];
      return look === null
        ? []
        : [{ key: `${decision.kind}${decision.at}`, look, seconds: decision.seconds, stretch: null, decision }];
    });
  return [...stretches, ...later];
}

/**
 * Whether a learner may ask about a line: what was not counted in a session that is over. A void that was taken back is settled, and
 * what a quiz lost nobody can give back.
 */
export function mayAppeal(line: SessionLine, session: Pick<HoursSession, 'endedAt' | 'voidedSeconds'>): boolean {
  if (session.endedAt === null) return false;
  if (line.look === 'voided') return session.voidedSeconds > 0;
  return line.look === 'refused' || (line.look === 'denied' && line.decision?.cause !== 'quiz');
}
