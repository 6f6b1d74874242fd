import { child, person } from '../drawing/people.ts';
import { daySide, plain, roadFromAbove, tree } from '../drawing/scenery.ts';
import { stepRow, verdict } from '../drawing/signs.ts';
import {
  blink,
  COLOUR,
  circle,
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
import { carSide, carTop, scooterTop, truckSide, truckTop } from '../drawing/vehicles.ts';

const HIDDEN = '#c23f32';

/** A hidden area: a red patch whose strength breathes. */
const hidden = (d: string, phase: number): string => shape(d, HIDDEN, `opacity="${n(swing(phase, 0.3, 0.5, 2))}"`);

const distanceOpening: Picture = ({ phase, shown }) =>
  daySide(phase, 5) +
  tree(120, 520) +
  tree(1180, 516, 0.9) +
  truckSide({ x: 160, y: 584, phase }) +
  carSide({ x: 860, y: 584, phase }) +
  text(88, 140, 84, '跟车距离与盲区', { bold: true }) +
  text(92, 204, 40, '防御性驾驶', { fill: COLOUR.brand }) +
  group(label(360, 300, '车长 · 惯性大 · 盲区多', { fill: COLOUR.stop, size: 40 }), { opacity: shown(1) });

const reactionDistance: Picture = ({ phase, shown }) =>
  daySide(phase, 0) +
  truckSide({ x: 40 + 330 * shown(1), y: 584, scale: 0.6 }) +
  child(1180, 590, 1.1) +
  headline('看见危险，要一秒才刹车') +
  group(measure(290, 614, 430, '反应：约 17 米', COLOUR.wait), { opacity: shown(1) }) +
  group(measure(632, 1130, 430, '这里才开始刹车', COLOUR.stop), { opacity: shown(2) }) +
  group(speedLimitNote(phase), { opacity: shown(1) });

const speedLimitNote = (phase: number): string =>
  rect(860, 168, 330, 120, COLOUR.white, 'rx="18"') +
  text(890, 244, 42, '60 公里/时', { bold: true }) +
  circle(1150, 228, 12, COLOUR.stop, `opacity="${blink(phase, 4)}"`);

const squareRow = (y: number, speed: number, cells: number, opacity: number): string =>
  group(
    truckSide({ x: 60, y: y + 80, scale: 0.42 }) +
      text(270, y + 68, 38, `${speed} 公里`, { bold: true }) +
      Array.from({ length: cells }, (_, i) =>
        rect(450 + i * 172, y + 20, 160, 64, cells > 1 ? COLOUR.stop : COLOUR.ok, 'rx="10"'),
      ).join('') +
      Array.from({ length: cells }, (_, i) =>
        text(530 + i * 172, y + 66, 36, '1 份', { fill: COLOUR.white, bold: true, anchor: 'middle' }),
      ).join(''),
    { opacity },
  );

const speedSquared: Picture = ({ phase, shown }) =>
  plain() +
  rect(0, 318, 1280, 8, '#d5dcda') +
  rect(0, 488, 1280, 8, '#d5dcda') +
  headline('车速一倍，刹车四倍') +
  squareRow(236, 40, 1, 1) +
  squareRow(406, 80, 4, Math.max(shown(0), 0.02)) +
  group(label(640, 570, '减速，最便宜的安全', { fill: COLOUR.ok, size: 44 }), {
    opacity: shown(1),
    y: swing(phase, 0, 4),
  });

const threeSeconds: Picture = ({ phase, shown }) => {
  return (
    daySide(0, 0) +
    rect(640, 400, 16, 160, COLOUR.white) +
    [0, 1, 2].map((i) => rect(640, 400 + i * 54, 16, 27, COLOUR.stop)).join('') +
    truckSide({ x: 430 + phase * 700, y: 590, scale: 0.5, phase }, '#5b7fb4') +
    truckSide({ x: -160 + phase * 580, y: 590, scale: 0.5, phase }) +
    headline('三秒法') +
    ['一千零一', '一千零二', '一千零三']
      .map((words, i) =>
        group(
          label(330 + i * 310, 250, words, { fill: phase > 0.31 + 0.23 * i ? COLOUR.brand : '#a9b7b6', size: 48 }),
          { opacity: shown(1) },
        ),
      )
      .join('') +
    group(label(648, 346, '没数完就到：太近', { fill: COLOUR.stop, size: 36 }), { opacity: shown(2) })
  );
};

const gapRow = (y: number, sign: string, gap: string, width: number, phase: number, opacity: number): string =>
  group(
    rect(0, 0, 1280, 170, COLOUR.dayRoad) +
      Array.from({ length: 12 }, (_, i) =>
        rect(((i * 140 - phase * 420 + 3360) % 1680) - 140, 150, 70, 7, COLOUR.line),
      ).join('') +
      truckSide({ x: 240, y: 134, scale: 0.5, phase }) +
      truckSide({ x: 470 + width, y: 134, scale: 0.5, phase }, '#5b7fb4') +
      measure(452, 462 + width, 100, gap, '#f0c66b').replaceAll(COLOUR.white, COLOUR.ink) +
      label(124, 86, sign, { fill: COLOUR.ok, size: 28 }),
    { y, opacity },
  );

const motorwayGap: Picture = ({ phase, shown }) =>
  rect(0, 0, 1280, 720, COLOUR.daySky) +
  headline('高速公路上的车距') +
  gapRow(176, '时速 100 以上', '100 米以上', 560, phase, shown(0)) +
  gapRow(384, '时速 100 以下', '不少于 50 米', 300, phase, shown(1));

const cutIn: Picture = ({ phase, shown }) =>
  roadFromAbove(phase, 4) +
  truckTop(300 - 110 * shown(1), 490) +
  carTop(700, 490 - 190 * (1 - shown(0)), 26 * shown(0) * (1 - shown(1)), '#d08a1e') +
  truckTop(1090, 490, 0, 0.9) +
  headline('有车插进来，不斗气') +
  group(measure(360, 630, 560, '重新拉开', COLOUR.ok), { opacity: shown(1) });

const blindOverview: Picture = ({ phase, shown }) =>
  roadFromAbove(phase, 0) +
  group(
    hidden('M160 -60h110q24 60 0 120H160z', phase) +
      hidden('M140 52L-170 210H110q60 -60 60 -158z', phase) +
      hidden('M120 -52L-150 -150H70q40 40 60 98z', phase) +
      hidden('M-160 -46h-190q-30 46 0 92h190z', phase) +
      truckTop(0, 0),
    { x: 640, y: 370, scale: 1.2 },
  ) +
  headline('红色的地方，驾驶室里看不见') +
  group(
    label(1090, 370, '车头前') +
      label(250, 280, '车尾') +
      label(560, 226, '左侧') +
      label(860, 560, '右侧最大', { fill: COLOUR.stop, size: 40 }),
    { opacity: shown(1) },
  );

const blindFront: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  shape('M742 400L1010 590H740z', HIDDEN, `opacity="${n(swing(phase, 0.3, 0.5, 2))}"`) +
  truckSide({ x: 130, y: 594, scale: 1.5 }) +
  child(850, 592, 1.25) +
  stroke('M660 400L1040 590', COLOUR.info, 4, 'stroke-dasharray="14 10"') +
  headline('车头前，小孩看不见') +
  group(label(1010, 300, '起步前，绕车看一圈', { fill: COLOUR.ok, size: 40 }), { opacity: shown(1) }) +
  group(person({ x: 1100 + swing(phase, -40, 40), y: 596, walk: phase, vest: true }), { opacity: shown(1) });

const blindRight: Picture = ({ phase, shown }) =>
  roadFromAbove(phase, 3) +
  hidden('M740 340L330 600H760q60 -100 60 -260z', phase) +
  truckTop(600, 290, 0, 1.2) +
  group(scooterTop(640 + swing(phase, -20, 20), 440, 0), { x: 0, y: 0 }) +
  headline('右侧盲区最大') +
  group(label(985, 440, '镜子里看不到', { fill: COLOUR.stop, size: 40 }) + stroke('M840 440H700', COLOUR.stop, 6), {
    opacity: shown(1),
  });

const innerWheel: Picture = ({ phase, shown }) =>
  rect(0, 0, 1280, 720, COLOUR.dayGround) +
  rect(0, 180, 1280, 230, COLOUR.dayRoad) +
  rect(560, 180, 260, 540, COLOUR.dayRoad) +
  shape('M560 410v70q-10 -66 -80 -70z', COLOUR.dayRoad) +
  shape(
    'M260 388Q560 380 590 680L700 680Q690 260 420 250L260 250z',
    HIDDEN,
    `opacity="${n(swing(phase, 0.25, 0.5, 2))}"`,
  ) +
  stroke('M240 270Q700 250 740 690', '#f0c66b', 6, 'stroke-dasharray="20 14"') +
  stroke('M240 372Q590 372 600 690', COLOUR.white, 6, 'stroke-dasharray="20 14"') +
  truckTop(350 + 70 * shown(1), 320 + 12 * shown(1), 10 * shown(1), 1) +
  scooterTop(570, 500, 90) +
  headline('右转：后轮更靠里') +
  label(1000, 250, '黄线：前轮', { fill: '#f0c66b', ink: COLOUR.ink, size: 34 }) +
  label(1000, 330, '白线：后轮', { fill: COLOUR.white, ink: COLOUR.ink, size: 34 }) +
  group(label(990, 520, '停一停 · 看右镜 · 慢慢转', { fill: COLOUR.ok, size: 36 }), { opacity: shown(2) });

const mirrorSteps = ['看镜子', '打转向灯', '再看一次', '慢慢变道'];

const mirrorCheck: Picture = ({ phase, shown }) =>
  plain(COLOUR.daySky) +
  rect(110, 170, 300, 400, '#37474c', 'rx="46"') +
  rect(132, 192, 256, 356, '#cfe6ea', 'rx="30"') +
  shape('M132 420h256v98a30 30 0 01-30 30H162a30 30 0 01-30 -30z', COLOUR.dayRoad) +
  shape('M300 192h88v330q0 26 -30 26h-58z', '#f7f9f8') +
  group(carSide({ x: 0, y: 0, phase }, '#d08a1e'), { x: 150, y: 470, scale: 0.55 + swing(phase, 0, 0.06) }) +
  stroke('M410 330h60', '#37474c', 26) +
  headline('变道四步') +
  mirrorSteps.map((words, i) => stepRow(560, 180 + i * 102, 480, i + 1, words, shown(0))).join('') +
  circle(1120, 324, 30, '#ffb03a', `opacity="${blink(phase, 5)}"`) +
  circle(1120, 324, 50, '#ffb03a', `opacity="${0.3 * blink(phase, 5)}"`) +
  group(label(800, 634, '镜子天天擦', { fill: COLOUR.brand, size: 34 }), { opacity: shown(1) });

const reversing: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  rect(30, 330, 120, 230, '#b7a98c') +
  [0, 1, 2, 3].map((i) => rect(30, 346 + i * 54, 120, 6, '#9c8e73')).join('') +
  truckSide({ x: 540 + swing(phase, 0, 16), y: 584, scale: 1 }) +
  person({ x: 330, y: 668, vest: true, helmet: true, arm: 'up' }) +
  stroke(`M500 470h${n(-60 - swing(phase, 0, 30, 2))}m0 0l26 -18m-26 18l26 18`, COLOUR.wait, 10) +
  headline('倒车前，先下车看') +
  group(label(760, 250, '看不到指挥的人，马上停', { fill: COLOUR.stop, size: 42 }), { opacity: shown(1) });

const distanceSummary: Picture = ({ phase, shown }) =>
  daySide(phase, 4) +
  truckSide({ x: 90, y: 584, scale: 0.8, phase }) +
  carSide({ x: 980, y: 584, phase }) +
  headline('记住三句话') +
  ['车距三秒', '绕车一圈', '右转停一停']
    .map((words, i) =>
      group(
        rect(110 + i * 370, 180, 320, 150, COLOUR.white, 'rx="20"') +
          text(270 + i * 370, 300, 52, words, { bold: true, anchor: 'middle', fill: COLOUR.brand }) +
          verdict(270 + i * 370, 194, true, 34),
        { opacity: shown(1) },
      ),
    )
    .join('') +
  group(measure(440, 970, 470, '留余地', COLOUR.ok), { opacity: shown(2) });

export const distancePictures = {
  distanceOpening,
  reactionDistance,
  speedSquared,
  threeSeconds,
  motorwayGap,
  cutIn,
  blindOverview,
  blindFront,
  blindRight,
  innerWheel,
  mirrorCheck,
  reversing,
  distanceSummary,
};
