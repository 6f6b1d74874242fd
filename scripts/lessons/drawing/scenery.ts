import { COLOUR, circle, ellipse, FRAME, n, rect, shape, stroke } from './svg.ts';

/** The middle line of a side view; it moves `speed` whole dashes to the left per loop (negative: to the right). */
const roadDashes = (phase: number, speed: number, colour: string): string =>
  Array.from({ length: 12 }, (_, i) =>
    rect(((i * 140 - phase * 140 * speed + 3360) % 1680) - 140, 606, 70, 9, colour),
  ).join('');

/** A calm daytime street seen from the side: sky, hills, grass, and a road whose surface lies at y = 560. */
export const daySide = (phase: number, speed = 0): string =>
  rect(0, 0, FRAME.width, FRAME.height, COLOUR.daySky) +
  circle(1080, 150, 54, '#f4e3b4') +
  shape('M0 440c120 -60 240 -80 380 -40c130 36 250 -20 400 -60c180 -48 340 -10 500 60v120H0z', COLOUR.dayHill) +
  rect(0, 470, FRAME.width, 260, COLOUR.dayGround) +
  rect(0, 530, FRAME.width, 130, COLOUR.dayRoad) +
  rect(0, 530, FRAME.width, 6, '#8a989c') +
  roadDashes(phase, speed, COLOUR.line);

/** The same street on a rainy night. */
export const nightSide = (phase: number, speed = 0): string =>
  rect(0, 0, FRAME.width, FRAME.height, COLOUR.nightSky) +
  shape('M0 430c120 -60 240 -80 380 -40c130 36 250 -20 400 -60c180 -48 340 -10 500 60v120H0z', COLOUR.nightHill) +
  rect(0, 470, FRAME.width, 260, '#12272f') +
  rect(0, 530, FRAME.width, 130, COLOUR.nightRoad) +
  rect(0, 530, FRAME.width, 5, COLOUR.nightEdge) +
  roadDashes(phase, speed, '#b9b59f');

/** The road as the driver sees it at night; its dashes come nearer when `speed` (whole dash lengths per loop) is not 0. */
export const nightAhead = (phase: number, speed: number): string => {
  const dash = (i: number): string => {
    const near = (t: number): number => 300 + 420 * t ** 2.2;
    const t0 = ((i + phase * speed) % 6) / 6;
    const t1 = t0 + 0.09;
    const x = (t: number): number => 628 - 210 * t ** 2.2;
    const wide = (t: number): number => 3 + 26 * t ** 2.2;
    return shape(
      `M${n(x(t0))} ${n(near(t0))}h${n(wide(t0))}L${n(x(t1) + wide(t1))} ${n(near(t1))}h${n(-wide(t1))}z`,
      '#e8e2cd',
      'opacity=".85"',
    );
  };
  return (
    rect(0, 0, FRAME.width, FRAME.height, COLOUR.nightSky) +
    shape('M0 300c120 -52 240 -68 380 -32c120 28 200 20 300 -8c180 -52 380 -48 600 28v130H0z', COLOUR.nightHill) +
    rect(0, 410, FRAME.width, 310, '#12272f') +
    shape('M592 300h96L1348 720H-68z', COLOUR.nightRoad) +
    shape('M592 300L-68 720h-80L580 300zM688 300l660 420h80L700 300z', COLOUR.nightEdge) +
    Array.from({ length: 6 }, (_, i) => dash(i)).join('')
  );
};

/** The light of the own dipped headlamps on the road of `nightAhead`. */
export const dippedLight = (strength = 1): string =>
  shape(
    'M640 380h60l220 340H360z',
    '#f5e6bd',
    `opacity="${n(strength * 10) === '0' ? 0 : (0.16 * strength).toFixed(2)}"`,
  ) + shape('M600 420h120l120 300H470z', '#f5e6bd', `opacity="${(0.12 * strength).toFixed(2)}"`);

/** Slanting rain over the whole frame, falling a whole number of frames per loop. */
export const rain = (phase: number, amount = 26, colour = '#a9c4ca'): string =>
  Array.from({ length: amount }, (_, i) => {
    const speed = 3 + (i % 2);
    const y = (((i * 137) % 760) + phase * speed * 760) % 760;
    const x = ((i * 197 + 40) % 1400) - y * 0.2;
    const long = 22 + (i % 3) * 10;
    return stroke(`M${n(x)} ${n(y - 40)}l${n(-long * 0.25)} ${long}`, colour, 3, 'opacity=".5"');
  }).join('');

/** The lower edge of the windscreen with two swinging wipers. */
export const dashboard = (phase: number): string => {
  const angle = -0.25 - 1.0 * ((1 - Math.cos(phase * 3 * Math.PI * 2)) / 2);
  const blade = (x: number): string =>
    stroke(`M${x} 650L${n(x + 300 * Math.cos(angle))} ${n(650 + 300 * Math.sin(angle))}`, '#0a161b', 12);
  return blade(300) + blade(760) + shape('M0 720v-44c220 -46 440 -58 640 -58s420 12 640 58v44z', '#0a161b');
};

/** A flat plain background for pictures of things and papers. */
export const plain = (tint: string = COLOUR.paper): string =>
  rect(0, 0, FRAME.width, FRAME.height, tint) + ellipse(640, 690, 760, 90, '#00000008');

/** An empty road from above with two lanes in each direction, running left to right. */
export const roadFromAbove = (phase: number, speed: number): string =>
  rect(0, 0, FRAME.width, FRAME.height, COLOUR.dayGround) +
  rect(0, 170, FRAME.width, 440, COLOUR.dayRoad) +
  rect(0, 178, FRAME.width, 7, COLOUR.line) +
  rect(0, 595, FRAME.width, 7, COLOUR.line) +
  Array.from({ length: 12 }, (_, i) =>
    rect(((i * 140 - phase * 140 * speed + 3360) % 1680) - 140, 386, 74, 8, COLOUR.line),
  ).join('');

/** A small tree beside a road. */
export const tree = (x: number, y: number, scale = 1): string =>
  rect(x - 7 * scale, y - 60 * scale, 14 * scale, 60 * scale, '#8b7355') +
  circle(x, y - 92 * scale, 44 * scale, '#7fa58a') +
  circle(x + 20 * scale, y - 70 * scale, 30 * scale, '#8fb296');
