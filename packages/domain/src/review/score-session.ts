import { CHINA_OFFSET_MS } from '../study/session-state.ts';
import type { Interval } from '../study/intervals.ts';
import { type Hop, isImpossibleHop, leastDistanceKm, provinceNameOf } from './places.ts';
import type { SignWeight, SuspicionLimits, SuspicionReason } from './suspicion-rules.ts';

/** What is known of a session, counted. Nothing here is a judgement. */
export interface SessionSigns {
  /** Failed checks and pictures in passing that show somebody else. */
  readonly otherPerson: number;
  readonly twoFaces: number;
  readonly noFace: number;
  /** Checks with signs of a photo, a recording or a virtual camera. */
  readonly notLive: number;
  /** 1 if the session ended because a check was not answered in time. */
  readonly checksMissed: number;
  readonly snapshotsMissing: number;
  /** Other identities under which the learner's face is enrolled. */
  readonly doubles: number;
  /** People, the learner included, who opened sessions from the address within the time of the rules. */
  readonly peopleAtAddress: number;
  readonly peopleOnDevice: number;
  /** From the session before to this one and from this one to the next, where both places are known. */
  readonly hops: readonly Hop[];
  readonly nightSeconds: number;
  readonly studiedSeconds: number;
  /** Credited within the 24 hours before the end of the session, all sessions. */
  readonly dayCreditedSeconds: number;
}

/** Nothing was seen. */
export const noSigns: SessionSigns = {
  otherPerson: 0,
  twoFaces: 0,
  noFace: 0,
  notLive: 0,
  checksMissed: 0,
  snapshotsMissing: 0,
  doubles: 0,
  peopleAtAddress: 1,
  peopleOnDevice: 1,
  hops: [],
  nightSeconds: 0,
  studiedSeconds: 0,
  dayCreditedSeconds: 0,
};

/** A reason with its points and what was seen, in words with numbers. */
export interface ScoredReason {
  readonly reason: SuspicionReason;
  readonly points: number;
  readonly zh: string;
  readonly en: string;
}
export interface SessionScore {
  /** The sum of the points. */
  readonly score: number;
  /** Most points first. */
  readonly reasons: readonly ScoredReason[];
}

/** Points for a number of signs. */
export function pointsFor(count: number, { from, points, more, most }: SignWeight): number {
  return count < from ? 0 : Math.min(most, points + (count - from) * more);
}

/** Adds up what speaks against a session, each reason with its points. Pure and transparent: the same signs give the same points. */
export function scoreSession(signs: SessionSigns, limits: SuspicionLimits): SessionScore {
  const found: ScoredReason[] = [];
  const add = (reason: SuspicionReason, points: number, zh: string, en: string): void => {
    if (points > 0) found.push({ reason, points, zh, en });
  };
  const { otherPerson, twoFaces, noFace, notLive, snapshotsMissing, doubles, peopleAtAddress, peopleOnDevice } = signs;
  add(
    'mismatch',
    pointsFor(otherPerson, limits.mismatch),
    `${otherPerson} 次画面与登记照片不符`,
    `${times(otherPerson)} the face was not the enrolled one`,
  );
  add(
    'two-faces',
    pointsFor(twoFaces, limits.twoFaces),
    `${twoFaces} 次画面中有两个人`,
    `${times(twoFaces)} two people were in the picture`,
  );
  add(
    'no-face',
    pointsFor(noFace, limits.noFace),
    `${noFace} 次画面中没有人`,
    `${times(noFace)} nobody was in the picture`,
  );
  add(
    'check-missed',
    pointsFor(signs.checksMissed, limits.checkMissed),
    '没有在规定时间内完成身份验证，已签退',
    'An identity check was not done in time; signed out',
  );
  add(
    'not-live',
    pointsFor(notLive, limits.notLive),
    `${notLive} 次像照片、录像或虚拟摄像头`,
    `${times(notLive)} it looked like a photo, a recording or a virtual camera`,
  );
  add(
    'same-address',
    pointsFor(peopleAtAddress, limits.sameAddress),
    `前后 ${limits.sameAddressMinutes} 分钟内，同一网络地址有 ${peopleAtAddress} 人学习`,
    `${peopleAtAddress} people studied from one address within ${limits.sameAddressMinutes} minutes`,
  );
  add(
    'same-device',
    pointsFor(peopleOnDevice, limits.sameDevice),
    `前后 ${limits.sameDeviceMinutes} 分钟内，同一台设备有 ${peopleOnDevice} 人学习`,
    `${peopleOnDevice} people studied on one device within ${limits.sameDeviceMinutes} minutes`,
  );
  add(
    'same-face',
    pointsFor(doubles, limits.sameFace),
    `同一张脸另登记在 ${doubles} 人名下`,
    `The same face is enrolled for ${doubles === 1 ? 'one other person' : `${doubles} other people`}`,
  );
  addTravel(signs.hops, limits, add);
  addHours(signs, limits, add);
  add(
    'snapshot-missing',
    pointsFor(snapshotsMissing, limits.snapshotMissing),
    `${snapshotsMissing} 张抓拍没有传回`,
    `${snapshotsMissing} snapshots were not delivered`,
  );
  found.sort((a, b) => b.points - a.points);
  return { score: found.reduce((sum, { points }) => sum + points, 0), reasons: found };
}

type Add = (reason: SuspicionReason, points: number, zh: string, en: string) => void;

function addTravel(hops: readonly Hop[], limits: SuspicionLimits, add: Add): void {
  const impossible = hops.filter((hop) => isImpossibleHop(hop, limits.travelKmPerHour));
  const [first] = impossible;
  if (!first) return;
  const [from, to] = [provinceNameOf(first.from), provinceNameOf(first.to)];
  const km = leastDistanceKm(first.from, first.to);
  const minutes = Math.floor(first.minutes);
  add(
    'impossible-travel',
    pointsFor(impossible.length, limits.impossibleTravel),
    `${minutes} 分钟内从${from}到${to}，至少相距 ${km} 公里`,
    `From ${from} to ${to} in ${minutes} minutes, at least ${km} km apart`,
  );
}

function addHours(signs: SessionSigns, limits: SuspicionLimits, add: Add): void {
  const { nightSeconds, studiedSeconds, dayCreditedSeconds } = signs;
  const isNight =
    nightSeconds >= limits.nightLeastMinutes * 60 && nightSeconds * 100 >= studiedSeconds * limits.nightSharePercent;
  const hoursOver = Math.ceil((dayCreditedSeconds - limits.dayHours * 3600) / 3600);
  const points = (isNight ? limits.nightPoints : 0) + pointsFor(hoursOver, limits.dayHoursOver);
  const night = `${limits.nightFromHour}:00–${limits.nightToHour}:00`;
  const nightMinutes = Math.floor(nightSeconds / 60);
  const dayHours = Math.floor(dayCreditedSeconds / 360) / 10;
  const zh = [
    ...(isNight ? [`${night} 之间学习 ${nightMinutes} 分钟`] : []),
    ...(hoursOver > 0 ? [`24 小时内计入 ${dayHours} 小时`] : []),
  ];
  const en = [
    ...(isNight ? [`${nightMinutes} minutes between ${night}`] : []),
    ...(hoursOver > 0 ? [`${dayHours} hours counted within 24 hours`] : []),
  ];
  add('inhuman-hours', points, zh.join('；'), en.join('; '));
}

/** Seconds of a stretch of server time (epoch ms) that lie in the night of China. */
export function nightSecondsOf(
  { from, to }: Interval,
  { nightFromHour, nightToHour }: Pick<SuspicionLimits, 'nightFromHour' | 'nightToHour'>,
): number {
  let ms = 0;
  const firstDay = Math.floor((from + CHINA_OFFSET_MS) / 86_400_000);
  const lastDay = Math.floor((to + CHINA_OFFSET_MS) / 86_400_000);
  for (let day = firstDay; day <= lastDay; day += 1) {
    const midnight = day * 86_400_000 - CHINA_OFFSET_MS;
    const night = { from: midnight + nightFromHour * 3_600_000, to: midnight + nightToHour * 3_600_000 };
    ms += Math.max(0, Math.min(to, night.to) - Math.max(from, night.from));
  }
  return Math.floor(ms / 1000);
}

const times = (count: number): string => (count === 1 ? 'Once' : `${count} times`);
