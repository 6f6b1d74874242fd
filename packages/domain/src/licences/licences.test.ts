import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  cancelledOn,
  findLicenceCategory,
  findLicenceRuleSet,
  firstTerm,
  getLicenceCategory,
  type IssueReason,
  issueReasons,
  licenceActions,
  licenceCategories,
  licenceLimitsOf,
  licencePhaseOf,
  licenceRuleSets,
  licenceStatusCode,
  mayDecide,
  nextStanding,
  reasonsFor,
  renewedTerm,
  unmetOfRequest,
} from './index.ts';

const goods = getLicenceCategory('02001');
const [national] = licenceRuleSets;
if (!national) throw new Error('no rule set');
const limits = licenceLimitsOf(national);
const term = { validFrom: '2020-03-01', validUntil: '2026-02-28' };

describe('categories', () => {
  it('have five digits and are listed once', () => {
    expect(new Set(licenceCategories.map(({ code }) => code)).size).toBe(licenceCategories.length);
    for (const { code } of licenceCategories) expect(code).toMatch(/^\d{5}$/);
  });
  it.each([
    ['03001', '危险货物运输驾驶员'],
    ['03004', '危险货物运输专职安全管理人员'],
    ['03007', '剧毒化学品道路运输押运人员'],
    ['03016', '放射性物品道路运输专职安全管理人员'],
  ])('%s is %s', (code, name) => expect(findLicenceCategory(code)?.nameZh).toBe(name));
});

describe('rules in force', () => {
  it.each([
    ['the day before there were any', '460100', '2013-12-31', undefined],
    ['the last day of paper in Hainan', '460100', '2021-12-26', null],
    ['the first day without paper in Hainan', '460100', '2021-12-27', '2021-12-27'],
    ['elsewhere on that day', '220100', '2021-12-27', null],
  ])('%s', (_title, region, day, from) => {
    expect(findLicenceRuleSet(goods, region, day)?.limits.electronicOnlyFrom.value).toBe(from);
  });
  it('says of taxi drivers that the term is not known', () => {
    expect(findLicenceRuleSet(getLicenceCategory('09002'), '440100', '2026-01-01')?.limits.validYears.certainty).toBe(
      'unknown',
    );
  });
});

describe('the term', () => {
  it.each([
    ['2020-03-01', '2026-02-28'],
    ['2018-03-01', '2024-02-29'],
    ['2020-02-29', '2026-02-27'],
    ['2021-01-01', '2026-12-31'],
  ])('of six years from %s ends on %s', (from, until) => expect(firstTerm(from, limits).validUntil).toBe(until));

  it.each([
    ['before the first day', '2020-02-29', 'not-yet', '09'],
    ['on the first day', '2020-03-01', 'in-term', '10'],
    ['181 days before the last', addDays('2026-02-28', -181), 'in-term', '10'],
    ['180 days before the last', addDays('2026-02-28', -180), 'renewable', '10'],
    ['30 days before the last', '2026-01-29', 'renewable', '10'],
    ['29 days before the last', '2026-01-30', 'renew-late', '10'],
    ['on the last day', '2026-02-28', 'renew-late', '10'],
    ['the day after', '2026-03-01', 'expired', '02'],
    ['180 days overdue', addDays('2026-02-28', 180), 'expired', '02'],
    ['181 days overdue', addDays('2026-02-28', 181), 'lapsed', '03'],
  ] as const)('%s', (_title, day, phase, code) => {
    expect(licencePhaseOf(term, day, limits)).toBe(phase);
    expect(licenceStatusCode('granted', licencePhaseOf(term, day, limits))).toBe(code);
  });

  it('is cancelled on the first day on which it has lapsed', () => {
    const day = cancelledOn(term.validUntil, limits);
    expect(licencePhaseOf(term, day, limits)).toBe('lapsed');
    expect(licencePhaseOf(term, addDays(day, -1), limits)).toBe('expired');
  });

  it.each([
    ['in time adds six years to the old last day', '2026-01-29', '2032-02-29'],
    ['on the last day too', '2026-02-28', '2032-02-29'],
    ['the day after begins that day, which is the same', '2026-03-01', '2032-02-29'],
    ['overdue by two days loses a day', '2026-03-02', '2032-03-01'],
  ])('renewed %s', (_title, today, until) =>
    expect(renewedTerm(term, today, limits)).toEqual({ validFrom: today, validUntil: until }),
  );

  it('is good on the day of its renewal and never ends before six more years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: -180, max: 180 }), (start, late) => {
        const old = firstTerm(addDays('2000-01-01', start), limits);
        const today = addDays(old.validUntil, late);
        const next = renewedTerm(old, today, limits);
        expect(licencePhaseOf(next, today, limits)).not.toBe('not-yet');
        expect(next.validUntil >= firstTerm(today, limits).validUntil).toBe(true);
        expect(next.validUntil >= firstTerm(addDays(old.validUntil, 1), limits).validUntil).toBe(true);
      }),
    );
  });
});

describe('what may be done', () => {
  it.each([
    [null, ['issue', 'carry-over']],
    ['granted', ['replace', 'renew', 'change', 'suspend', 'cancel', 'withdraw', 'revoke']],
    ['suspended', ['restore', 'cancel', 'withdraw', 'revoke']],
    ['cancelled', []],
    ['withdrawn', []],
    ['revoked', []],
  ] as const)('to one that is %s', (standing, allowed) => {
    expect(licenceActions.filter((action) => nextStanding(standing, action) !== undefined)).toEqual(allowed);
  });
  it.each([
    ['suspended', '09'],
    ['cancelled', '03'],
    ['withdrawn', '04'],
    ['revoked', '05'],
  ] as const)('one that is %s has code %s whatever the day', (standing, code) => {
    for (const phase of ['in-term', 'expired', 'lapsed'] as const)
      expect(licenceStatusCode(standing, phase)).toBe(code);
  });
  it('every reason of issue belongs to some action', () => {
    const used = new Set(licenceActions.flatMap(reasonsFor));
    expect([...used].toSorted()).toEqual(Object.keys(issueReasons).map((one) => Number(one) as IssueReason));
  });
  it('is decided by another hand', () => {
    expect(mayDecide('a', 'a')).toBe(false);
    expect(mayDecide('a', 'b')).toBe(true);
  });
});

describe('a request', () => {
  const granted = { ...term, standing: 'granted' as const };
  const ask = (with_: Partial<Parameters<typeof unmetOfRequest>[0]>) =>
    unmetOfRequest(
      { kind: 'renew', reason: 6, licence: granted, hasOpenRequest: false, today: '2026-01-29', ...with_ },
      limits,
    ).map(({ code }) => code);

  it.each([
    ['a day too early', { today: addDays('2026-02-28', -181) }, ['too-early']],
    ['on the first day', { today: addDays('2026-02-28', -180) }, []],
    ['late, but still good', { today: '2026-02-28' }, []],
    ['180 days overdue', { today: addDays('2026-02-28', 180) }, []],
    ['181 days overdue', { today: addDays('2026-02-28', 181) }, ['lapsed']],
    ['twice', { hasOpenRequest: true }, ['open-request']],
    ['with a foreign reason', { reason: 2 as const }, ['reason']],
    ['without a licence', { licence: null }, ['no-licence']],
    ['while suspended', { licence: { ...granted, standing: 'suspended' as const } }, ['ended']],
  ])('to renew %s', (_title, with_, unmet) => expect(ask(with_)).toEqual(unmet));

  it('names everything that is missing', () => {
    expect(ask({ reason: null, hasOpenRequest: true, today: '2021-01-01' })).toEqual([
      'reason',
      'open-request',
      'too-early',
    ]);
  });

  it.each([
    ['where there is none', null, []],
    ['where one stands', granted, ['has-licence']],
    ['where one is suspended', { ...granted, standing: 'suspended' as const }, ['has-licence']],
    ['where one was cancelled', { ...granted, standing: 'cancelled' as const }, []],
  ])('to issue %s', (_title, licence, unmet) => expect(ask({ kind: 'issue', reason: 1, licence })).toEqual(unmet));

  it('for another card of an expired licence leads to its renewal', () => {
    expect(ask({ kind: 'replace', reason: 2, today: '2026-02-28' })).toEqual([]);
    expect(ask({ kind: 'replace', reason: 2, today: '2026-03-01' })).toEqual(['expired']);
  });
  it('to cancel is always heard', () => {
    expect(ask({ kind: 'cancel', reason: null, today: '2030-01-01' })).toEqual([]);
  });
});
