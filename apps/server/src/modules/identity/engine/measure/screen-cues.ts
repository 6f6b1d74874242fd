import type { Box } from './face-models.ts';
import { type Luma, lumaAt, meanOf } from './luma.ts';

/** Least step of luma that counts as the edge of a print or a screen. */
const EDGE_STEP = 16;
/** A print is rarely held quite straight: slants up to this, in pixels per pixel … */
const MOST_SLANT = 0.12;
/** … in this many steps to either side. */
const SLANTS = 8;
/** Places that far apart, px, miss no edge: a step is looked for over three. */
const PLACE_STEP = 2;
/** Points of a line that are looked at. */
const LINE_POINTS = 32;

/**
 * How complete a straight frame surrounds the face, 0 to 1: of the four sides the third most complete, because a hand may
 * hide one. A print or a telephone held before the camera has such a frame; so has a person before a window.
 */
export function frameAround(luma: Luma, face: Box): number {
  const { width, height } = luma;
  const right = face.x + face.width;
  const bottom = face.y + face.height;
  const rows = { from: Math.max(2, face.y - 0.2 * face.height), to: Math.min(height - 3, bottom + 0.2 * face.height) };
  const columns = { from: Math.max(2, face.x - 0.2 * face.width), to: Math.min(width - 3, right + 0.2 * face.width) };
  const across = (x: number, y: number) => lumaAt(luma, x + 1, y) - lumaAt(luma, x - 1, y);
  const down = (y: number, x: number) => lumaAt(luma, x, y + 1) - lumaAt(luma, x, y - 1);
  const sides = [
    bestLine(across, { from: 4, to: face.x - 0.1 * face.width }, rows),
    bestLine(across, { from: right + 0.1 * face.width, to: width - 5 }, rows),
    bestLine(down, { from: 4, to: face.y - 0.25 * face.height }, columns),
    bestLine(down, { from: bottom + 0.15 * face.height, to: height - 5 }, columns),
  ];
  return sides.sort((a, b) => b - a)[2] ?? 0;
}

type Range = { readonly from: number; readonly to: number };

/** Largest part of a straight line, anywhere in `places`, along which the brightness steps the same way. */
function bestLine(step: (place: number, along: number) => number, places: Range, line: Range): number {
  const length = line.to - line.from;
  if (length <= 0) return 0;
  let best = 0;
  for (let place = places.from; place <= places.to; place += PLACE_STEP)
    for (let slant = -SLANTS; slant <= SLANTS; slant += 1) {
      let up = 0;
      let down = 0;
      for (let i = 0; i < LINE_POINTS; i += 1) {
        const along = (i / (LINE_POINTS - 1) - 0.5) * length;
        const found = step(place + (along * slant * MOST_SLANT) / SLANTS, line.from + length / 2 + along);
        if (found >= EDGE_STEP) up += 1;
        else if (found <= -EDGE_STEP) down += 1;
        // The best so far is out of reach.
        if (Math.max(up, down) + LINE_POINTS - 1 - i <= best * LINE_POINTS) break;
      }
      best = Math.max(best, Math.max(up, down) / LINE_POINTS);
    }
  return best;
}

const SIDE = 128;
/** Cycles per 128 px between which the grid of a screen shows; below is the face itself, above JPEG leaves nothing. */
const RING = { from: 20, to: 60 };
/** JPEG's blocks and a straight fringe make peaks on the axes. */
const AXIS = 4;

/**
 * How far the strongest fine regular pattern stands out: power of the strongest frequency divided by the mean of its ring.
 * A camera's noise gives 5 to 15. Screens photographed by cameras often give far more (moiré). 0 for faces below 128 px.
 */
export function moireOf(luma: Luma, face: Box): number {
  if (Math.min(face.width, face.height) < SIDE) return 0;
  const left = Math.round(face.x + face.width / 2 - SIDE / 2);
  const top = Math.round(face.y + face.height / 2 - SIDE / 2);
  const real = new Float64Array(SIDE * SIDE);
  const imaginary = new Float64Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) real[y * SIDE + x] = lumaAt(luma, left + x, top + y);
  const mean = meanOf(real);
  const fade = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (SIDE - 1));
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) real[y * SIDE + x] = ((real[y * SIDE + x] ?? 0) - mean) * fade(x) * fade(y);
  for (let i = 0; i < SIDE; i += 1) {
    transform(real, imaginary, i * SIDE, 1);
  }
  for (let i = 0; i < SIDE; i += 1) transform(real, imaginary, i, SIDE);
  const rings = new Map<number, { sum: number; count: number; most: number }>();
  for (let v = 0; v < SIDE; v += 1)
    for (let u = 0; u < SIDE / 2; u += 1) {
      const fv = v < SIDE / 2 ? v : v - SIDE;
      const radius = Math.round(Math.hypot(u, fv));
      if (u < AXIS || Math.abs(fv) < AXIS || radius < RING.from || radius > RING.to) continue;
      const power = (real[v * SIDE + u] ?? 0) ** 2 + (imaginary[v * SIDE + u] ?? 0) ** 2;
      const ring = rings.get(radius) ?? { sum: 0, count: 0, most: 0 };
      rings.set(radius, { sum: ring.sum + power, count: ring.count + 1, most: Math.max(ring.most, power) });
    }
  const heights = [...rings.values()].map(({ sum, count, most }) => (sum === 0 ? 0 : most / (sum / count)));
  return Math.max(0, ...heights);
}

/** Fourier transform of 128 numbers, in place: Cooley and Tukey, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array, offset: number, stride: number): void {
  const at = (i: number) => offset + i * stride;
  for (let i = 1, j = 0; i < SIDE; i += 1) {
    let bit = SIDE >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    for (const part of [real, imaginary]) {
      const kept = part[at(i)] ?? 0;
      part[at(i)] = part[at(j)] ?? 0;
      part[at(j)] = kept;
    }
  }
  for (let size = 2; size <= SIDE; size <<= 1)
    for (let start = 0; start < SIDE; start += size)
      for (let k = 0; k < size / 2; k += 1) {
        const angle = (-2 * Math.PI * k) / size;
        const cos = Math.cos(angle);
        const sin = Math.sin(angle);
        const a = at(start + k);
        const b = at(start + k + size / 2);
        const re = (real[b] ?? 0) * cos - (imaginary[b] ?? 0) * sin;
        const im = (real[b] ?? 0) * sin + (imaginary[b] ?? 0) * cos;
        real[b] = (real[a] ?? 0) - re;
        imaginary[b] = (imaginary[a] ?? 0) - im;
        real[a] = (real[a] ?? 0) + re;
        imaginary[a] = (imaginary[a] ?? 0) + im;
      }
}
