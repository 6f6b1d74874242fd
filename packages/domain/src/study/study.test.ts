import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Activity,
  applyBeat,
  type Beat,
  decodeBeats,
  type Effect,
  encodeBeat,
  endSession,
  type EvidenceFact,
  flushSegment,
  lengthOf,
  openSession,
  replaySession,
  type SessionState,
  segmentIsFull,
  type StudyLimits,
  unite,
} from './index.ts';

const limits: StudyLimits = {
  studyHourSeconds: 2700,
  beatSeconds: 15,
  bridgeableGapSeconds: 120,
  maxLeadSeconds: 20,
  idlePromptSeconds: 600,
  idleAnswerSeconds: 60,
  dailyCapSeconds: null,
  segmentMaxBeats: 60,
  segmentMaxSeconds: 900,
};

// 2026-06-17 10:00 in China: far from midnight.
const T0 = Date.UTC(2026, 5, 17, 2);

const origin = {
  courseId: 'c',
  topicId: null,
  organisationId: null,
  regionCode: null,
  address: '',
  deviceKind: '',
  deviceName: '',
};
const opening = { openedAtMs: T0, durationMs: 1_500_000, viewed: [], resumeAtMs: 0, dayCreditedMs: 0 };

interface Shot {
  at: number;
  media: number;
  activity?: Activity;
  touched?: boolean;
  answered?: boolean;
}

/** Plays beats given in seconds since opening and seconds of media. */
function play(shots: readonly Shot[], with_: Partial<StudyLimits> = {}, from: SessionState = openSession(opening)) {
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

describe('a credited second', () => {
  const cases: [title: string, shots: Shot[], creditedSeconds: number][] = [
    [
      'ordinary playback credits what was played',
      [
        { at: 0, media: 0 },
        { at: 15, media: 15 },
        { at: 30, media: 30 },
      ],
      30,
    ],
    ['nothing is credited before the player says that it plays', [{ at: 30, media: 0 }], 0],
    [
      'double speed earns server time only',
      [
        { at: 0, media: 0 },
        { at: 15, media: 30 },
      ],
      15,
    ],
    [
      'running away from the clock is refused at the first second beyond the lead',
      [
        { at: 0, media: 0 },
        { at: 15, media: 36 },
      ],
      0,
    ],
    [
      'a lead of exactly the limit is still a slow uplink',
      [
        { at: 0, media: 0 },
        { at: 15, media: 35 },
      ],
      15,
    ],
    [
      'a slower picture (buffering) earns media time only',
      [
        { at: 0, media: 0 },
        { at: 15, media: 4 },
      ],
      4,
    ],
    [
      'the clock stands still while paused',
      [
        { at: 0, media: 0 },
        { at: 10, media: 10, activity: 'paused' },
        { at: 70, media: 10 },
        { at: 80, media: 20 },
      ],
      20,
    ],
    [
      'the clock stands still while hidden, even if the picture goes on',
      [
        { at: 0, media: 0 },
        { at: 10, media: 10, activity: 'hidden' },
        { at: 25, media: 25 },
        { at: 26, media: 26 },
      ],
      11,
    ],
    [
      'a silence of exactly the limit is bridged',
      [
        { at: 0, media: 0 },
        { at: 120, media: 120 },
      ],
      120,
    ],
    [
      'a silence one second longer is lost',
      [
        { at: 0, media: 0 },
        { at: 121, media: 121 },
      ],
      0,
    ],
    [
      'after a lost silence the learner goes on at the credited point',
      [
        { at: 0, media: 0 },
        { at: 121, media: 121 },
        { at: 122, media: 0 },
        { at: 132, media: 10 },
      ],
      10,
    ],
    [
      'seconds seen twice count once',
      [
        { at: 0, media: 0 },
        { at: 30, media: 30, activity: 'paused' },
        { at: 31, media: 0 },
        { at: 61, media: 30 },
        { at: 71, media: 40 },
      ],
      40,
    ],
    [
      'one beat with the final position earns nothing',
      [
        { at: 0, media: 0 },
        { at: 5, media: 1500, activity: 'ended' },
      ],
      0,
    ],
    [
      'seeking ahead while paused earns nothing until the learner has gone back',
      [
        { at: 0, media: 0, activity: 'paused' },
        { at: 5, media: 900 },
        { at: 65, media: 960 },
        { at: 66, media: 0 },
        { at: 76, media: 10 },
      ],
      10,
    ],
  ];
  it.each(cases)('%s', (_title, shots, creditedSeconds) => {
    expect(play(shots).credited).toBe(creditedSeconds);
  });

  it('a beat that arrives late delays credit and loses none: the end of the picture settles it', () => {
    const full = { ...opening, durationMs: 60_000 };
    const shots: Shot[] = [
      { at: 3, media: 0 },
      { at: 15, media: 15 },
      { at: 32, media: 30 },
      { at: 45, media: 45 },
      { at: 60, media: 60, activity: 'ended' },
    ];
    const before = play(shots, {}, openSession(full));
    expect(before.credited).toBe(57);
    expect(play([...shots, { at: 63, media: 60, activity: 'ended' }], {}, openSession(full)).credited).toBe(60);
  });
});

describe('presence (inspection table 30)', () => {
  const watch = (until: number): Shot[] =>
    Array.from({ length: until / 15 + 1 }, (_, i) => ({ at: i * 15, media: i * 15 }));

  it('asks at the set time and not a beat before', () => {
    expect(play(watch(585)).state.promptAskedAtMs).toBeNull();
    expect(play(watch(600)).state.promptAskedAtMs).toBe(T0 + 600_000);
  });

  it('an answer in the last second keeps everything; the clock stood still meanwhile', () => {
    const { state, credited } = play([...watch(600), { at: 660, media: 600, answered: true }, { at: 670, media: 610 }]);
    expect(state.ended).toBeNull();
    expect(credited).toBe(610);
  });

  it('touching the screen does not answer the question', () => {
    expect(play([...watch(600), { at: 630, media: 600, touched: true }]).state.promptAskedAtMs).not.toBeNull();
  });

  it('one second later the session is over and the part since the last sign of the learner is taken back', () => {
    const shots = watch(600).map((shot) => (shot.at === 300 ? { ...shot, touched: true } : shot));
    const { state, credited, effects } = play([
      ...shots,
      ...[615, 630, 645, 660, 675, 690, 705, 720, 735, 750, 765, 780, 795, 810, 825, 840, 855, 870, 885, 900].map(
        (at) => ({ at, media: at }),
      ),
      { at: 961, media: 900, answered: true },
    ]);
    expect(state.ended).toBe('no-presence');
    expect(credited).toBe(300);
    expect(effects).toContainEqual(
      expect.objectContaining({ type: 'refused', reason: 'no-presence', takenBackMs: 600_000 }),
    );
  });
});

describe('daily cap', () => {
  it('stops at the very second and says so', () => {
    const { credited, state, effects } = play(
      [
        { at: 0, media: 0 },
        { at: 15, media: 15 },
        { at: 30, media: 30 },
      ],
      { dailyCapSeconds: 20 },
    );
    expect(credited).toBe(20);
    expect(state.hold).toBe('daily-cap');
    expect(effects).toContainEqual(expect.objectContaining({ type: 'refused', reason: 'daily-cap' }));
  });

  it('does not count seconds that were in the ledger already', () => {
    const seen = openSession({ ...opening, viewed: [{ from: 0, to: 60_000 }] });
    expect(
      play(
        [
          { at: 0, media: 0 },
          { at: 30, media: 30 },
        ],
        { dailyCapSeconds: 1 },
        seen,
      ).state.hold,
    ).toBeNull();
  });
});

const shotArb = fc.record({
  wait: fc.integer({ min: 0, max: 200_000 }),
  move: fc.oneof(fc.integer({ min: -2_000, max: 40_000 }), fc.integer({ min: -1_500_000, max: 1_500_000 })),
  honest: fc.boolean(),
  activity: fc.constantFrom<Activity>('playing', 'playing', 'playing', 'paused', 'hidden', 'stalled', 'ended'),
  touched: fc.boolean(),
  answered: fc.boolean(),
  late: fc.boolean(),
});

describe('properties over random clients', () => {
  it('never credits more than server time or more than the media, replays to the same ledger, and packs without loss', () => {
    fc.assert(
      fc.property(
        fc.array(shotArb, { maxLength: 150 }),
        fc.integer({ min: 1, max: 1_500_000 }),
        (shots, durationMs) => {
          let state = openSession({ ...opening, durationMs });
          const facts: EvidenceFact[] = [
            {
              kind: 'opened',
              personId: 'p',
              lessonVersionId: 'l',
              ...origin,
              scheme: 'work-safety',
              ruleSetId: 'r',
              openedAtMs: T0,
              durationMs,
              resumeAtMs: 0,
              viewed: [],
              dayCreditedMs: 0,
              clientClockOffsetMs: null,
            },
          ];
          let packed: number[] = [];
          let beats: Beat[] = [];
          let start = state;
          let ledgerSeconds = 0;
          let mediaMs = 0;
          for (const shot of shots) {
            mediaMs = Math.min(durationMs, Math.max(0, mediaMs + (shot.honest ? shot.wait : shot.move)));
            const beat: Beat = {
              seq: state.lastSeq + 1,
              atMs: state.lastAtMs + shot.wait,
              mediaMs,
              activity: shot.activity,
              touched: shot.touched,
              answered: shot.answered,
              late: shot.late,
            };
            const before = lengthOf(unite(state.pending, state.confirmed, state.viewed));
            const step = applyBeat(state, beat, limits);
            if (step.state.ended) break;
            const after = lengthOf(unite(step.state.pending, step.state.confirmed, step.state.viewed));
            expect(after - before).toBeLessThanOrEqual(shot.wait);
            expect(after).toBeGreaterThanOrEqual(before);
            expect(step.state.watermarkMs).toBeLessThanOrEqual(durationMs);
            packed.push(...encodeBeat({ ...state, seq: state.lastSeq, atMs: state.lastAtMs }, beat));
            beats.push(beat);
            state = step.state;
            if (segmentIsFull(state, { startedAtMs: start.lastAtMs, beats: beats.length }, limits)) {
              expect(
                decodeBeats({ ...start, seq: start.lastSeq, atMs: start.lastAtMs }, Uint8Array.from(packed)),
              ).toEqual(beats);
              facts.push({ kind: 'segment', beats: Buffer.from(packed).toString('base64') });
              const flushed = flushSegment(state);
              ledgerSeconds += flushed.creditedSeconds;
              state = flushed.state;
              [packed, beats, start] = [[], [], state];
            }
          }
          const endedAtMs = state.lastAtMs + 1_000;
          facts.push({ kind: 'closed', beats: Buffer.from(packed).toString('base64'), reason: 'left', endedAtMs });
          const ended = flushSegment(endSession(state, 'left', endedAtMs, limits).state);
          ledgerSeconds += ended.creditedSeconds;
          const replay = replaySession(facts, limits);
          expect(replay.rows.reduce((sum, row) => sum + row.creditedSeconds, 0)).toBe(ledgerSeconds);
          expect(replay.state).toEqual(ended.state);
          expect(ledgerSeconds * 1000).toBe(lengthOf(ended.state.viewed));
          expect(ledgerSeconds * 1000).toBeLessThanOrEqual(Math.min(durationMs, endedAtMs - T0));
        },
      ),
      { numRuns: 400 },
    );
  });
});
