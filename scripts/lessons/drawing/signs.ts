import { COLOUR, circle, group, n, rect, shape, stroke, text } from './svg.ts';

/** A reflective warning triangle standing on (x, y), 90 wide at scale 1. */
export const warningTriangle = (x: number, y: number, scale = 1): string =>
  group(
    shape('M0 -84L48 -2H-48z', COLOUR.stop, 'stroke="#c23f32" stroke-width="8" stroke-linejoin="round"') +
      shape('M0 -58L26 -14H-26z', '#fff3df') +
      stroke('M-40 6h80', '#37474c', 6),
    { x, y, scale },
  );

/** A round speed-limit sign centred on (x, y). */
export const speedLimit = (x: number, y: number, kmPerHour: number, r = 62): string =>
  circle(x, y, r, COLOUR.white) +
  circle(x, y, r - 7, 'none', `stroke="${COLOUR.stop}" stroke-width="14"`) +
  text(x, y + r * 0.3, Math.round(r * 0.86), String(kmPerHour), { bold: true, anchor: 'middle' });

/** The diamond of flammable goods, centred. */
export const flammableDiamond = (x: number, y: number, scale = 1): string =>
  group(
    group(rect(-58, -58, 116, 116, COLOUR.stop, 'rx="6" stroke="#ffffff" stroke-width="5"'), { rotate: 45 }) +
      shape(
        'M0 -52c24 26 34 44 34 62a34 34 0 01-68 0c0 -14 8 -24 16 -30 2 10 8 12 12 8-4 -18 0 -30 6 -40z',
        COLOUR.white,
      ) +
      text(0, 66, 24, '3', { fill: COLOUR.white, bold: true, anchor: 'middle' }),
    { x, y, scale },
  );

/** A card with a telephone number and what it is for; (x, y) is its centre, 250 x 150. */
export const phoneCard = (x: number, y: number, number: string, purpose: string, colour: string, opacity = 1): string =>
  group(
    rect(-125, -78, 250, 156, COLOUR.white, 'rx="18"') +
      rect(-125, -78, 12, 156, colour, 'rx="6"') +
      text(4, 14, 84, number, { bold: true, fill: colour, anchor: 'middle' }) +
      text(4, 58, 32, purpose, { anchor: 'middle', fill: COLOUR.inkSoft }),
    { x, y: y + (1 - opacity) * 24, opacity },
  );

/** A paper sheet with a heading and grey lines; (x, y) is its top left. */
export const sheet = (x: number, y: number, w: number, h: number, heading: string, lines = 5): string =>
  rect(x, y, w, h, COLOUR.white, 'rx="10" stroke="#cbd5d3" stroke-width="3"') +
  text(x + w / 2, y + 62, 34, heading, { bold: true, anchor: 'middle', fill: COLOUR.brand }) +
  Array.from({ length: lines }, (_, i) =>
    rect(x + 34, y + 100 + i * ((h - 140) / lines), (w - 68) * (i % 3 === 2 ? 0.62 : 1), 10, '#d9e0df', 'rx="5"'),
  ).join('');

/** A tick in a green disc or a cross in a red one. */
export const verdict = (x: number, y: number, good: boolean, r = 40): string =>
  circle(x, y, r, good ? COLOUR.ok : COLOUR.stop) +
  group(
    good ? stroke('M-18 2l12 13L20 -14', COLOUR.white, 8) : stroke('M-15 -15L15 15M15 -15L-15 15', COLOUR.white, 8),
    { x, y, scale: r / 40 },
  );

/** A clock face; hands in turns (0..1), (x, y) centre. */
export const clock = (x: number, y: number, r: number, hour: number, minute: number): string =>
  circle(x, y, r, COLOUR.white, `stroke="${COLOUR.brand}" stroke-width="${n(r * 0.1)}"`) +
  [0, 90, 180, 270].map((deg) => group(rect(-3, -r * 0.78, 6, r * 0.14, '#9fb0b0'), { x, y, rotate: deg })).join('') +
  group(rect(-r * 0.045, -r * 0.48, r * 0.09, r * 0.52, COLOUR.ink, 'rx="4"'), { x, y, rotate: hour * 360 }) +
  group(rect(-r * 0.03, -r * 0.7, r * 0.06, r * 0.74, COLOUR.stop, 'rx="3"'), { x, y, rotate: minute * 360 }) +
  circle(x, y, r * 0.07, COLOUR.ink);

/** A flame of height 120 at scale 1 that flickers; (x, y) is the middle of its base. */
export const flame = (x: number, y: number, scale: number, phase: number, offset = 0): string => {
  const lean = 8 * Math.sin((phase * 4 + offset) * Math.PI * 2);
  const tall = 1 + 0.08 * Math.sin((phase * 6 + offset) * Math.PI * 2);
  return group(
    shape(
      `M0 0c-44 0 -52 -34 -38 -62c8 -16 14 -18 16 -34c14 10 16 22 16 30c10 -16 ${n(12 + lean)} -34 ${n(4 + lean)} -${n(60 * tall)}c34 22 46 56 44 84c-2 26 -18 42 -42 42z`,
      '#e2622b',
    ) +
      shape(
        `M2 0c-24 0 -28 -20 -20 -36c6 -10 10 -14 12 -24c16 12 ${n(24 + lean / 2)} 22 24 38c0 14 -6 22 -16 22z`,
        '#f6c65b',
      ),
    { x, y, scale },
  );
};

/** Smoke or vapour puffs drifting with the wind (positive `drift` to the right), one seamless loop. */
export const puffs = (
  x: number,
  y: number,
  drift: number,
  rise: number,
  phase: number,
  colour: string,
  size = 26,
): string =>
  Array.from({ length: 7 }, (_, i) => {
    const age = (phase + i / 7) % 1;
    const fade = age < 0.15 ? age / 0.15 : 1 - (age - 0.15) / 0.85;
    return circle(
      x + drift * age,
      y - rise * age + 6 * Math.sin(i * 2.4),
      size * (0.5 + 1.3 * age),
      colour,
      `opacity="${n(fade * 8) === '0' ? 0 : (fade * 0.6).toFixed(2)}"`,
    );
  }).join('');

/** A fire extinguisher, 120 high, (x, y) its foot. */
export const extinguisher = (x: number, y: number, scale = 1): string =>
  group(
    rect(-22, -92, 44, 92, COLOUR.stop, 'rx="12"') +
      rect(-8, -108, 16, 18, '#37474c') +
      stroke('M-4 -110h26M10 -104q36 8 34 50', '#37474c', 6) +
      rect(-22, -62, 44, 26, '#fff3df'),
    { x, y, scale },
  );

/** A flag that waves in the wind; pole foot at (x, y), wind to the right. */
export const flag = (x: number, y: number, height: number, phase: number, colour: string = COLOUR.stop): string => {
  const wave = 10 * Math.sin(phase * 3 * Math.PI * 2);
  return (
    stroke(`M${x} ${y}V${y - height}`, '#7d8a8f', 8) +
    shape(`M${x} ${y - height}q34 ${n(-14 + wave)} 66 0t66 ${n(wave / 2)}v60q-34 ${n(14 - wave)} -66 0t-66 0z`, colour)
  );
};

/** Streaks of wind moving to the right between x1 and x2. */
export const windStreaks = (x1: number, x2: number, y: number, phase: number): string =>
  Array.from({ length: 5 }, (_, i) => {
    const at = ((phase * 2 + i / 5) % 1) * (x2 - x1);
    const fade = Math.sin((at / (x2 - x1)) * Math.PI);
    return stroke(`M${n(x1 + at)} ${y + ((i * 37) % 90)}h70`, '#8fb0b4', 6, `opacity="${fade.toFixed(2)}"`);
  }).join('');

/** A numbered step card: white row with a coloured number; (x, y) top left. */
export const stepRow = (
  x: number,
  y: number,
  w: number,
  index: number,
  words: string,
  opacity: number,
  colour: string = COLOUR.brand,
): string =>
  group(
    rect(0, 0, w, 84, COLOUR.white, 'rx="16"') +
      circle(46, 42, 26, colour) +
      text(46, 53, 32, String(index), { fill: COLOUR.white, bold: true, anchor: 'middle' }) +
      text(92, 56, 40, words, { bold: true }),
    { x: x + (1 - opacity) * 30, y, opacity },
  );
