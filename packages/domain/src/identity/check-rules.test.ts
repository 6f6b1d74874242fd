import { describe, expect, it } from 'vitest';
import {
  type CheckRuleSet,
  checkLimitsOf,
  checkRuleSets,
  choosePictures,
  currentFaceNotice,
  faceGaugeState,
  faceNotices,
  findCheckRules,
  findTimeProblem,
  identityCheckText,
  identityProblems,
  isConsentInForce,
  orderProblems,
} from './index.ts';

const limits = checkLimitsOf(findCheckRules('2026-12-01'));

describe('Rules of checks', () => {
  it('are those of the day', () => {
    const [first] = checkRuleSets;
    if (!first) throw new Error('no rules');
    const table: CheckRuleSet[] = [{ ...first, id: 'late', validFrom: '2027-01-01' }, first];
    expect(findCheckRules('2026-11-25', table).id).toBe(first.id);
    expect(findCheckRules('2026-12-31', table).id).toBe(first.id);
    expect(findCheckRules('2027-01-01', table).id).toBe('late');
    expect(findCheckRules('2020-01-01', table).id).toBe(first.id);
    expect(() => findCheckRules('2027-01-01', [])).toThrow(RangeError);
  });

  it.each([
    [79_999, 'below'],
    [80_000, 'near'],
    [99_999, 'near'],
    [100_000, 'reached'],
  ] as const)('%i stored faces are %s', (faces, state) => {
    expect(faceGaugeState(faces, limits)).toBe(state);
  });
});

describe('Times of a step', () => {
  const good = { atMs: [900, 1300, 1700], previousAtMs: null, sinceStartMs: 2000, sinceStepMs: 2000 };
  it.each([
    ['as a browser sends them', good, undefined],
    ['on the last millisecond of step and transfer', { ...good, sinceStepMs: 23_000 }, undefined],
    ['a millisecond later', { ...good, sinceStepMs: 23_001 }, 'too-slow'],
    ['taken over exactly the time of a step', { ...good, atMs: [1, 8001], sinceStartMs: 9000 }, undefined],
    ['taken over a millisecond more', { ...good, atMs: [1, 8002], sinceStartMs: 9000 }, 'too-slow'],
    ['two pictures at one instant', { ...good, atMs: [900, 900] }, 'unreadable'],
    ['going back', { ...good, atMs: [900, 1300, 1200] }, 'unreadable'],
    ['before the step before', { ...good, previousAtMs: 900 }, 'unreadable'],
    ['right after the step before', { ...good, previousAtMs: 899 }, undefined],
    ['a second ahead of the server', { ...good, atMs: [3000] }, undefined],
    ['further ahead of the server', { ...good, atMs: [3001] }, 'unreadable'],
  ])('%s', (_, times, problem) => {
    expect(findTimeProblem(times, limits)).toBe(problem);
  });
});

describe('What the learner is told first', () => {
  it('orders every problem there is', () => {
    expect(orderProblems(identityProblems.toReversed()).toSorted()).toEqual(identityProblems.toSorted());
    expect(orderProblems(['replayed'])).toEqual(['replayed']);
  });
  it.each([
    [
      ['other-person', 'too-dark'],
      ['too-dark', 'other-person'],
    ],
    [
      ['not-live', 'prompt-missed', 'not-live'],
      ['prompt-missed', 'not-live'],
    ],
    [
      ['replayed', 'no-face', 'too-dark'],
      ['too-dark', 'no-face', 'replayed'],
    ],
    [
      ['prompt-missed', 'other-person'],
      ['other-person', 'prompt-missed'],
    ],
  ] as const)('%j become %j', (given, told) => {
    expect(orderProblems(given)).toEqual(told);
  });
});

describe('Pictures that are kept', () => {
  const frames = [-1, -1, -1, 0, 0, 0, 1, 1, 1].map((step) => ({ step }));
  it.each([
    ['the best of a plain pass', { outcome: 'passed', isSuspicious: false, bestFrame: 4 }, [4]],
    ['the first of a pass without a best one', { outcome: 'passed', isSuspicious: false, bestFrame: null }, [0]],
    ['the first, if the best is none of them', { outcome: 'passed', isSuspicious: false, bestFrame: 99 }, [0]],
    ['one per step of a suspicious pass', { outcome: 'passed', isSuspicious: true, bestFrame: 4 }, [0, 2, 5, 8]],
    ['one per step of a failure', { outcome: 'failed', isSuspicious: false, bestFrame: null }, [0, 2, 5, 8]],
    ['one per step of what waits', { outcome: 'pending', isSuspicious: false, bestFrame: null }, [0, 2, 5, 8]],
  ] as const)('%s', (_, kept, indexes) => {
    expect(choosePictures(frames, kept)).toEqual(indexes);
  });
  it('are none without any', () => {
    expect(choosePictures([], { outcome: 'failed', isSuspicious: false, bestFrame: null })).toEqual([]);
  });
});

describe('The notice', () => {
  it('says what the law asks for, in both languages', () => {
    const { zh, en } = currentFaceNotice();
    for (const word of ['用来做什么', '收集什么', '为什么', '谁能看到', '保存多久', '不同意也能学', '撤回'])
      expect(zh).toContain(word);
    expect(zh.split('\n\n')).toHaveLength(en.split('\n\n').length);
    expect(`${zh}${en}`).not.toMatch(/[!！]/);
  });
  it('has versions that never come twice', () => {
    expect(new Set(faceNotices.map(({ version }) => version)).size).toBe(faceNotices.length);
  });
  it('holds consent to its own version and to those it names', () => {
    const notice = { version: '3', alsoHolds: ['2'], zh: '', en: '' };
    expect(['1', '2', '3', '4'].filter((version) => isConsentInForce(version, notice))).toEqual(['2', '3']);
  });
});

it('the hashed text of a check holds every field, sorted', () => {
  const text = identityCheckText({
    id: 'c',
    personId: 'p',
    purpose: 'study',
    sessionId: 's',
    checkId: null,
    loginSessionId: 'l',
    scheme: 'work-safety',
    ruleSetId: 'r',
    method: 'face',
    provider: 'builtin',
    outcome: 'passed',
    detail: '{"problems":[]}',
    supervisorAccountId: null,
    address: '203.0.113.9',
    askedAtMs: 1,
    decidedAtMs: 2,
  });
  expect(text).toBe(
    '{"address":"203.0.113.9","askedAtMs":1,"checkId":null,"decidedAtMs":2,"detail":"{\\"problems\\":[]}","id":"c",' +
      '"loginSessionId":"l","method":"face","outcome":"passed","personId":"p","provider":"builtin","purpose":"study",' +
      '"ruleSetId":"r","scheme":"work-safety","sessionId":"s","supervisorAccountId":null}',
  );
});
