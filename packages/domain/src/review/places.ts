/** Where an address lies, as far as it is known. */
export interface Place {
  /** Name of the province, such as 广东省 or 北京; its first two characters name it. */
  readonly province: string;
  readonly city: string | null;
}

/**
 * Seats of the provinces and how far the farthest corner is from there, rounded up. Public geography, read off a map: good to
 * some ten kilometres, and always in favour of the learner.
 */
const seats: Readonly<Record<string, readonly [latitude: number, longitude: number, reachKm: number]>> = {
  北京: [39.9, 116.4, 180],
  天津: [39.1, 117.2, 150],
  河北: [38.0, 114.5, 600],
  山西: [37.9, 112.5, 450],
  内蒙: [40.8, 111.7, 1700],
  辽宁: [41.8, 123.4, 480],
  吉林: [43.9, 125.3, 550],
  黑龙: [45.8, 126.6, 950],
  上海: [31.2, 121.5, 120],
  江苏: [32.1, 118.8, 400],
  浙江: [30.3, 120.2, 400],
  安徽: [31.8, 117.2, 400],
  福建: [26.1, 119.3, 450],
  江西: [28.7, 115.9, 500],
  山东: [36.7, 117.0, 550],
  河南: [34.8, 113.6, 400],
  湖北: [30.6, 114.3, 650],
  湖南: [28.2, 112.9, 450],
  广东: [23.1, 113.3, 500],
  广西: [22.8, 108.3, 550],
  海南: [20.0, 110.3, 350],
  重庆: [29.6, 106.5, 500],
  四川: [30.7, 104.1, 800],
  贵州: [26.6, 106.7, 450],
  云南: [25.0, 102.7, 700],
  西藏: [29.7, 91.1, 1400],
  陕西: [34.3, 108.9, 650],
  甘肃: [36.1, 103.8, 1200],
  青海: [36.6, 101.8, 1200],
  宁夏: [38.5, 106.2, 400],
  新疆: [43.8, 87.6, 1500],
  香港: [22.3, 114.2, 60],
  澳门: [22.2, 113.5, 30],
  台湾: [25.0, 121.5, 450],
};

/** A province as reports name it: without 省, 市 and the like. */
export function provinceNameOf({ province }: Place): string {
  const key = province.slice(0, 2);
  return key === '黑龙' ? '黑龙江' : key === '内蒙' ? '内蒙古' : key;
}

const EARTH_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * The least distance that lies between two places of which only the provinces count, km: between their seats, less what both
 * provinces reach. 0 in one province, between neighbours, and where a province is unknown.
 */
export function leastDistanceKm(from: Place, to: Place): number {
  const [one, other] = [seats[from.province.slice(0, 2)], seats[to.province.slice(0, 2)]];
  if (!one || !other || one === other) return 0;
  const [fromLatitude, toLatitude] = [radians(one[0]), radians(other[0])];
  const across =
    Math.sin((toLatitude - fromLatitude) / 2) ** 2 +
    Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.sin(radians(other[1] - one[1]) / 2) ** 2;
  const betweenSeats = 2 * EARTH_KM * Math.asin(Math.sqrt(across));
  return Math.max(0, Math.round(betweenSeats - one[2] - other[2]));
}

/** Somebody was in one place and this much later in another. */
export interface Hop {
  readonly from: Place;
  readonly to: Place;
  readonly minutes: number;
}

/** Whether nobody can have made the hop, going straight at this speed. */
export function isImpossibleHop({ from, to, minutes }: Hop, kmPerHour: number): boolean {
  return leastDistanceKm(from, to) > (kmPerHour * minutes) / 60;
}
