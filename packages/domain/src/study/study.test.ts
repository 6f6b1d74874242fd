import { describe, expect, it } from 'vitest';
import { openSession } from './index.ts';
import { opening, play, type Shot } from './testing/play-shots.ts';

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
