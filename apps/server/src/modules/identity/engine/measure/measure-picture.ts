import type { FrameMeasures } from '@antu/domain';
import { decodePicture } from './decode-picture.ts';
import type { Box, FaceModels, FoundFace, Pixels, Point } from './face-models.ts';
import { landmarkRatios } from './landmark-ratios.ts';
import { detailOf, gridOf, type Luma, lumaOf, meanOf, scaleLuma, varianceOf } from './luma.ts';
import { frameAround, moireOf } from './screen-cues.ts';

const GRID = 16;
/** Sharpness is compared at this width, px: a distant face is not blurred because it is small. */
const SHARPNESS_SIDE = 160;

/** Everything the rules want to know of one picture. Throws `UnreadablePicture`. */
export async function measurePicture(models: FaceModels, bytes: Uint8Array, everybody = false): Promise<FrameMeasures> {
  return measurePixels(models, await decodePicture(bytes), everybody);
}

export async function measurePixels(models: FaceModels, pixels: Pixels, everybody = false): Promise<FrameMeasures> {
  const { count, largest, descriptor } = await models.find(pixels, everybody);
  const luma = lumaOf(pixels);
  const whole = { imageWidthPx: pixels.width, imageHeightPx: pixels.height, grid: gridOf(luma, GRID) };
  if (!largest)
    return { ...whole, ...noFace, brightness: meanOf(luma.values), contrast: Math.sqrt(varianceOf(luma.values)) };
  return { ...whole, faces: count, ...measureFace(luma, largest), descriptor };
}

const noFace = {
  faces: 0,
  faceWidthPx: 0,
  yaw: 0,
  pitch: 0,
  mouthOpen: 0,
  sharpness: 0,
  eyeLight: 0,
  frame: 0,
  moire: 0,
  descriptor: null,
};

function measureFace(
  luma: Luma,
  { box, landmarks }: FoundFace,
): Omit<FrameMeasures, 'imageWidthPx' | 'imageHeightPx' | 'faces' | 'descriptor' | 'grid'> {
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
  };
}

function boxOf(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(1, Math.max(...xs) - x), height: Math.max(1, Math.max(...ys) - y) };
}
