import {
  type Activity,
  applyBeat,
  type Beat,
  type Effect,
  lengthOf,
  openSession,
  type SessionState,
  type StudyLimits,
  unite,
} from '../index.ts';

export const limits: StudyLimits = {
  studyHourSeconds: 2700,
  beatSeconds: 15,
  bridgeableGapSeconds: 120,
  maxLeadSeconds: 20,
  idlePromptSeconds: 600,
  idleAnswerSeconds: 60,
  dailyCapSeconds: null,
  identityAtSignIn: false,
  identityAtStart: false,
  identityFreshSeconds: 600,
  identityGapSeconds: null,
  identityAnswerSeconds: 120,
  identityTries: 3,
  identityTakesBack: 'since-last-check',
  snapshotGapSeconds: null,
  mediaDelivery: false,
  segmentMaxBeats: 60,
  segmentMaxSeconds: 900,
};

// 2026-06-17 10:00 in China: far from midnight.
export const T0 = Date.UTC(2026, 5, 17, 2);

export const opening = { openedAtMs: T0, durationMs: 1_500_000, viewed: [], resumeAtMs: 0, dayCreditedMs: 0 };

export interface Shot {
  at: number;
  media: number;
  activity?: Activity;
  touched?: boolean;
  answered?: boolean;
}

/** Plays beats given in seconds since opening and seconds of media. */
export function play(
  shots: readonly Shot[],
  with_: Partial<StudyLimits> = {},
  from: SessionState = openSession(opening),
) {
  const rules = { ...limits, ...with_ };
  const effects: Effect[] = [];
  let state = from;
  for (const shot of shots) {
    const beat: Beat = {
      seq: state.lastSeq + 1,
      atMs: T0 + shot.at * 1000,
      mediaMs: shot.media * 1000,
      activity: shot.activity ?? 'playing',
      touched: shot.touched ?? false,
      answered: shot.answered ?? false,
      late: false,
    };
    const step = applyBeat(state, beat, rules);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, credited: lengthOf(unite(state.pending, state.confirmed)) / 1000 };
}
