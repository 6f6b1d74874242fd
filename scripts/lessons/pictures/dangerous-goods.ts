import { person, personLying } from '../drawing/people.ts';
import { daySide, plain, tree } from '../drawing/scenery.ts';
import {
  extinguisher,
  flag,
  flame,
  flammableDiamond,
  phoneCard,
  puffs,
  sheet,
  stepRow,
  verdict,
  warningTriangle,
  windStreaks,
} from '../drawing/signs.ts';
import {
  blink,
  COLOUR,
  circle,
  ellipse,
  group,
  headline,
  label,
  n,
  type Picture,
  rect,
  shape,
  stroke,
  swing,
  text,
} from '../drawing/svg.ts';
import { carSide, tankerSide } from '../drawing/vehicles.ts';

const VAPOUR = '#b9c98a';
const SMOKE = '#6d7478';

const house = (x: number, y: number): string =>
  rect(x, y - 90, 120, 90, '#efe6d2') +
  shape(`M${x - 14} ${y - 88}L${x + 60} ${y - 146}L${x + 134} ${y - 88}z`, '#b5654d') +
  rect(x + 44, y - 50, 32, 50, '#8b7355');

const tankerOpening: Picture = ({ phase, shown }) =>
  daySide(phase, 5) +
  tankerSide({ x: 420, y: 590, scale: 1.2, phase }) +
  flammableDiamond(1060, 330, 1) +
  text(88, 140, 76, '危险货物运输应急处置', { bold: true }) +
  group(label(330, 260, '先保人，再说货和车', { fill: COLOUR.stop, size: 42 }), { opacity: shown(1) });

const cardLine = (y: number, words: string, opacity: number): string =>
  group(circle(620, y - 14, 12, COLOUR.brand) + text(652, y, 42, words, { bold: true }), { opacity });

const safetyCard: Picture = ({ phase, shown }) =>
  plain('#e7efee') +
  headline('出发前，看安全卡') +
  group(sheet(120, 190, 300, 380, '运单', 6), { rotate: 0 }) +
  sheet(520, 170, 660, 420, '道路运输危险货物安全卡', 0) +
  flammableDiamond(1070, 380 + swing(phase, -4, 4), 0.85) +
  ['货物叫什么', '有什么危险', '漏了怎么办', '烧了怎么办']
    .map((words, i) => cardLine(310 + i * 74, words, shown(1)))
    .join('');

const signsOfLeak: Picture = ({ phase, shown }) =>
  daySide(phase, 0) +
  ellipse(560, 604, 130 + swing(phase, 0, 10), 16, '#8fa357', 'opacity=".8"') +
  tankerSide({ x: 330, y: 590, scale: 1.1 }) +
  puffs(560, 560, 260, 150, phase, VAPOUR, 24) +
  headline('这些都可能是泄漏') +
  group(
    label(220, 240, '有异味', { fill: COLOUR.wait, size: 42 }) +
      label(640, 240, '冒雾气', { fill: COLOUR.wait, size: 42 }) +
      label(1050, 240, '嘶嘶响', { fill: COLOUR.wait, size: 42 }),
    { opacity: shown(0) },
  ) +
  group(label(1010, 336, '不凑近 · 不闻 · 不摸', { fill: COLOUR.stop, size: 40 }), { opacity: shown(1) });

const stopAndSwitchOff: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  house(30, 520) +
  group(stroke('M190 470H330', COLOUR.info, 6, 'stroke-dasharray="14 10"'), { opacity: shown(0) }) +
  group(label(260, 420, '远离', { fill: COLOUR.info, size: 32 }), { opacity: shown(0) }) +
  tankerSide({ x: 380, y: 588 }) +
  puffs(560, 560, 180, 90, phase, VAPOUR, 16) +
  [384, 780].map((x) => circle(x, 540, 12, '#ffb03a', `opacity="${blink(phase, 5)}"`)).join('') +
  headline('停车 · 熄火 · 断电') +
  ['拉手刹', '熄火', '断总电源'].map((words, i) => stepRow(870, 170 + i * 100, 350, i + 1, words, shown(1))).join('') +
  group(label(1045, 510, '不抽烟，不用明火', { fill: COLOUR.stop, size: 36 }), { opacity: shown(2) });

const windDirection: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  shape('M880 660h360v60H860q0 -40 20 -60z', '#c9cfb4') +
  flag(250, 560, 260, phase) +
  windStreaks(300, 1180, 230, phase) +
  tankerSide({ x: 560, y: 584, scale: 0.9 }) +
  puffs(700, 540, 430, 40, phase, VAPOUR, 30) +
  headline('先看风向，往上风走') +
  group(
    person({ x: 380 - 70 * phase, y: 600, walk: phase, flip: true, coat: '#4c6a72' }) +
      person({ x: 470 - 70 * phase, y: 604, walk: phase + 0.2, flip: true, vest: true }) +
      stroke('M360 640H120m0 0l30 -20m-30 20l30 20', COLOUR.ok, 12) +
      label(570, 332, '往上风方向走', { fill: COLOUR.ok, size: 38 }),
    { opacity: shown(1) },
  ) +
  group(
    label(1040, 380, '低洼处，气体聚集', { fill: COLOUR.stop, size: 34 }) +
      stroke('M1040 420V640', COLOUR.stop, 5, 'stroke-dasharray="12 10"'),
    { opacity: shown(2) },
  );

const emergencyNumbers: Picture = ({ phase, shown }) =>
  plain('#e7efee') +
  headline('到安全处，马上打电话') +
  person({ x: 200, y: 610, scale: 2, vest: true, arm: 'phone' }) +
  stroke(
    `M250 ${n(280 + swing(phase, 0, 6, 2))}q30 -30 60 0M262 ${n(300 + swing(phase, 0, 6, 2))}q18 -18 36 0`,
    COLOUR.brand,
    6,
  ) +
  phoneCard(580, 290, '119', '火警', COLOUR.stop, shown(1)) +
  phoneCard(900, 290, '110', '报警', COLOUR.info, shown(1)) +
  phoneCard(580, 490, '122', '交通事故', COLOUR.brand, shown(1)) +
  phoneCard(900, 490, '120', '急救', COLOUR.ok, shown(1));

const fiveFacts: Picture = ({ phase, shown }) =>
  plain('#e7efee') +
  headline('电话里讲清五件事') +
  ['在哪里', '什么货', '是漏还是烧', '有没有人受伤', '风往哪边吹']
    .map((words, i) =>
      stepRow(
        110 + (i % 2) * 550,
        180 + Math.floor(i / 2) * 124,
        500,
        i + 1,
        words,
        shown(1),
        Math.floor(phase * 5) === i ? COLOUR.stop : COLOUR.brand,
      ),
    )
    .join('') +
  group(label(910, 470, '再报告本单位', { fill: COLOUR.info, size: 40 }), { opacity: shown(2) });

const keepOthersAway: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  windStreaks(420, 1240, 240, phase) +
  tankerSide({ x: 830, y: 580, scale: 0.8 }) +
  puffs(960, 540, 300, 60, phase, VAPOUR, 24) +
  warningTriangle(640, 600, 0.9) +
  person({ x: 520, y: 596, vest: true, helmet: true, arm: 'up' }) +
  group(
    person({ x: 330 - 60 * phase, y: 600, walk: phase, flip: true, coat: '#9e4770' }) +
      person({ x: 250 - 60 * phase, y: 606, walk: phase + 0.3, flip: true, coat: '#5b7fb4', scale: 0.9 }),
    { opacity: shown(1) },
  ) +
  headline('拦住后车，带人离开') +
  group(label(290, 340, '往上风撤', { fill: COLOUR.ok, size: 42 }), { opacity: shown(1) }) +
  group(label(900, 340, '不围观 · 不拍照', { fill: COLOUR.stop, size: 42 }), { opacity: shown(1) });

const noBlindRescue: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  ellipse(900, 560, 330, 92, '#c9d98f', `opacity="${n(swing(phase, 0.4, 0.7))}"`) +
  tankerSide({ x: 760, y: 580, scale: 0.8 }) +
  puffs(860, 540, 220, 80, phase, VAPOUR, 26) +
  personLying(700, 612) +
  stroke('M470 430V680', COLOUR.stop, 10, 'stroke-dasharray="26 18"') +
  person({ x: 350, y: 610, scale: 1.1, vest: true, arm: 'phone' }) +
  group(person({ x: 230, y: 606, scale: 1.05, coat: '#4c6a72' }), {}) +
  headline('不盲目施救') +
  group(label(330, 280, '守住外围，等专业救援', { fill: COLOUR.ok, size: 40 }), { opacity: shown(2) }) +
  group(label(880, 280, '进去一个，倒下一个', { fill: COLOUR.stop, size: 40 }), { opacity: shown(1) });

const smallFire: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  windStreaks(60, 640, 250, phase) +
  tankerSide({ x: 640, y: 584, scale: 1 }) +
  puffs(700, 520, 150, 230, phase, SMOKE, 20) +
  flame(700, 586, 0.62, phase) +
  group(person({ x: 420, y: 598, scale: 1.15, vest: true, helmet: true, arm: 'hold' }) + extinguisher(490, 600, 0.9), {
    x: 0,
    opacity: 1,
  }) +
  headline('刚冒烟，安全才灭火') +
  group(
    label(330, 330, '站上风', { fill: COLOUR.ok, size: 42 }) +
      label(900, 330, '对准火的根部', { fill: COLOUR.wait, size: 42 }),
    { opacity: shown(1) },
  ) +
  group(shape('M526 502L676 548L676 584L526 514z', '#ffffff', `opacity="${n(swing(phase, 0.5, 0.8, 3))}"`), {
    opacity: shown(1),
  });

const bigFire: Picture = ({ phase, shown }) =>
  daySide(0, 0) +
  puffs(960, 400, 200, 260, phase, SMOKE, 40) +
  tankerSide({ x: 780, y: 584, scale: 0.95 }) +
  flame(860, 470, 1.2, phase) +
  flame(960, 462, 1.5, phase, 0.4) +
  flame(1040, 474, 1.1, phase, 0.7) +
  group(
    person({ x: 420 - 150 * phase, y: 604, walk: phase, flip: true, vest: true }) +
      person({ x: 320 - 150 * phase, y: 608, walk: phase + 0.2, flip: true, coat: '#4c6a72' }),
    {},
  ) +
  stroke('M640 640H120m0 0l34 -22m-34 22l34 22', COLOUR.ok, 14) +
  headline('烧到罐体，马上撤离') +
  group(label(370, 300, '可能爆炸，越远越安全', { fill: COLOUR.stop, size: 44 }), { opacity: shown(1) });

const waterOrNot: Picture = ({ phase, shown }) =>
  plain('#e7efee') +
  headline('灭火，先看安全卡') +
  rect(120, 180, 480, 380, COLOUR.white, 'rx="22"') +
  rect(680, 180, 480, 380, COLOUR.white, 'rx="22"') +
  flame(360, 500, 1.3, phase) +
  flame(920, 500, 1.3, phase, 0.5) +
  stroke(
    `M180 260q60 ${n(40 + swing(phase, 0, 8, 3))} 130 150M210 250q70 40 130 130`,
    '#4f9ab3',
    12,
    'stroke-dasharray="22 16"',
  ) +
  group(extinguisher(760, 510, 1.1)) +
  stroke('M790 410q60 10 100 50', '#c9d2d2', 16, 'stroke-dasharray="20 14"') +
  verdict(540, 240, false, 36) +
  verdict(1100, 240, true, 36) +
  text(360, 546, 34, '有的货，遇水更危险', { bold: true, anchor: 'middle', fill: COLOUR.stop }) +
  text(920, 546, 34, '用卡上写的灭火剂', { bold: true, anchor: 'middle', fill: COLOUR.ok }) +
  group(label(640, 618, '按安全卡办', { size: 36 }), { opacity: shown(1) });

const washWithWater: Picture = ({ phase, shown }) =>
  plain('#dfecef') +
  headline('身上沾了货物') +
  person({ x: 330, y: 600, scale: 1.9, coat: '#7fa0a6', arm: 'down' }) +
  stroke('M180 190h150v40', '#7d8a8f', 16) +
  Array.from({ length: 9 }, (_, i) => {
    const y = ((phase * 3 + i / 9) % 1) * 330;
    return circle(270 + (i % 5) * 30, 240 + y, 7, '#4f9ab3', 'opacity=".8"');
  }).join('') +
  stepRow(620, 190, 540, 1, '脱掉污染的衣服', shown(0)) +
  stepRow(620, 300, 540, 2, '清水冲 15 分钟以上', shown(1)) +
  stepRow(620, 410, 540, 3, '再去医院', shown(1)) +
  group(label(890, 552, '先看安全卡有没有例外', { fill: COLOUR.wait, size: 34 }), { opacity: shown(1) });

const goodsSummary: Picture = ({ phase, shown }) =>
  daySide(phase, 4) +
  tree(1190, 520) +
  tankerSide({ x: 420, y: 592, scale: 0.9, phase }) +
  headline('记住四句话') +
  ['停车断电', '看风撤人', '报警讲清', '不盲目施救']
    .map((words, i) =>
      group(
        rect(110 + (i % 2) * 540, 170 + Math.floor(i / 2) * 120, 500, 98, COLOUR.white, 'rx="18"') +
          verdict(170 + (i % 2) * 540, 219 + Math.floor(i / 2) * 120, true, 30) +
          text(228 + (i % 2) * 540, 238 + Math.floor(i / 2) * 120, 50, words, { bold: true, fill: COLOUR.brand }),
        { opacity: shown(i < 2 ? 1 : 2) },
      ),
    )
    .join('') +
  carSide({ x: 40, y: 592, scale: 0.9, phase });

export const dangerousGoodsPictures = {
  tankerOpening,
  safetyCard,
  signsOfLeak,
  stopAndSwitchOff,
  windDirection,
  emergencyNumbers,
  fiveFacts,
  keepOthersAway,
  noBlindRescue,
  smallFire,
  bigFire,
  waterOrNot,
  washWithWater,
  goodsSummary,
};
