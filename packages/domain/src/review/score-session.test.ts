import { describe, expect, it } from 'vitest';
import {
  findSuspicionRules,
  leastDistanceKm,
  nightSecondsOf,
  noSigns,
  scoreSession,
  suspicionLimitsOf,
  suspicionRules,
} from './index.ts';
import type { Hop, SessionSigns, SuspicionReason } from './index.ts';

const rules = findSuspicionRules('work-safety', '440104', '2026-11-25') ?? expect.unreachable('no rules');
const limits = suspicionLimitsOf(rules);
const place = (province: string) => ({ province, city: null });
const hop = (from: string, to: string, minutes: number): Hop => ({ from: place(from), to: place(to), minutes });
// 广东 to 黑龙江: seats about 2,800 km apart, less 500 and 950 of reach.
const farKm = leastDistanceKm(place('广东省'), place('黑龙江省'));
const farMinutes = (farKm * 60) / limits.travelKmPerHour;
const hours = (count: number, seconds = 0) => count * 3600 + seconds;

describe('points of a session', () => {
  type Row = [title: string, signs: Partial<SessionSigns>, reason: SuspicionReason, points: number];
  const rows: Row[] = [
    ['no strange face', { otherPerson: 0 }, 'mismatch', 0],
    ['a strange face once', { otherPerson: 1 }, 'mismatch', 25],
    ['a strange face twice', { otherPerson: 2 }, 'mismatch', 45],
    ['a strange face four times', { otherPerson: 4 }, 'mismatch', 85],
    ['a strange face five times is the most', { otherPerson: 5 }, 'mismatch', 90],
    ['two people once', { twoFaces: 1 }, 'two-faces', 10],
    ['two people six times is the most', { twoFaces: 6 }, 'two-faces', 50],
    ['nobody once is chance', { noFace: 1 }, 'no-face', 0],
    ['nobody twice', { noFace: 2 }, 'no-face', 15],
    ['a check not answered', { checksMissed: 1 }, 'check-missed', 20],
    ['a recording once', { notLive: 1 }, 'not-live', 20],
    ['a recording three times', { notLive: 3 }, 'not-live', 50],
    ['four people at an address', { peopleAtAddress: 4 }, 'same-address', 0],
    ['five people at an address', { peopleAtAddress: 5 }, 'same-address', 10],
    ['a class of forty behind an address is never a case by itself', { peopleAtAddress: 40 }, 'same-address', 25],
    ['one person on a device', { peopleOnDevice: 1 }, 'same-device', 0],
    ['two people on a device', { peopleOnDevice: 2 }, 'same-device', 20],
    ['four people on a device', { peopleOnDevice: 4 }, 'same-device', 50],
    ['the same face under another name', { doubles: 1 }, 'same-face', 60],
    ['a snapshot missing once is the network', { snapshotsMissing: 1 }, 'snapshot-missing', 0],
    ['snapshots missing twice', { snapshotsMissing: 2 }, 'snapshot-missing', 10],
    ['ten hours in a day', { dayCreditedSeconds: hours(10) }, 'inhuman-hours', 0],
    ['a second more than ten hours', { dayCreditedSeconds: hours(10, 1) }, 'inhuman-hours', 30],
    ['eleven hours', { dayCreditedSeconds: hours(11) }, 'inhuman-hours', 30],
    ['a second more than eleven hours', { dayCreditedSeconds: hours(11, 1) }, 'inhuman-hours', 40],
    ['an hour of night', { nightSeconds: 3600, studiedSeconds: 3600 }, 'inhuman-hours', 15],
    ['a second less than an hour of night', { nightSeconds: 3599, studiedSeconds: 3599 }, 'inhuman-hours', 0],
    ['four fifths by night', { nightSeconds: 4000, studiedSeconds: 5000 }, 'inhuman-hours', 15],
    ['a second less than four fifths by night', { nightSeconds: 3999, studiedSeconds: 5000 }, 'inhuman-hours', 0],
    [
      'eleven hours, all of them by night',
      { dayCreditedSeconds: hours(11), nightSeconds: hours(5), studiedSeconds: hours(5) },
      'inhuman-hours',
      45,
    ],
    ['as fast as the fastest', { hops: [hop('广东省', '黑龙江省', farMinutes)] }, 'impossible-travel', 0],
    ['a minute too fast', { hops: [hop('广东省', '黑龙江省', farMinutes - 1)] }, 'impossible-travel', 40],
    [
      'there and back',
      { hops: [hop('广东省', '黑龙江省', 30), hop('黑龙江省', '广东省', 30)] },
      'impossible-travel',
      50,
    ],
    ['between neighbours at once', { hops: [hop('广东省', '湖南省', 0)] }, 'impossible-travel', 0],
    ['in one province at once', { hops: [hop('广东省', '广东', 0)] }, 'impossible-travel', 0],
    ['to a place that nobody knows', { hops: [hop('广东省', '大西洋', 0)] }, 'impossible-travel', 0],
  ];
  it.each(rows)('%s', (_title, signs, reason, points) => {
    const { score, reasons } = scoreSession({ ...noSigns, ...signs }, limits);
    expect(reasons.filter((one) => one.reason === reason).reduce((sum, one) => sum + one.points, 0)).toBe(points);
    expect(score).toBe(points);
  });

  it('is nothing without a sign', () => {
    expect(scoreSession(noSigns, limits)).toEqual({ score: 0, reasons: [] });
  });

  it('adds up its reasons, most points first, with numbers in both languages', () => {
    const { score, reasons } = scoreSession(
      { ...noSigns, otherPerson: 2, twoFaces: 1, peopleOnDevice: 3, hops: [hop('广东省', '黑龙江省', 12.7)] },
      limits,
    );
    expect(reasons).toEqual([
      { reason: 'mismatch', points: 45, zh: '2 次画面与登记照片不符', en: '2 times the face was not the enrolled one' },
      {
        reason: 'impossible-travel',
        points: 40,
        zh: `12 分钟内从广东到黑龙江，至少相距 ${farKm} 公里`,
        en: `From 广东 to 黑龙江 in 12 minutes, at least ${farKm} km apart`,
      },
      {
        reason: 'same-device',
        points: 35,
        zh: '前后 60 分钟内，同一台设备有 3 人学习',
        en: '3 people studied on one device within 60 minutes',
      },
      { reason: 'two-faces', points: 10, zh: '1 次画面中有两个人', en: 'Once two people were in the picture' },
    ]);
    expect(score).toBe(130);
  });

  it('one weak sign makes no case, one strong sign does', () => {
    const scoreOf = (signs: Partial<SessionSigns>) => scoreSession({ ...noSigns, ...signs }, limits).score;
    const weak: Partial<SessionSigns>[] = [
      { otherPerson: 1 },
      { twoFaces: 3 },
      { peopleAtAddress: 60 },
      { peopleOnDevice: 2 },
      { checksMissed: 1 },
      { nightSeconds: 9000, studiedSeconds: 9000 },
    ];
    for (const signs of weak) expect(scoreOf(signs)).toBeLessThan(limits.leastScore);
    const strong: Partial<SessionSigns>[] = [
      { doubles: 1 },
      { otherPerson: 2 },
      { hops: [hop('广东省', '黑龙江省', 10)] },
    ];
    for (const signs of strong) expect(scoreOf(signs)).toBeGreaterThanOrEqual(limits.leastScore);
  });
});

describe('the night of China', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`);
  const rows: [title: string, from: string, to: string, seconds: number][] = [
    ['before midnight', '2026-11-24T23:00:00', '2026-11-25T00:00:00', 0],
    ['over midnight by a second', '2026-11-24T23:00:00', '2026-11-25T00:00:01', 1],
    ['up to five', '2026-11-25T04:00:00', '2026-11-25T05:00:00', 3600],
    ['a second after five', '2026-11-25T05:00:00', '2026-11-25T05:00:01', 0],
    ['two nights', '2026-11-25T04:00:00', '2026-11-26T01:00:00', 7200],
  ];
  it.each(rows)('%s', (_title, from, to, seconds) => {
    expect(nightSecondsOf({ from: at(from), to: at(to) }, limits)).toBe(seconds);
  });
});

describe('distances', () => {
  const rows: [from: string, to: string, least: number, most: number][] = [
    ['北京', '广东省', 1000, 1400],
    ['广东省', '北京市', 1000, 1400],
    ['广东省', '香港特别行政区', 0, 0],
    ['上海', '浙江省', 0, 0],
    ['河北省', '北京', 0, 0],
    ['新疆维吾尔自治区', '海南省', 1000, 2000],
    ['内蒙古自治区', '西藏自治区', 0, 0],
  ];
  it.each(rows)('from %s to %s', (from, to, least, most) => {
    const km = leastDistanceKm(place(from), place(to));
    expect(km).toBeGreaterThanOrEqual(least);
    expect(km).toBeLessThanOrEqual(most);
  });

  it('never separates two provinces that have a border in common', () => {
    const borders = [
      '京冀 津冀 冀晋 冀蒙 冀辽 冀鲁 冀豫 晋蒙 晋陕 晋豫 蒙辽 蒙吉 蒙黑 蒙陕 蒙甘 蒙宁 辽吉 吉黑 沪苏 沪浙 苏浙 苏皖 苏鲁 浙皖 浙闽 浙赣',
      '皖赣 皖鲁 皖豫 皖鄂 闽赣 闽粤 赣鄂 赣湘 赣粤 鲁豫 豫鄂 豫陕 鄂湘 鄂渝 鄂陕 湘粤 湘桂 湘渝 湘黔 粤桂 粤琼 粤港 粤澳 桂黔 桂滇 渝川 渝黔 渝陕',
      '川黔 川滇 川藏 川陕 川甘 川青 黔滇 滇藏 藏青 藏新 陕甘 陕宁 甘青 甘宁 甘新 青新 京津',
    ];
    const names: Record<string, string> = {
      京: '北京',
      津: '天津',
      冀: '河北',
      晋: '山西',
      蒙: '内蒙古',
      辽: '辽宁',
      吉: '吉林',
      黑: '黑龙江',
      沪: '上海',
      苏: '江苏',
      浙: '浙江',
      皖: '安徽',
      闽: '福建',
      赣: '江西',
      鲁: '山东',
      豫: '河南',
      鄂: '湖北',
      湘: '湖南',
      粤: '广东',
      桂: '广西',
      琼: '海南',
      渝: '重庆',
      川: '四川',
      黔: '贵州',
      滇: '云南',
      藏: '西藏',
      陕: '陕西',
      甘: '甘肃',
      青: '青海',
      宁: '宁夏',
      新: '新疆',
      港: '香港',
      澳: '澳门',
    };
    for (const pair of borders.join(' ').split(' ')) {
      const [one = '', other = ''] = pair;
      expect(leastDistanceKm(place(names[one] ?? ''), place(names[other] ?? '')), pair).toBe(0);
    }
  });
});

describe('rule sets', () => {
  it('are there for every scheme, and not before their day', () => {
    for (const { scheme } of suspicionRules) {
      expect(findSuspicionRules(scheme, '440104', '2026-01-01')?.scheme).toBe(scheme);
      expect(findSuspicionRules(scheme, '440104', '2025-12-31')).toBeUndefined();
    }
  });

  it('prefer the nearest region, then the youngest', () => {
    const [base] = suspicionRules;
    if (!base) throw new Error('no rules');
    const table = [
      { ...base, id: 'old' },
      { ...base, id: 'young', validFrom: '2026-06-01' },
      { ...base, id: 'guangdong', regionPrefix: '44', validFrom: '2026-02-01' },
    ];
    expect(findSuspicionRules('work-safety', '460106', '2026-11-25', table)?.id).toBe('young');
    expect(findSuspicionRules('work-safety', '440106', '2026-11-25', table)?.id).toBe('guangdong');
    expect(findSuspicionRules('work-safety', '440106', '2026-01-31', table)?.id).toBe('old');
  });

  it('tell of every number how sure it is', () => {
    for (const { limits: all } of suspicionRules) {
      for (const { certainty, source } of Object.values(all)) {
        expect(['stated', 'verified', 'assumed', 'unknown']).toContain(certainty);
        expect(source).not.toBe('');
      }
    }
  });
});
