import { COLOUR, circle, ellipse, group, n, rect, shape, stroke } from './svg.ts';

interface Place {
  x: number;
  y: number;
  scale?: number;
  /** Whole loops give turning wheels; leave out for a standing vehicle. */
  phase?: number;
  flip?: boolean;
  lamps?: boolean;
}

const wheel = (x: number, r: number, phase: number): string => {
  const turn = group(stroke(`M${-r * 0.5} 0H${r * 0.5}M0 ${-r * 0.5}V${r * 0.5}`, '#7d8a8f', 4), {
    x,
    y: -r,
    rotate: phase * 360 * 3,
  });
  return circle(x, -r, r, '#1b2326') + circle(x, -r, r * 0.55, '#b9c2c4') + turn;
};

const cab = (colour: string): string =>
  shape('M300 -26V-150q0-12 12-12h52q14 0 18 13l16 56q2 6 2 12v55z', colour) +
  shape('M322 -146h40q8 0 10 8l12 44h-62z', '#bfe0e4') +
  rect(390, -62, 12, 14, '#f7dc8b', 'rx="3"') +
  rect(384, -34, 22, 10, '#3b4a4f', 'rx="3"') +
  rect(312, -80, 18, 6, '#00000033', 'rx="3"') +
  rect(400, -132, 7, 30, '#37474c', 'rx="3"');

const lampCone = (on: boolean | undefined): string =>
  on ? shape('M402 -56L760 -10H402z', '#f7e3a1', 'opacity=".28"') : '';

const place = (content: string, at: Place): string =>
  group(content, { x: at.x, y: at.y, scale: at.scale ?? 1, flip: at.flip ?? false });

/** A box truck from the side, about 410 wide and 190 high at scale 1, facing right; (x, y) is its rear wheel's ground. */
export const truckSide = (at: Place, colour: string = COLOUR.brand): string =>
  place(
    lampCone(at.lamps) +
      rect(0, -190, 292, 160, '#eef2f0', 'rx="6"') +
      rect(0, -118, 292, 22, colour) +
      rect(0, -34, 300, 12, '#37474c') +
      cab(colour) +
      rect(-4, -56, 10, 18, COLOUR.stop, 'rx="3"') +
      wheel(52, 30, at.phase ?? 0) +
      wheel(120, 30, at.phase ?? 0) +
      wheel(352, 30, at.phase ?? 0),
    at,
  );

/** A tank truck from the side; same size and origin as `truckSide`. */
export const tankerSide = (at: Place, colour: string = COLOUR.wait): string =>
  place(
    lampCone(at.lamps) +
      rect(-2, -172, 290, 130, '#cfd8d9', 'rx="62"') +
      rect(10, -160, 266, 34, '#e6ecec', 'rx="17"') +
      rect(0, -116, 286, 12, colour) +
      rect(120, -184, 46, 14, '#9aa7aa', 'rx="5"') +
      rect(0, -46, 300, 18, '#37474c') +
      cab(colour) +
      group(rect(-26, -26, 52, 52, '#ffffff', 'stroke="#c23f32" stroke-width="5"'), { x: 212, y: -104, rotate: 45 }) +
      shape('M212 -126c12 14 16 22 16 30a16 16 0 01-32 0c0-6 4-10 7-13 1 5 4 6 6 4-2-8 0-14 3-21z', COLOUR.stop) +
      wheel(52, 30, at.phase ?? 0) +
      wheel(120, 30, at.phase ?? 0) +
      wheel(352, 30, at.phase ?? 0),
    at,
  );

/** A car from the side, 230 wide, facing right. */
export const carSide = (at: Place, colour = '#5b7fb4'): string =>
  place(
    shape('M4 -22V-52q0-12 14-14l34-6 34-36q6-6 14-6h54q10 0 16 8l22 34 30 8q12 3 12 14v26z', colour) +
      shape('M66 -72l26-28q4-4 10-4h18v32zM130 -104h20q6 0 10 5l18 27h-48z', '#d6ebee') +
      rect(222, -52, 10, 12, '#f7dc8b', 'rx="3"') +
      rect(2, -52, 8, 14, COLOUR.stop, 'rx="3"') +
      wheel(56, 22, at.phase ?? 0) +
      wheel(180, 22, at.phase ?? 0),
    at,
  );

/** The back of a box truck at night, as seen by the driver behind; (x, y) is the middle of its lower edge. */
export const truckRear = (x: number, y: number, scale: number, brake = 1): string =>
  group(
    shape('M-52 8L-66 190h36L-38 8zM38 8l8 182h36L52 8z', '#d9503f', `opacity="${n(0.12 + 0.2 * brake)}"`) +
      rect(-53, -122, 106, 100, '#3c606b', 'rx="3"') +
      rect(-47, -116, 94, 88, '#466d79') +
      stroke('M0 -116V-28M-7 -84v26M7 -84v26', '#2c4c56', 3) +
      rect(-57, -22, 114, 14, '#1a3039') +
      [0, 1, 2, 3, 4, 5, 6, 7].map((i) => rect(-53 + i * 13.3, -19, 13.3, 8, i % 2 ? '#c8473a' : '#e8e2cd')).join('') +
      rect(-48, -8, 20, 13, '#0c1a1f') +
      rect(28, -8, 20, 13, '#0c1a1f') +
      [-46, 46]
        .map(
          (lamp) =>
            circle(lamp, -30, 13, '#e5594a', `opacity="${n(0.2 + 0.4 * brake)}"`) + circle(lamp, -30, 6, '#ff7c66'),
        )
        .join(''),
    { x, y, scale },
  );

const topWindow = '#bfe0e4';

/** A truck from above, cab to the right, 300 x 84, centred on (x, y). */
export const truckTop = (x: number, y: number, rotate = 0, scale = 1): string =>
  group(
    rect(-156, -44, 226, 88, '#f7f9f8', 'rx="6" stroke="#93a3a5" stroke-width="4"') +
      stroke('M-120 -44V44M-70 -44V44M-20 -44V44M30 -44V44', '#d3dcdb', 4) +
      rect(78, -42, 78, 84, COLOUR.brand, 'rx="14"') +
      rect(122, -34, 20, 68, topWindow, 'rx="8"') +
      rect(126, -60, 12, 20, '#37474c', 'rx="4"') +
      rect(126, 40, 12, 20, '#37474c', 'rx="4"'),
    { x, y, rotate, scale },
  );

/** A car from above, nose to the right, 120 x 56, centred on (x, y). */
export const carTop = (x: number, y: number, rotate = 0, colour = '#5b7fb4'): string =>
  group(
    rect(-60, -28, 120, 56, colour, 'rx="18"') +
      rect(8, -22, 20, 44, topWindow, 'rx="7"') +
      rect(-44, -20, 16, 40, topWindow, 'rx="6"'),
    { x, y, rotate },
  );

/** A scooter with its rider from above, nose to the right, centred on (x, y). */
export const scooterTop = (x: number, y: number, rotate = 0): string =>
  group(
    rect(-38, -7, 76, 14, '#37474c', 'rx="7"') +
      stroke('M24 -20V20', '#37474c', 7) +
      ellipse(-2, 0, 16, 24, COLOUR.wait) +
      circle(2, 0, 13, '#f4efdf', 'stroke="#8a4e00" stroke-width="4"'),
    { x, y, rotate },
  );
