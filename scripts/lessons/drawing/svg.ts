/** Size of every drawn frame, in pixels. */
export const FRAME = { width: 1280, height: 720 } as const;

/** Colours of the lesson pictures; the named ones follow the web apps' tokens. */
export const COLOUR = {
  ink: '#1b2326',
  inkSoft: '#4a565b',
  paper: '#f6f6f3',
  white: '#ffffff',
  brand: '#0b5f62',
  brandSoft: '#cfe3e1',
  ok: '#2c7a4b',
  wait: '#d08a1e',
  stop: '#c23f32',
  info: '#2a5f9e',
  nightSky: '#14303a',
  nightHill: '#0f242c',
  nightRoad: '#223f4a',
  nightEdge: '#31525d',
  daySky: '#dcebea',
  dayHill: '#bcd3cc',
  dayGround: '#dfe3cf',
  dayRoad: '#65747a',
  line: '#f2ead2',
  skin: '#e9b98f',
} as const;

/** What a picture is told about the moment it draws. */
export interface Moment {
  /** Position in the endless 4-second loop, 0 (inclusive) to 1 (exclusive). Motion must return to its start at 1. */
  phase: number;
  /** How far the n-th sentence of the scene (0-based) has faded in: 0 before it is spoken, 1 soon after it begins. */
  shown: (sentence: number) => number;
}

/** A picture draws the inside of one 1280 x 720 SVG frame. Same moment, same text: frames are reused by comparing it. */
export type Picture = (moment: Moment) => string;

const TURN = Math.PI * 2;

/** Rounds to a tenth so that equal frames give equal text. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A number that swings between `from` and `to`, `times` whole times per loop. */
export const swing = (phase: number, from: number, to: number, times = 1): number =>
  from + ((to - from) * (1 - Math.cos(phase * times * TURN))) / 2;

/** 0 for one half of each of the `times` periods in a loop, 1 for the other half: blinking lamps. */
export const blink = (phase: number, times = 4): number => ((phase * times) % 1 < 0.5 ? 1 : 0);

export const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`;

export const circle = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" ${more}/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;

export const shape = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`;

export const stroke = (d: string, colour: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

export const group = (
  content: string,
  at: { x?: number; y?: number; scale?: number; rotate?: number; opacity?: number; flip?: boolean } = {},
): string => {
  const steps = [`translate(${n(at.x ?? 0)} ${n(at.y ?? 0)})`];
  if (at.rotate) steps.push(`rotate(${n(at.rotate)})`);
  if (at.scale !== undefined || at.flip) {
    const scale = at.scale ?? 1;
    steps.push(`scale(${at.flip ? -scale : scale} ${scale})`);
  }
  const opacity = at.opacity === undefined || at.opacity >= 1 ? '' : ` opacity="${Math.round(at.opacity * 100) / 100}"`;
  return `<g transform="${steps.join(' ')}"${opacity}>${content}</g>`;
};

interface TextLook {
  fill?: string;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
}

export const text = (x: number, y: number, size: number, words: string, look: TextLook = {}): string =>
  `<text x="${n(x)}" y="${n(y)}" font-family="Noto Sans CJK SC" font-size="${size}" font-weight="${look.bold ? 700 : 400}" ` +
  `fill="${look.fill ?? COLOUR.ink}" text-anchor="${look.anchor ?? 'start'}">${words}</text>`;

/** Width in pixels that a line takes, roughly: a Chinese character is one em wide, a Latin one a bit over half. */
export const textWidth = (words: string, size: number): number =>
  [...words].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2000 ? size : size * 0.58), 0);

/** A rounded label with centred words; (x, y) is its centre. */
export const label = (
  x: number,
  y: number,
  words: string,
  look: { fill?: string; ink?: string; size?: number } = {},
): string => {
  const size = look.size ?? 34;
  const width = textWidth(words, size) + size * 1.2;
  const height = size * 1.7;
  return (
    rect(x - width / 2, y - height / 2, width, height, look.fill ?? COLOUR.brand, `rx="${n(height / 2)}"`) +
    text(x, y + size * 0.36, size, words, { fill: look.ink ?? COLOUR.white, bold: true, anchor: 'middle' })
  );
};

/** The scene's headline at the top left: few words, big enough for a phone held at arm's length. */
export const headline = (words: string, dark = false): string =>
  rect(56, 56, 12, 64, dark ? '#f0c66b' : COLOUR.brand, 'rx="6"') +
  text(88, 108, 56, words, { bold: true, fill: dark ? COLOUR.white : COLOUR.ink });

/** A straight line with arrow heads at both ends and a label in its middle: a distance. */
export const measure = (x1: number, x2: number, y: number, words: string, colour: string): string =>
  stroke(
    `M${n(x1)} ${y}H${n(x2)}M${n(x1 + 16)} ${y - 12}L${n(x1)} ${y}l16 12M${n(x2 - 16)} ${y - 12}L${n(x2)} ${y}l-16 12`,
    colour,
    6,
  ) + label((x1 + x2) / 2, y - 46, words, { fill: colour, size: 36 });

/** Wraps the drawn content as a complete SVG document. */
export const toSvg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${FRAME.width}" height="${FRAME.height}" ` +
  `viewBox="0 0 ${FRAME.width} ${FRAME.height}">${content}</svg>`;
