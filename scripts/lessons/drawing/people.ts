import { COLOUR, circle, group, rect, shape, stroke } from './svg.ts';

interface Look {
  x: number;
  y: number;
  scale?: number;
  flip?: boolean;
  coat?: string;
  /** Position in the walking loop (0..1); leave out for a standing person. */
  walk?: number;
  helmet?: boolean;
  vest?: boolean;
  arm?: 'down' | 'phone' | 'point' | 'up' | 'hold';
  skin?: string;
  hair?: string;
}

const TURN = Math.PI * 2;

const legs = (walk: number | undefined): string => {
  const step = walk === undefined ? 7 : 26 * Math.sin(walk * TURN * 3);
  return stroke(`M-2 -70L${(-step).toFixed(1)} 0M2 -70L${step.toFixed(1)} 0`, '#33434a', 17);
};

const ARM: Record<NonNullable<Look['arm']>, string> = {
  down: 'M0 -126L6 -84',
  phone: 'M2 -126L26 -106L16 -150',
  point: 'M2 -126L58 -134',
  up: 'M2 -126L30 -184',
  hold: 'M2 -122L42 -106',
};

/** A person about 185 high at scale 1 facing right; (x, y) is between the feet. */
export const person = (look: Look): string => {
  const coat = look.coat ?? COLOUR.brand;
  const skin = look.skin ?? COLOUR.skin;
  const vest = look.vest
    ? rect(-22, -138, 44, 66, '#e0a22c', 'rx="12"') +
      rect(-22, -112, 44, 9, '#fff7df') +
      rect(-22, -92, 44, 9, '#fff7df')
    : '';
  const top = look.helmet
    ? shape('M-24 -164a24 24 0 0148 0h8v6h-56z', '#e0a22c')
    : shape('M-21 -164a21 21 0 0142 0q-20 -10 -42 0z', look.hair ?? '#33302c');
  const arm = look.arm ?? 'down';
  const hand = arm === 'phone' ? rect(10, -170, 10, 24, '#1b2326', 'rx="3"') : '';
  return group(
    legs(look.walk) +
      rect(-22, -140, 44, 76, coat, 'rx="16"') +
      vest +
      circle(0, -164, 21, skin) +
      top +
      stroke(ARM[arm], look.vest ? '#c98d1d' : coat, 15, 'stroke-opacity="1"') +
      stroke(ARM[arm], '#00000022', 15) +
      hand,
    { x: look.x, y: look.y, scale: look.scale ?? 1, flip: look.flip ?? false },
  );
};

/** A child, 110 high at scale 1. */
export const child = (x: number, y: number, scale = 1): string => person({ x, y, scale: scale * 0.6, coat: '#c9774f' });

/** A person with an umbrella; the same origin as `person`. */
export const personWithUmbrella = (
  x: number,
  y: number,
  walk: number,
  coat: string,
  canopy: string,
  scale = 1,
): string =>
  group(
    person({ x: 0, y: 0, walk, coat, arm: 'hold', hair: '#20262a' }) +
      stroke('M42 -104V-224', '#7d8a8f', 5) +
      shape(
        'M-44 -196q12 -70 86 -74q74 4 86 74q-14 -12 -29 0q-14 -12 -28 0q-14 -12 -29 0q-14 -12 -29 0q-14 -12 -28 0q-15 -12 -29 0z',
        canopy,
      ),
    { x, y, scale },
  );

/** A person lying on the ground, head to the left. */
export const personLying = (x: number, y: number, coat = '#7a8c92'): string =>
  group(person({ x: 0, y: 0, coat, arm: 'up' }), { x, y, rotate: -90, scale: 0.9 });

/** A face seen from the front inside a window or mirror, radius about 30. */
export const face = (x: number, y: number, scale = 1, sleepy = false): string =>
  group(
    circle(0, 0, 30, COLOUR.skin) +
      shape('M-30 -4a30 30 0 0160 0q-14 -14 -30 -14t-30 14z', '#33302c') +
      (sleepy
        ? stroke('M-17 2q5 5 10 0M7 2q5 5 10 0', '#33302c', 3)
        : circle(-11, 2, 3.5, '#33302c') + circle(11, 2, 3.5, '#33302c')) +
      stroke(sleepy ? 'M-6 17h12' : 'M-8 14q8 7 16 0', '#8a4d35', 3),
    { x, y, scale },
  );
