import type { Stretch } from '@antu/contract';
import { expect, it } from 'vitest';
import { mergeStretches, placeOnDay, sumDay } from './merge-stretches.ts';

function stretch(from: string, to: string, patch: Partial<Stretch> = {}): Stretch {
  const at = (clock: string) => `2026-11-21T${clock}.000Z`;
  return {
    kind: 'credited',
    reason: null,
    from: at(from),
    to: at(to),
    mediaFromMs: 0,
    mediaToMs: 0,
    creditedSeconds: 15,
    clause: null,
    ...patch,
  };
}

it('joins neighbours that say the same and keeps others apart', () => {
  const merged = mergeStretches([
    stretch('06:00:00', '06:00:15'),
    stretch('06:00:15', '06:00:30'),
    stretch('06:00:30', '06:01:00', { kind: 'standing', reason: 'hidden', creditedSeconds: 0 }),
    stretch('06:01:00', '06:01:15'),
    stretch('06:10:00', '06:10:15'),
  ]);
  expect(merged.map((one) => [one.kind, one.from.slice(11, 19), one.to.slice(11, 19), one.creditedSeconds])).toEqual([
    ['credited', '06:00:00', '06:00:30', 30],
    ['standing', '06:00:30', '06:01:00', 0],
    ['credited', '06:01:00', '06:01:15', 15],
    ['credited', '06:10:00', '06:10:15', 15],
  ]);
});

it('places a stretch on the China day and cuts what lies beyond midnight', () => {
  expect(placeOnDay(stretch('04:00:00', '10:00:00'), '2026-11-21')).toEqual({ left: 0.5, width: 0.25 });
  expect(placeOnDay(stretch('15:00:00', '17:00:00'), '2026-11-22')).toEqual({ left: 0, width: 1 / 24 });
  expect(placeOnDay(stretch('04:00:00', '10:00:00'), '2026-11-25')).toBeNull();
});

it('sums a day as the server does: another page in front was not counted, seen before is apart', () => {
  const day = {
    day: '2026-11-21',
    creditedSeconds: 30,
    refusedSeconds: 29,
    sessions: [
      {
        sessionId: 's',
        openedAt: '',
        endedAt: null,
        endReason: null,
        courseTitleZh: '',
        courseTitleEn: null,
        lessonTitleZh: '',
        lessonTitleEn: null,
        scheme: 'road-transport' as const,
        deviceKind: 'phone' as const,
        deviceName: '',
        creditedSeconds: 30,
        refusedSeconds: 0,
        voidedSeconds: 12,
        awaitingSeconds: 7,
        quizSeconds: 3,
        decisions: [],
        stretches: [
          stretch('06:00:00', '06:00:31', { creditedSeconds: 30 }),
          stretch('06:00:31', '06:01:00', { kind: 'standing', reason: 'hidden', creditedSeconds: 0 }),
          stretch('06:01:00', '06:02:00', { kind: 'standing', reason: 'seen-before', creditedSeconds: 0 }),
          stretch('06:02:00', '06:02:20', { kind: 'standing', reason: 'paused', creditedSeconds: 0 }),
        ],
      },
    ],
  };
  expect(sumDay(day)).toEqual({
    creditedSeconds: 30,
    refusedSeconds: 29,
    standingSeconds: 20,
    repeatedSeconds: 60,
    voidedSeconds: 12,
    awaitingSeconds: 7,
    quizSeconds: 3,
  });
});
