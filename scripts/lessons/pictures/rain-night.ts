import { person, personWithUmbrella } from '../drawing/people.ts';
import { dashboard, dippedLight, nightAhead, nightSide, rain } from '../drawing/scenery.ts';
import { clock, speedLimit, warningTriangle } from '../drawing/signs.ts';
import {
  blink,
  COLOUR,
  circle,
  ellipse,
  group,
  headline,
  label,
  measure,
  n,
  type Picture,
  rect,
  shape,
  stroke,
  swing,
  text,
} from '../drawing/svg.ts';
import { truckRear, truckSide } from '../drawing/vehicles.ts';

const GOLD = '#f0c66b';

const rainOpening: Picture = ({ phase, shown }) =>
  nightAhead(phase, 3) +
  dippedLight() +
  truckRear(800, 420, 2.1, swing(phase, 0.2, 0.6)) +
  rain(phase) +
  dashboard(phase) +
  group(
    text(88, 150, 92, '雨夜行车', { bold: true, fill: COLOUR.white }) + text(92, 218, 40, '防御性驾驶', { fill: GOLD }),
  ) +
  group(label(244, 320, '看得近 · 刹得慢', { fill: COLOUR.stop, size: 40 }), { opacity: shown(1) });

/** One truck with its braking track; the wet one is longer. */
const brakingRow = (y: number, metres: number, wet: boolean, opacity: number): string =>
  rect(0, y, 1280, 14, wet ? '#2f6f86' : '#5c6d73') +
  (wet ? ellipse(700, y + 8, 520, 10, '#4f9ab3', 'opacity=".6"') : '') +
  group(stroke(`M300 ${y - 10}H${300 + metres}`, wet ? COLOUR.stop : '#7fb68f', 14, 'stroke-dasharray="30 20"'), {
    opacity,
  }) +
  group(rect(300 + metres, y - 96, 8, 96, COLOUR.white), { opacity }) +
  truckSide({ x: 60, y, scale: 0.56 }) +
  group(
    label(300 + metres - 96, y - 52, wet ? '湿路面' : '干路面', { fill: wet ? COLOUR.stop : COLOUR.ok, size: 34 }),
    { opacity },
  );

const wetBraking: Picture = ({ phase, shown }) =>
  rect(0, 0, 1280, 720, COLOUR.nightSky) +
  brakingRow(300, 420, false, 1) +
  brakingRow(500, 420 + 360 * Math.max(shown(1), 0.001), true, shown(0)) +
  rain(phase, 16) +
  headline('路湿，刹车距离变长', true) +
  group(label(1040, 590, '重车更要早减速', { fill: COLOUR.wait, size: 36 }), { opacity: shown(2) });

const headlightReach: Picture = ({ phase, shown }) =>
  nightSide(phase, 6) +
  group(shape('M530 520L900 580H530z', '#f7e3a1', 'opacity=".35"')) +
  truckSide({ x: 150, y: 580, scale: 0.95, phase }) +
  group(person({ x: 1090, y: 566, coat: '#22343c', hair: '#1a2a31', scale: 0.8 }), { opacity: 0.65 }) +
  rain(phase, 16) +
  headline('看得见，更要停得下', true) +
  group(measure(540, 900, 400, '灯光照到这里', GOLD).replaceAll(COLOUR.white, COLOUR.ink), { opacity: shown(0) }) +
  group(measure(540, 800, 250, '刹车距离要更短', '#7fb68f'), { opacity: shown(1) });

const beamPanel = (x: number, good: boolean, title: string, phase: number): string => {
  const glow = good
    ? shape('M300 190L480 262H300z', '#f5e6bd', 'opacity=".5"')
    : shape('M300 190L560 60V280H300z', '#f5f1e2', `opacity="${n(swing(phase, 0.4, 0.8, 2))}"`);
  return group(
    rect(0, 0, 560, 330, '#0f242c', 'rx="18"') +
      glow +
      truckSide({ x: 40, y: 280, scale: 0.66 }) +
      rect(0, 280, 560, 14, '#31525d') +
      label(150, 52, title, { fill: good ? COLOUR.ok : COLOUR.stop, size: 38 }),
    { x, y: 190 },
  );
};

const dippedBeam: Picture = ({ phase, shown }) =>
  rect(0, 0, 1280, 720, COLOUR.nightSky) +
  beamPanel(60, true, '近光灯', phase) +
  group(beamPanel(660, false, '远光灯', phase), { opacity: Math.max(shown(1), 0.15) }) +
  rain(phase, 16) +
  headline('下雨，用近光', true) +
  group(label(640, 568, '会车：150 米以外改近光', { fill: COLOUR.wait, size: 40 }), { opacity: shown(2) });

const doubleDistance: Picture = ({ phase, shown }) =>
  nightSide(phase, 4) +
  truckSide({ x: 40, y: 582, scale: 0.62, phase, lamps: true }) +
  truckSide({ x: 990, y: 582, scale: 0.62, phase }, '#3c606b') +
  rain(phase, 16) +
  headline('跟车距离，加大一倍', true) +
  measure(306, 640, 440, '平时 3 秒', '#7fb68f') +
  group(measure(306, 980, 300, '雨夜 6 秒', '#e58a3a'), { opacity: shown(1) });

const aquaplaning: Picture = ({ phase, shown }) =>
  rect(0, 0, 1280, 720, COLOUR.nightSky) +
  rect(0, 560, 1280, 160, COLOUR.nightRoad) +
  shape(
    `M0 528q80 ${n(swing(phase, -12, 12))} 160 0t160 0t160 0t160 0t160 0t160 0t160 0t160 0v40H0z`,
    '#4f9ab3',
    'opacity=".75"',
  ) +
  group(
    circle(0, 0, 150, '#0a161b') +
      circle(0, 0, 84, '#8a989c') +
      [0, 60, 120].map((deg) => group(rect(-8, -80, 16, 160, '#5c6d73'), { rotate: deg + phase * 360 })).join(''),
    { x: 360, y: 378 + swing(phase, 0, 10, 2) },
  ) +
  stroke('M470 540q60 -50 100 -20M480 520q70 -70 130 -50', '#a9d3e0', 8) +
  rain(phase, 16) +
  headline('水滑：轮胎浮起来', true) +
  group(
    label(890, 230, '松油门', { fill: COLOUR.ok, size: 44 }) +
      label(890, 320, '握稳方向', { fill: COLOUR.ok, size: 44 }),
    { opacity: shown(2) },
  ) +
  group(
    label(890, 410, '不急打方向', { fill: COLOUR.stop, size: 44 }) +
      label(890, 500, '不猛踩刹车', { fill: COLOUR.stop, size: 44 }),
    { opacity: shown(2) },
  );

const floodedRoad: Picture = ({ phase, shown }) =>
  nightSide(phase, 0) +
  shape('M560 536h720v150H560q-60 -76 0 -150z', '#2f6f86') +
  stroke(
    `M640 ${n(580 + swing(phase, -6, 6))}q40 -12 80 0t80 0M860 ${n(630 + swing(phase, 6, -6))}q40 -12 80 0t80 0M1010 576q40 -12 80 0t80 0`,
    '#7fb9cc',
    6,
  ) +
  rect(900, 400, 26, 180, COLOUR.white) +
  [0, 1, 2, 3].map((i) => rect(900, 400 + i * 46, 26, 23, COLOUR.stop)).join('') +
  truckSide({ x: 100, y: 582, scale: 0.9, lamps: true }) +
  rain(phase, 16) +
  headline('积水：先停，看深浅', true) +
  group(label(913, 330, '看不清，不通过', { fill: COLOUR.stop, size: 42 }), { opacity: shown(1) }) +
  group(label(330, 330, '过水后轻踩刹车', { fill: COLOUR.ok, size: 38 }), { opacity: shown(2) });

const umbrellaCrossing: Picture = ({ phase, shown }) =>
  nightSide(phase, 0) +
  [0, 1, 2, 3, 4, 5].map((i) => rect(780 + i * 62, 536, 34, 120, '#d7d5c6', 'opacity=".8"')).join('') +
  shape('M412 524L1000 600H412z', '#f7e3a1', 'opacity=".28"') +
  truckSide({ x: 30, y: 582, scale: 0.95 }) +
  personWithUmbrella(850 + swing(phase, 0, 70), 620, phase, '#2b3d45', '#33474f', 1.05) +
  group(personWithUmbrella(1120, 610, phase, '#22343c', '#2a3c44', 0.9), { opacity: 0.7 }) +
  rain(phase, 16) +
  headline('行人难看见，提前减速', true) +
  group(label(960, 250, '村口 · 路口 · 人行横道', { fill: COLOUR.wait, size: 38 }), { opacity: shown(1) });

const visibilityRow = (y: number, seen: string, speed: number, gap: string, opacity: number): string =>
  group(
    rect(100, 0, 1080, 124, '#1d3f4b', 'rx="18"') +
      text(140, 76, 40, `能见度 ${seen}`, { fill: COLOUR.white, bold: true }) +
      speedLimit(660, 62, speed, 52) +
      text(770, 76, 40, gap, { fill: GOLD, bold: true }),
    { y: y + (1 - opacity) * 20, opacity },
  );

const visibilitySteps: Picture = ({ phase, shown }) =>
  rect(0, 0, 1280, 720, COLOUR.nightSky) +
  rain(phase, 16) +
  headline('高速公路：看得越近，开得越慢', true) +
  visibilityRow(160, '＜ 200 米', 60, '车距 100 米以上', shown(0)) +
  visibilityRow(304, '＜ 100 米', 40, '车距 50 米以上', shown(1)) +
  visibilityRow(448, '＜ 50 米', 20, '最近出口离开', shown(2));

const restStop: Picture = ({ phase, shown }) =>
  nightSide(phase, 0) +
  rect(700, 250, 470, 282, '#1d3f4b', 'rx="10"') +
  rect(700, 250, 470, 62, COLOUR.ok, 'rx="10"') +
  text(935, 295, 38, '服务区', { fill: COLOUR.white, bold: true, anchor: 'middle' }) +
  [0, 1, 2].map((i) => rect(736 + i * 142, 350, 112, 84, '#f5e6bd', 'rx="6"')).join('') +
  truckSide({ x: 60, y: 582, scale: 0.9 }) +
  rain(phase, 16) +
  headline('犯困了，就停车', true) +
  group(
    clock(250, 290, 88, (phase + 4) / 12, phase) +
      label(524, 256, '最多开 4 小时', { fill: COLOUR.stop, size: 38 }) +
      label(524, 332, '至少歇 20 分钟', { fill: COLOUR.ok, size: 38 }),
    { opacity: shown(1) },
  );

const breakdown: Picture = ({ phase, shown }) => {
  const flash = blink(phase, 5);
  return (
    nightSide(phase, 0) +
    stroke('M0 500H1280', '#8a989c', 12) +
    Array.from({ length: 11 }, (_, i) => rect(40 + i * 124, 494, 12, 44, '#6f7f84')).join('') +
    truckSide({ x: 560, y: 584, scale: 0.88 }, '#3c606b') +
    [564, 912]
      .map(
        (x) =>
          circle(x, 540, 12, '#ffb03a', `opacity="${flash}"`) +
          circle(x, 540, 26, '#ffb03a', `opacity="${0.3 * flash}"`),
      )
      .join('') +
    group(warningTriangle(180, 596, 0.9), { opacity: shown(1) }) +
    group(
      person({ x: 1090, y: 500, scale: 0.72, coat: '#4c6a72', vest: true, arm: 'phone' }) +
        stroke('M1030 500H1150', '#8a989c', 12),
      { opacity: shown(2) },
    ) +
    rain(phase, 16) +
    headline('开双闪 · 摆标志 · 人离车', true) +
    group(measure(200, 548, 400, '150 米以外', '#e58a3a'), { opacity: shown(1) }) +
    group(label(1040, 300, '到护栏外，打 122', { fill: COLOUR.info, size: 38 }), { opacity: shown(2) })
  );
};

const rainSummary: Picture = ({ phase, shown }) =>
  nightAhead(phase, 3) +
  dippedLight() +
  truckRear(690, 350, 0.9, 0.2) +
  rain(phase, 16) +
  dashboard(phase) +
  headline('雨夜行车，记住四句话', true) +
  [
    ['慢一点', 1],
    ['远一点', 1],
    ['灯开对', 2],
    ['累就停', 2],
  ]
    .map(([words, at], i) =>
      group(
        label(250 + (i % 2) * 780, 260 + Math.floor(i / 2) * 150, String(words), {
          fill: i % 2 ? COLOUR.brand : COLOUR.ok,
          size: 60,
        }),
        {
          opacity: shown(Number(at)),
        },
      ),
    )
    .join('');

export const rainNightPictures = {
  rainOpening,
  wetBraking,
  headlightReach,
  dippedBeam,
  doubleDistance,
  aquaplaning,
  floodedRoad,
  umbrellaCrossing,
  visibilitySteps,
  restStop,
  breakdown,
  rainSummary,
};
