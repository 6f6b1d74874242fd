import type { FrameMeasures } from '@antu/domain';
import { decodePicture } from './decode-picture.ts';
import type { Box, FaceModels, FoundFace, Pixels, Point } from './face-models.ts';
import { landmarkRatios } from './landmark-ratios.ts';
import { detailOf, type Luma, lumaOf, meanOf, scaleLuma, varianceOf } from './luma.ts';
import { frameAround, moireOf } from './screen-cues.ts';

const GRID = 16;
/** Sharpness is compared at this width, px: a distant face is not blurred because it is small. */
const SHARPNESS_SIDE = 160;

/** Everything the rules want to know of one picture. Throws `UnreadablePicture`. */
export async function measurePicture(models: FaceModels, bytes: Uint8Array): Promise<FrameMeasures> {
  return measurePixels(models, await decodePicture(bytes));
}

export async function measurePixels(models: FaceModels, pixels: Pixels): Promise<FrameMeasures> {
  const { count, largest, descriptor } = await models.find(pixels);
  const size = { imageWidthPx: pixels.width, imageHeightPx: pixels.height };
  if (!largest) return { ...size, ...nothing };
  return { ...size, faces: count, ...measureFace(lumaOf(pixels), largest), descriptor };
}

const nothing = {
  faces: 0,
  faceWidthPx: 0,
  yaw: 0,
  pitch: 0,
  mouthOpen: 0,
  brightness: 0,
  contrast: 0,
  sharpness: 0,
  eyeLight: 0,
  frame: 0,
  moire: 0,
  descriptor: null,
  grid: [],
};

function measureFace(
  luma: Luma,
  { box, landmarks }: FoundFace,
): Omit<FrameMeasures, 'imageWidthPx' | 'imageHeightPx' | 'faces' | 'descriptor'> {
  const face = scaleLuma(luma, box, SHARPNESS_SIDE);
  const brightness = meanOf(face.values);
  const eyes = [landmarks.slice(36, 42), landmarks.slice(42, 48)].map((points) =>
    meanOf(scaleLuma(luma, boxOf(points), 8).values),
  );
  return {
    faceWidthPx: box.width,
    ...landmarkRatios(landmarks),
    brightness,
    contrast: Math.sqrt(varianceOf(face.values)),
    sharpness: detailOf(face),
    eyeLight: meanOf(eyes) / Math.max(1, brightness),
    frame: frameAround(luma, box),
    moire: moireOf(luma, box),
    grid: [...scaleLuma(luma, box, GRID).values],
  };
}

function boxOf(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(1, Math.max(...xs) - x), height: Math.max(1, Math.max(...ys) - y) };
}
