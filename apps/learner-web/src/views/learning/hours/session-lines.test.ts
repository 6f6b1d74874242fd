import type { SessionDecision, Stretch } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import type { HoursSession } from './merge-stretches.ts';
import { linesOf, mayAppeal } from './session-lines.ts';

const at = (clock: string) => `2026-11-21T${clock}.000Z`;
const stretch = (kind: Stretch['kind'], reason: string | null, from: string, to: string): Stretch => ({
  kind,
  reason,
  from: at(from),
  to: at(to),
  mediaFromMs: 0,
  mediaToMs: 0,
  creditedSeconds: kind === 'credited' ? 15 : 0,
  clause: null,
});
const decided = (
  kind: SessionDecision['kind'],
  day: number,
  cause: SessionDecision['cause'] = 'case',
): SessionDecision => ({
  kind,
  cause,
  seconds: 60,
  reasonZh: '人脸不符',
  at: `2026-11-${day}T00:00:00.000Z`,
});
const session = (patch: Partial<HoursSession>): HoursSession => ({
  sessionId: 's',
  openedAt: at('06:00:00'),
  endedAt: at('06:10:00'),
  endReason: 'left',
  courseTitleZh: '',
  courseTitleEn: null,
  lessonTitleZh: '',
  lessonTitleEn: null,
  scheme: 'work-safety',
  deviceKind: 'phone',
  deviceName: '',
  creditedSeconds: 15,
  refusedSeconds: 0,
  voidedSeconds: 0,
  awaitingSeconds: 0,
  quizSeconds: 0,
  stretches: [],
  decisions: [],
  ...patch,
});
const looks = (patch: Partial<HoursSession>) => linesOf(session(patch)).map((line) => line.look);

describe('lines of a session', () => {
  it.each([
    ['06:00:04', []],
    ['06:00:05', ['standing']],
  ])('leaves pauses out that are shorter than 5 s: until %s', (to, expected) => {
    expect(looks({ stretches: [stretch('standing', 'paused', '06:00:00', to)] })).toEqual(expected);
  });

  it('keeps the shortest refused and credited stretch', () => {
    expect(
      looks({
        stretches: [
          stretch('credited', null, '06:00:00', '06:00:01'),
          stretch('refused', 'too-fast', '06:00:01', '06:00:02'),
        ],
      }),
    ).toEqual(['credited', 'refused']);
  });

  it('tells later decisions after the stretches, in the order in which they were taken', () => {
    expect(
      looks({
        stretches: [stretch('credited', null, '06:00:00', '06:01:00')],
        decisions: [decided('restore', 24), decided('void', 22), decided('accept', 23), decided('refuse', 25)],
      }),
    ).toEqual(['credited', 'voided', 'given', 'denied']);
  });

  it.each([
    [1, 'waiting'],
    [0, 'waited'],
  ])('a stretch that was left to people, %d s of the session wait: %s', (awaitingSeconds, look) => {
    const stretches = [stretch('refused', 'identity-awaiting', '06:00:00', '06:01:00')];
    expect(looks({ stretches, awaitingSeconds })).toEqual([look]);
  });
});

describe('what a learner may ask about', () => {
  const lineOf = (patch: Partial<HoursSession>) => linesOf(session(patch))[0] ?? expect.unreachable('no line');
  const refused = { stretches: [stretch('refused', 'too-fast', '06:00:00', '06:01:00')] };
  it.each([
    ['a refused stretch', refused, true],
    ['another page in front', { stretches: [stretch('standing', 'hidden', '06:00:00', '06:01:00')] }, true],
    ['a session that still runs', { ...refused, endedAt: null }, false],
    ['a pause of their own', { stretches: [stretch('standing', 'paused', '06:00:00', '06:01:00')] }, false],
    ['counted time', { stretches: [stretch('credited', null, '06:00:00', '06:01:00')] }, false],
    ['voided time', { decisions: [decided('void', 22)], voidedSeconds: 1 }, true],
    ['voided time that was given back', { decisions: [decided('void', 22)], voidedSeconds: 0 }, false],
    ['what two people did not confirm', { decisions: [decided('refuse', 22, 'identity-check')] }, true],
    ['what a failed quiz lost', { decisions: [decided('refuse', 22, 'quiz')] }, false],
    [
      'what waits for them',
      { stretches: [stretch('refused', 'identity-awaiting', '06:00:00', '06:01:00')], awaitingSeconds: 60 },
      false,
    ],
    ['what waited for them', { stretches: [stretch('refused', 'identity-awaiting', '06:00:00', '06:01:00')] }, false],
  ])('%s', (_name, patch, may) => {
    expect(mayAppeal(lineOf(patch), session(patch))).toBe(may);
  });
});
