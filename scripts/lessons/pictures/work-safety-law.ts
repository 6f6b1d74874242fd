import { person, personLying } from '../drawing/people.ts';
import { plain } from '../drawing/scenery.ts';
import { clock, flame, puffs, sheet, stepRow, verdict, warningTriangle } from '../drawing/signs.ts';
import {
  COLOUR,
  circle,
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

const WALL = '#e9eeea';

/** The article's number as a seal at the top right. */
const article = (number: string): string =>
  rect(1000, 56, 224, 72, COLOUR.white, `rx="12" stroke="${COLOUR.brand}" stroke-width="4"`) +
  text(1112, 106, 38, `第${number}条`, { bold: true, fill: COLOUR.brand, anchor: 'middle' });

/** A workshop: wall, floor, window, pipe. */
const workshop = (): string =>
  rect(0, 0, 1280, 720, WALL) +
  rect(0, 560, 1280, 160, '#cdd6d2') +
  rect(0, 556, 1280, 6, '#b4c0bb') +
  [0, 1]
    .map(
      (i) =>
        rect(140 + i * 760, 190, 230, 150, '#dfecec', 'rx="6" stroke="#d3dcd8" stroke-width="8"') +
        stroke(`M${255 + i * 760} 190v150`, '#d3dcd8', 6),
    )
    .join('');

/** A machine with turning gear. */
const machine = (x: number, phase: number): string =>
  group(
    rect(0, -190, 260, 190, '#7d9aa0', 'rx="12"') +
      rect(24, -164, 90, 62, '#cfe6ea', 'rx="6"') +
      circle(190, -116, 46, '#5b757b') +
      [0, 45, 90, 135]
        .map((deg) => group(rect(-7, -58, 14, 116, '#5b757b', 'rx="4"'), { x: 190, y: -116, rotate: deg + phase * 90 }))
        .join('') +
      circle(190, -116, 16, '#cfd8d9') +
      rect(24, -60, 210, 16, '#e0a22c', 'rx="4"'),
    { x, y: 560 },
  );

/** The law book. */
const book = (x: number, y: number, scale: number): string =>
  group(
    rect(-100, -140, 200, 280, COLOUR.stop, 'rx="12"') +
      rect(-100, -140, 26, 280, '#9e3026', 'rx="10"') +
      text(12, -30, 44, '安全', { fill: '#f6e2b3', bold: true, anchor: 'middle' }) +
      text(12, 30, 44, '生产法', { fill: '#f6e2b3', bold: true, anchor: 'middle' }),
    { x, y, scale },
  );

const lawOpening: Picture = ({ phase, shown }) =>
  workshop() +
  machine(880, phase) +
  book(300, 430 + swing(phase, 0, 8), 1.1) +
  person({ x: 560, y: 600, scale: 1.35, helmet: true, vest: true }) +
  person({ x: 720, y: 600, scale: 1.3, helmet: true, coat: '#5b7fb4' }) +
  text(88, 118, 64, '从业人员的权利和义务', { bold: true }) +
  group(label(300, 200, '2021 年修正', { fill: COLOUR.brand, size: 34 }), { opacity: shown(1) });

const trainingFirst: Picture = ({ phase, shown }) =>
  workshop() +
  rect(330, 180, 420, 250, COLOUR.brand, 'rx="12"') +
  text(540, 290, 52, '安全培训', { fill: COLOUR.white, bold: true, anchor: 'middle' }) +
  stroke('M400 340h280M400 380h190', '#7fb3b1', 8) +
  person({ x: 260, y: 590, scale: 1.2, arm: 'point', coat: '#5b7fb4' }) +
  [470, 590, 710]
    .map((x, i) =>
      person({
        x,
        y: 640 + swing(phase, 0, 3),
        scale: 0.95,
        helmet: true,
        coat: ['#4c6a72', '#9e4770', '#7a9e4f'][i] ?? COLOUR.brand,
      }),
    )
    .join('') +
  headline('先培训，后上岗') +
  article('二十八') +
  group(verdict(850, 246, false, 34) + text(900, 260, 38, '不合格，不上岗', { bold: true, fill: COLOUR.stop }), {
    opacity: shown(1),
  }) +
  group(sheet(880, 320, 300, 220, '培训档案', 3), { opacity: shown(2) });

const contractTerms: Picture = ({ phase, shown }) =>
  plain(WALL) +
  headline('劳动合同要写明') +
  article('五十二') +
  sheet(120, 170, 440, 410, '劳动合同', 0) +
  group(
    verdict(190, 300, true, 30) +
      text(240, 315, 40, '劳动安全', { bold: true }) +
      verdict(190, 390, true, 30) +
      text(240, 405, 40, '工伤保险', { bold: true }),
    { opacity: shown(0) },
  ) +
  stroke(`M380 520q30 -40 50 0t60 -10`, COLOUR.info, 6) +
  group(
    group(sheet(720, 190, 400, 360, '生死合同', 4), { opacity: 0.75 }) +
      stroke(`M740 ${n(210 + swing(phase, 0, 4))}L1100 530M1100 210L740 530`, COLOUR.stop, 16) +
      label(920, 590, '无效', { fill: COLOUR.stop, size: 46 }),
    { opacity: shown(1) },
  );

const rightToKnow: Picture = ({ phase, shown }) =>
  workshop() +
  machine(930, phase) +
  warningTriangle(1060, 350, 0.8) +
  person({ x: 760, y: 600, scale: 1.3, helmet: true, vest: true, arm: 'point' }) +
  headline('有权知道，有权建议') +
  article('五十三') +
  ['有什么危险', '怎么防范', '出事怎么办']
    .map((words, i) => stepRow(120, 180 + i * 104, 440, i + 1, words, shown(0)))
    .join('') +
  group(label(340, 540, '还可以提建议', { fill: COLOUR.ok, size: 40 }), { opacity: shown(1) });

const rightToRefuse: Picture = ({ phase, shown }) =>
  workshop() +
  person({ x: 330, y: 600, scale: 1.4, coat: '#7a6a5a', arm: 'point' }) +
  person({ x: 760, y: 600, scale: 1.4, helmet: true, vest: true, arm: 'up', flip: true }) +
  group(
    shape(
      'M250 180h330a20 20 0 0120 20v64a20 20 0 01-20 20H430l-40 44v-44H250a20 20 0 01-20 -20v-64a20 20 0 0120 -20z',
      COLOUR.white,
    ) + text(415, 246, 40, '别管，快去干！', { bold: true, fill: COLOUR.stop, anchor: 'middle' }),
    { opacity: shown(1) },
  ) +
  group(
    shape(
      'M690 170h330a20 20 0 0120 20v64a20 20 0 01-20 20H830l-40 44v-44H690a20 20 0 01-20 -20v-64a20 20 0 0120 -20z',
      COLOUR.ok,
    ) + text(855, 236, 40, '违章，我拒绝', { bold: true, fill: COLOUR.white, anchor: 'middle' }),
    { opacity: shown(1), y: swing(phase, 0, 5) },
  ) +
  headline('违章指挥，有权拒绝') +
  article('五十四') +
  group(
    label(1040, 400, '不得降工资', { fill: COLOUR.info, size: 38 }) +
      label(1040, 486, '不得解除合同', { fill: COLOUR.info, size: 38 }),
    {
      opacity: shown(2),
    },
  );

const rightToStop: Picture = ({ phase, shown }) =>
  workshop() +
  machine(140, 0) +
  puffs(300, 370, 120, 190, phase, '#8b9396', 30) +
  flame(300, 380, 0.8, phase) +
  rect(1050, 300, 150, 260, COLOUR.ok, 'rx="6"') +
  text(1125, 350, 38, '出口', { fill: COLOUR.white, bold: true, anchor: 'middle' }) +
  rect(1072, 376, 106, 184, '#e3f2e8', 'rx="4"') +
  person({ x: 660 + 160 * phase, y: 604, scale: 1.2, helmet: true, vest: true, walk: phase }) +
  person({ x: 520 + 160 * phase, y: 608, scale: 1.2, helmet: true, coat: '#5b7fb4', walk: phase + 0.2 }) +
  headline('有生命危险，可以停、可以撤') +
  article('五十五') +
  group(label(640, 220, '停止作业', { fill: COLOUR.stop, size: 46 }), { opacity: shown(0) }) +
  group(label(640, 310, '采取应急措施，撤离', { fill: COLOUR.ok, size: 40 }), { opacity: shown(1) });

const compensation: Picture = ({ phase, shown }) =>
  workshop() +
  rect(170, 520, 330, 22, '#8aa0a4', 'rx="8"') +
  stroke('M200 542v50M470 542v50', '#8aa0a4', 12) +
  personLying(420, 506, '#5b7fb4') +
  person({ x: 560, y: 600, scale: 1.25, coat: '#ffffff', arm: 'point', flip: true }) +
  group(rect(-40, -12, 80, 24, COLOUR.stop, 'rx="4"') + rect(-12, -40, 24, 80, COLOUR.stop, 'rx="4"'), {
    x: 335,
    y: 300,
    scale: swing(phase, 0.95, 1.05, 2),
  }) +
  headline('救治伤员，依法赔偿') +
  article('五十六') +
  stepRow(720, 220, 440, 1, '及时救治', shown(0), COLOUR.ok) +
  stepRow(720, 330, 440, 2, '工伤保险', shown(1), COLOUR.ok) +
  stepRow(720, 440, 440, 3, '依法要求赔偿', shown(1), COLOUR.ok);

const gear = (x: number, y: number, words: string, drawn: string, opacity: number): string =>
  group(
    rect(-105, -100, 210, 220, COLOUR.white, 'rx="18"') +
      drawn +
      text(0, 98, 32, words, { bold: true, anchor: 'middle' }),
    { x, y, opacity },
  );

const wearGear: Picture = ({ phase, shown }) =>
  workshop() +
  person({ x: 250, y: 612, scale: 1.9, helmet: true, vest: true, arm: 'down' }) +
  headline('守规程，戴好防护') +
  article('五十七') +
  group(label(790, 210, '遵守规章 · 服从管理', { fill: COLOUR.brand, size: 40 }), {
    opacity: shown(1),
    y: swing(phase, 0, 3),
  }) +
  gear(
    560,
    420,
    '安全帽',
    shape('M-62 10a62 62 0 01124 0h18v14H-80v-14z', '#e0a22c') + rect(-8, -54, 16, 60, '#c98d1d', 'rx="6"'),
    shown(2),
  ) +
  gear(
    800,
    420,
    '反光背心',
    shape('M-50 -66h30l20 30 20 -30h30l14 40v84h-128v-84z', '#e0a22c') +
      rect(-64, -8, 128, 14, '#fff7df') +
      rect(-64, 24, 128, 14, '#fff7df'),
    shown(2),
  ) +
  gear(
    1040,
    420,
    '防护手套',
    shape(
      'M-34 50v-70q-4 -36 10 -36t12 30q0 -44 14 -44t13 44q4 -38 16 -36t9 46q8 -22 20 -16t-4 44l-18 38z',
      COLOUR.info,
    ),
    shown(2),
  );

const dutyToLearn: Picture = ({ phase, shown }) =>
  plain(WALL) +
  headline('接受培训，学会本领') +
  article('五十八') +
  group(
    rect(-130, -230, 260, 440, '#1b2326', 'rx="34"') +
      rect(-114, -200, 228, 380, '#dcebea', 'rx="12"') +
      rect(-114, -200, 228, 140, COLOUR.nightSky) +
      shape('M-18 -160v60l52 -30z', COLOUR.white) +
      rect(-94, -30, 188, 14, '#b9c9c7', 'rx="7"') +
      rect(-94, -30, 20 + 160 * phase, 14, COLOUR.ok, 'rx="7"') +
      rect(-94, 10, 150, 12, '#c7d3d1', 'rx="6"') +
      rect(-94, 40, 176, 12, '#c7d3d1', 'rx="6"') +
      verdict(0, 120, true, 34),
    { x: 300, y: 390 },
  ) +
  person({ x: 560, y: 604, scale: 1.5, helmet: true, vest: true, arm: 'hold', flip: true }) +
  ['本岗位安全知识', '提高技能', '预防和应急处理']
    .map((words, i) => stepRow(720, 200 + i * 112, 470, i + 1, words, shown(i === 0 ? 0 : 1)))
    .join('');

const dutyToReport: Picture = ({ phase, shown }) =>
  workshop() +
  machine(120, phase) +
  stroke('M420 560V430h40', '#7d8a8f', 18) +
  [0, 1, 2].map((i) => circle(462, 440 + ((phase * 2 + i / 3) % 1) * 110, 8, '#4f9ab3')).join('') +
  warningTriangle(470, 600, 0.8) +
  person({ x: 640, y: 604, scale: 1.35, helmet: true, vest: true, arm: 'phone' }) +
  headline('发现隐患，马上报告') +
  article('五十九') +
  group(label(820, 250, '报告管理人员或负责人', { fill: COLOUR.stop, size: 36 }), { opacity: shown(0) }) +
  group(
    person({ x: 950, y: 604, scale: 1.35, coat: '#5b7fb4', helmet: true, flip: true }) +
      label(1110, 322, '及时处理', { fill: COLOUR.ok, size: 38 }),
    { opacity: shown(1) },
  );

const dispatchedWorkers: Picture = ({ phase, shown }) =>
  workshop() +
  group(
    person({ x: 300, y: 600, scale: 1.4, helmet: true, vest: true }) +
      label(300, 300, '本单位职工', { fill: COLOUR.brand, size: 36 }),
  ) +
  group(
    person({ x: 640, y: 600, scale: 1.4, helmet: true, vest: true, flip: true }) +
      label(640, 300, '被派遣劳动者', { fill: COLOUR.wait, size: 36 }) +
      text(470, 500, 110, '＝', { bold: true, anchor: 'middle', fill: COLOUR.ok }),
    { opacity: shown(1) },
  ) +
  group(
    rect(880, 210, 310, 150, COLOUR.white, 'rx="18"') +
      text(1035, 274, 44, '工会', { bold: true, anchor: 'middle', fill: COLOUR.stop }) +
      text(1035, 330, 34, '提意见 · 维权益', { anchor: 'middle' }),
    { opacity: shown(0), y: swing(phase, 0, 5) },
  ) +
  headline('一样的权利，一样的义务') +
  group(label(1035, 440, '权利义务一样', { fill: COLOUR.ok, size: 38 }), { opacity: shown(1) }) +
  rect(900, 56, 324, 72, COLOUR.white, `rx="12" stroke="${COLOUR.brand}" stroke-width="4"`) +
  text(1062, 105, 36, '第六十、六十一条', { bold: true, fill: COLOUR.brand, anchor: 'middle' });

const lawSummary: Picture = ({ phase, shown }) =>
  plain('#e3efe9') +
  headline('记住三句话') +
  ['先培训，后上岗', '危险可以停，违章可以拒', '隐患要报告']
    .map((words, i) =>
      group(
        rect(110, 176 + i * 118, 690, 96, COLOUR.white, 'rx="18"') +
          verdict(170, 224 + i * 118, true, 30) +
          text(228, 242 + i * 118, 46, words, { bold: true, fill: COLOUR.brand }),
        { opacity: shown(i === 0 ? 1 : 2) },
      ),
    )
    .join('') +
  group(
    rect(-150, -120, 300, 240, '#efe6d2') +
      shape('M-180 -116L0 -240L180 -116z', '#b5654d') +
      rect(-36, 10, 72, 110, '#8b7355') +
      rect(-120, -70, 70, 64, '#f7e3a1') +
      rect(50, -70, 70, 64, '#f7e3a1'),
    { x: 1040, y: 460 },
  ) +
  group(
    person({
      x: 860 + 30 * Math.sin(phase * Math.PI * 2),
      y: 604,
      scale: 0.95,
      helmet: true,
      vest: true,
      walk: phase,
    }) + clock(1040, 300, 30, 0.75, phase),
    {
      opacity: 1,
    },
  );

export const workSafetyLawPictures = {
  lawOpening,
  trainingFirst,
  contractTerms,
  rightToKnow,
  rightToRefuse,
  rightToStop,
  compensation,
  wearGear,
  dutyToLearn,
  dutyToReport,
  dispatchedWorkers,
  lawSummary,
};
