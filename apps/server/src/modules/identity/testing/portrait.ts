import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { type Box, type FaceModels, loadFaceModels, type Pixels, type Point } from '../engine/measure/face-models.ts';

/** A portrait whose landmarks are known, so that its face can be moved. */
export type Portrait = {
  readonly pixels: Pixels;
  readonly box: Box;
  readonly mouth: { readonly left: Point; readonly right: Point; readonly gap: Point };
  readonly nose: Point;
};

/** How the head stands before the camera. All 0 (zoom 1) looks ahead at rest. */
export type Pose = {
  /** Towards the person's own left (1) or right (-1). */
  readonly turn: number;
  /** Open (1) or as in the portrait (0). */
  readonly mouth: number;
  readonly zoom: number;
  /** In the plane of the picture, radians. */
  readonly roll: number;
  /** Width of a flat print that is turned away, as a part of its whole width. 1: held straight. */
  readonly squeeze: number;
  /** How far the head has moved, px. */
  readonly shift: Point;
  /** Added to every pixel. */
  readonly light: number;
  /** Standard deviation of the camera's noise, 0 to 255. */
  readonly noise: number;
};
export const atRest: Pose = {
  turn: 0,
  mouth: 0,
  zoom: 1,
  roll: 0,
  squeeze: 1,
  shift: { x: 0, y: 0 },
  light: 0,
  noise: 3,
};

export type FrameSize = { readonly width: number; readonly height: number };
const LONG_SIDE = 1280;
/** Width of the face in a frame at rest, px. */
const FACE_WIDTH = 210;
/** How far a full turn moves the nose, in widths of the face. */
const TURN_REACH = 0.16;
/** Height of the gap of a mouth wide open, in widths of the face. */
const MOUTH_REACH = 0.17;

let models: Promise<FaceModels> | undefined;
const portraits = new Map<string, Promise<Portrait>>();

/** Opens a portrait and finds its landmarks, once per file. Throws if it shows no face. */
export function openPortrait(path: string): Promise<Portrait> {
  const known = portraits.get(path) ?? readPortrait(path);
  portraits.set(path, known);
  return known;
}

async function readPortrait(path: string): Promise<Portrait> {
  const { data, info } = await sharp(await readFile(path))
    .resize(LONG_SIDE, LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels: Pixels = { rgb: data, width: info.width, height: info.height };
  models ??= loadFaceModels();
  const { largest } = await (await models).find(pixels);
  if (!largest) throw new Error(`no face in ${path}`);
  const at = (index: number): Point => largest.landmarks[index] ?? { x: 0, y: 0 };
  const gap = { x: (at(62).x + at(66).x) / 2, y: (at(62).y + at(66).y) / 2 };
  return { pixels, box: largest.box, mouth: { left: at(48), right: at(54), gap }, nose: at(30) };
}

/** Draws the portrait as a camera would see it in this pose: the face in the middle, what lies outside the portrait padded. */
export function drawPose(portrait: Portrait, pose: Pose, size: FrameSize, random: () => number): Buffer {
  const { pixels, box } = portrait;
  const scale = box.width / FACE_WIDTH;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const cos = Math.cos(pose.roll);
  const sin = Math.sin(pose.roll);
  const out = Buffer.alloc(size.width * size.height * 3);
  const colour = new Float64Array(3);
  for (let row = 0; row < size.height; row += 1)
    for (let column = 0; column < size.width; column += 1) {
      const x = (column - size.width / 2 - pose.shift.x) / pose.zoom;
      const y = (row - size.height / 2 - pose.shift.y) / pose.zoom;
      const flat = {
        x: ((cos * x + sin * y) / pose.squeeze) * scale + centre.x,
        y: (cos * y - sin * x) * scale + centre.y,
      };
      const { point, dark } = moveFace(portrait, pose, flat);
      // A camera's noise is mostly one of brightness.
      const added = pose.light + gauss(random) * pose.noise;
      const at = (row * size.width + column) * 3;
      readColour(pixels, point, colour);
      for (let channel = 0; channel < 3; channel += 1) {
        const seen = (colour[channel] ?? 0) * (1 - dark) + (channel === 0 ? 45 : 25) * dark;
        out[at + channel] = clamp(seen + added, 255);
      }
    }
  return out;
}

/** Where in the portrait the point comes from, and how far it lies in the dark of an open mouth. */
function moveFace({ box, mouth, nose }: Portrait, pose: Pose, { x, y }: Point): { point: Point; dark: number } {
  const width = box.width;
  // Turn: the middle of the face slides sideways, the nose furthest, the outline stays. Found by trial: further, and the
  // descriptor is another person's; less, and the landmarks stay where they were.
  const u = (x - nose.x) / (0.62 * width);
  const v = (y - nose.y) / (0.75 * width);
  const face = Math.abs(u) < 1 && Math.abs(v) < 1 ? (1 - u * u) ** 2 * (1 - v * v) : 0;
  const tip = Math.max(0, 1 - ((x - nose.x) / (0.4 * width)) ** 2 - ((y - nose.y) / (0.52 * width)) ** 2) ** 2;
  const slide = 0.7 * face + 0.4 * tip;
  const moved = x - pose.turn * TURN_REACH * width * slide;
  // Mouth: what lies below the lips slides down and leaves a gap.
  const half = 0.62 * (mouth.right.x - mouth.left.x);
  const t = (moved - mouth.gap.x) / half;
  const gap = pose.mouth * MOUTH_REACH * width * (Math.abs(t) < 1 ? 1 - t * t : 0);
  const below = y - mouth.gap.y;
  if (below <= 0 || gap === 0) return { point: { x: moved, y }, dark: 0 };
  if (below < gap) return { point: { x: moved, y: mouth.gap.y }, dark: Math.min(1, Math.min(below, gap - below) / 2) };
  const fade = clamp(1 - (below - gap - 0.15 * width) / (0.6 * width), 1);
  return { point: { x: moved, y: y - gap * fade }, dark: 0 };
}

/** The colour between pixels, into `colour`; beyond the edge the edge goes on. */
function readColour({ rgb, width, height }: Pixels, point: Point, colour: Float64Array): void {
  const x = clamp(point.x, width - 1);
  const y = clamp(point.y, height - 1);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const at = (top * width + left) * 3;
  const right = left + 1 < width ? 3 : 0;
  const down = top + 1 < height ? width * 3 : 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const corner = at + channel;
    const upper = (rgb[corner] ?? 0) * (1 - dx) + (rgb[corner + right] ?? 0) * dx;
    const lower = (rgb[corner + down] ?? 0) * (1 - dx) + (rgb[corner + down + right] ?? 0) * dx;
    colour[channel] = upper * (1 - dy) + lower * dy;
  }
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
/** About normally distributed. */
const gauss = (random: () => number) => (random() + random() + random() + random() - 2) * Math.sqrt(3);
