import { describe, expect, it } from 'vitest';
import { signsOf } from './identity-signs.ts';

type Checks = Parameters<typeof signsOf>[0];
type Pictures = Parameters<typeof signsOf>[1];
type Problems = Checks[number]['detail']['problems'];
type Signs = Checks[number]['detail']['signs'];

const check = (outcome: 'passed' | 'failed' | 'pending', problems: Problems, signs: Signs = []): Checks[number] => ({
  method: 'face',
  outcome,
  detail: { checkRuleSetId: 'test', problems, signs },
});
const picture = (
  finding: NonNullable<Pictures[number]['findings']>['finding'],
  signs: Signs = [],
): Pictures[number] => ({
  findings: { finding, problems: [], signs },
});
const none = { otherPerson: 0, twoFaces: 0, noFace: 0, notLive: 0, snapshots: 0, showsFace: false };

describe('signs from checks and pictures', () => {
  const rows: [title: string, checks: Checks, pictures: Pictures, signs: Partial<typeof none>][] = [
    ['a passed check shows nothing but a face', [check('passed', [])], [], { showsFace: true }],
    ['a code on site shows none', [{ ...check('passed', []), method: 'on-site' }], [], {}],
    ['somebody else in a failed check', [check('failed', ['other-person'])], [], { otherPerson: 1 }],
    [
      'a face that changed in a check is somebody else',
      [check('failed', ['face-changed', 'other-person'])],
      [],
      { otherPerson: 1 },
    ],
    [
      'every failed try counts',
      [check('failed', ['other-person']), check('failed', ['other-person'])],
      [],
      { otherPerson: 2 },
    ],
    [
      'two people, and nobody',
      [check('failed', ['two-faces']), check('failed', ['no-face'])],
      [],
      { twoFaces: 1, noFace: 1 },
    ],
    ['darkness and haste are no signs', [check('failed', ['too-dark', 'too-slow', 'prompt-missed'])], [], {}],
    ['a recording', [check('failed', ['replayed'], ['seen-before'])], [], { notLive: 1 }],
    ['a sign of a screen in a passed check', [check('passed', [], ['moire'])], [], { notLive: 1, showsFace: true }],
    ['a face near the threshold is no sign', [check('passed', [], ['near-threshold'])], [], { showsFace: true }],
    ['what waits for people is not judged here', [check('pending', ['other-person'])], [], {}],
    [
      'pictures in passing',
      [],
      [picture('match'), picture('other-person'), picture('no-face')],
      { otherPerson: 1, noFace: 1, snapshots: 3 },
    ],
    ['a picture seen before', [], [picture('match', ['seen-before'])], { notLive: 1, snapshots: 1 }],
    ['a picture that nobody looked at yet', [], [{ findings: null }, picture('unjudged')], { snapshots: 2 }],
  ];
  it.each(rows)('%s', (_title, checks, pictures, signs) => {
    expect(signsOf(checks, pictures)).toEqual({ ...none, ...signs });
  });
});
