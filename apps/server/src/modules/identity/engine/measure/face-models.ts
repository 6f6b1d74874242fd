import { createRequire, registerHooks } from 'node:module';
import { dirname } from 'node:path';
import type * as Core from '@tensorflow/tfjs-core';
import { speedUpConcat } from './fast-concat.ts';
import { addTensorMethods } from './tensor-methods.ts';

export type Point = { readonly x: number; readonly y: number };
/** Pixels of the picture. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** Red, green, blue, a byte each, row by row. */
export type Pixels = { readonly rgb: Uint8Array; readonly width: number; readonly height: number };

export type FoundFace = {
  /** Box around the landmarks, which hardly depends on hair and background. */
  readonly box: Box;
  /** 68 points: 0-16 jaw, 17-26 brows, 27-35 nose, 36-47 eyes, 48-67 mouth; person's right first. */
  readonly landmarks: readonly Point[];
};
export type FoundFaces = {
  readonly count: number;
  readonly largest: FoundFace | null;
  /** Of the largest; null unless it is the only one. */
  readonly descriptor: readonly number[] | null;
};

/** What is used of face-api, which has types of its own for all of TensorFlow. */
type Detection = { readonly box: Box; readonly score: number };
type Landmarks = { readonly positions: readonly Point[] };
type Net = { loadFromDisk(folder: string): Promise<void> };
type FaceApi = {
  nets: {
    tinyFaceDetector: Net & { locateFaces(picture: Core.Tensor3D, options: object): Promise<Detection[]> };
    faceLandmark68Net: Net & { detectLandmarks(face: Core.Tensor3D): Promise<Landmarks> };
    faceRecognitionNet: Net & { computeFaceDescriptor(face: Core.Tensor3D): Promise<Float32Array> };
  };
  TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object;
  extendWithFaceLandmarks(
    source: { detection: Detection },
    landmarks: Landmarks,
  ): { landmarks: Landmarks; alignedRect: Detection };
};

export type FaceModels = {
  /** @param everybody looks twice, so that smaller faces beside the large one are counted too; costs half as much again */
  find(picture: Pixels, everybody?: boolean): Promise<FoundFaces>;
};

/**
 * Sides of the squares that the detector looks at, px. The small one is made for faces that fill the picture: of 135 drawn poses
 * it missed none, the larger ones up to twelve. The large one finds faces of 1/10 of the picture's width.
 */
const NEAR_SIDE = 224;
const FAR_SIDE = 416;
const LEAST_SCORE = 0.5;
const DESCRIPTOR_SIDE = 150;
/** Smaller faces than this part of the largest are posters and passers-by, not a second person before the camera. */
const LEAST_PART_OF_LARGEST = 0.4;

/**
 * Loads detector, landmarks and descriptor from the npm package into this process and runs each once. Once per process: about
 * a second and 300 MiB.
 */
export async function loadFaceModels(): Promise<FaceModels> {
  const { core, faceApi, modelFolder } = requireEngine();
  await core.setBackend('wasm');
  await core.ready();
  // Without this backend everything still works, twenty times slower: that must not go unseen.
  if (core.getBackend() !== 'wasm') throw new Error('faces: the WebAssembly backend did not start');
  speedUpConcat(core);
  const { tinyFaceDetector, faceLandmark68Net, faceRecognitionNet } = faceApi.nets;
  await tinyFaceDetector.loadFromDisk(modelFolder);
  await faceLandmark68Net.loadFromDisk(modelFolder);
  await faceRecognitionNet.loadFromDisk(modelFolder);
  const [near, far] = [NEAR_SIDE, FAR_SIDE].map(
    (inputSize) => new faceApi.TinyFaceDetectorOptions({ inputSize, scoreThreshold: LEAST_SCORE }),
  ) as [object, object];

  // The first run of a net costs several later ones: nobody should wait for it.
  const black = core.zeros<Core.Rank.R3>([DESCRIPTOR_SIDE, DESCRIPTOR_SIDE, 3], 'int32');
  for (const options of [near, far]) await tinyFaceDetector.locateFaces(black, options);
  await faceLandmark68Net.detectLandmarks(black);
  await faceRecognitionNet.computeFaceDescriptor(black);
  black.dispose();

  /**
   * Mean of the face and its mirror picture: of one person's photos, years apart and in poor light, 9 of 24 pairs were then further
   * apart than 0.45 instead of 21, and no two people came nearer.
   */
  const describe = async (face: Core.Tensor3D): Promise<number[]> => {
    const mirrored = core.reverse(face, 1);
    try {
      const one = await faceRecognitionNet.computeFaceDescriptor(face);
      const other = await faceRecognitionNet.computeFaceDescriptor(mirrored);
      return Array.from(one, (value, at) => (value + (other[at] ?? 0)) / 2);
    } finally {
      mirrored.dispose();
    }
  };

  return {
    find: async ({ rgb, width, height }, everybody = false) => {
      const picture = core.tensor3d(new Int32Array(rgb), [height, width, 3], 'int32');
      /** Cuts out a part of the picture and gives its memory back: WebAssembly has no garbage collector. */
      const within = async <Result>({ box }: Detection, work: (face: Core.Tensor3D) => Promise<Result>) => {
        const part = cutOut({ rgb, width, height }, box);
        if (part.rgb.length === 0) return null;
        const face = core.tensor3d(part.rgb, [part.height, part.width, 3], 'int32');
        try {
          return await work(face);
        } finally {
          face.dispose();
        }
      };
      try {
        const nearFaces = await tinyFaceDetector.locateFaces(picture, near);
        const farFaces = everybody || nearFaces.length === 0 ? await tinyFaceDetector.locateFaces(picture, far) : [];
        const first = largestOf(nearFaces) ?? largestOf(farFaces);
        if (!first) return { count: 0, largest: null, descriptor: null };
        const least = LEAST_PART_OF_LARGEST * first.box.width;
        const count = Math.max(
          ...[nearFaces, farFaces].map((all) => all.filter(({ box }) => box.width >= least).length),
        );
        const raw = await within(first, (face) => faceLandmark68Net.detectLandmarks(face));
        if (!raw) return { count: 0, largest: null, descriptor: null };
        const { landmarks, alignedRect } = faceApi.extendWithFaceLandmarks({ detection: first }, raw);
        const descriptor = count === 1 ? await within(alignedRect, describe) : null;
        const { x, y, width: boxWidth, height: boxHeight } = alignedRect.box;
        return {
          count,
          largest: {
            box: { x, y, width: boxWidth, height: boxHeight },
            landmarks: landmarks.positions.map((point) => ({ x: point.x, y: point.y })),
          },
          descriptor,
        };
      } finally {
        picture.dispose();
      }
    },
  };
}

/** What of the box lies inside the picture. By rows: the backend's own cutting makes a view per pixel. */
function cutOut(picture: Pixels, box: Box): { rgb: Int32Array; width: number; height: number } {
  const x = Math.floor(Math.max(0, box.x));
  const y = Math.floor(Math.max(0, box.y));
  const width = Math.floor(Math.min(box.x + box.width, picture.width) - Math.max(0, box.x));
  const height = Math.floor(Math.min(box.y + box.height, picture.height) - Math.max(0, box.y));
  if (width <= 0 || height <= 0) return { rgb: new Int32Array(), width: 0, height: 0 };
  const rgb = new Int32Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * picture.width + x) * 3;
    rgb.set(picture.rgb.subarray(from, from + width * 3), row * width * 3);
  }
  return { rgb, width, height };
}

const largestOf = (faces: readonly Detection[]): Detection | undefined =>
  faces.toSorted((a, b) => b.box.width - a.box.width)[0];

function requireEngine(): { core: typeof Core; faceApi: FaceApi; modelFolder: string } {
  const require = createRequire(import.meta.url);
  const core = require('@tensorflow/tfjs-core') as typeof Core;
  addTensorMethods(core);
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  // The one file for Node with this backend asks for the big package; the core is all it uses.
  const hooks = registerHooks({
    resolve: (name, context, next) => next(name === '@tensorflow/tfjs' ? '@tensorflow/tfjs-core' : name, context),
  });
  try {
    const faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi;
    const modelFolder = `${dirname(require.resolve('@vladmandic/face-api/package.json'))}/model`;
    return { core, faceApi, modelFolder };
  } finally {
    hooks.deregister();
  }
}
