/** How wide a picture is looked at: enough for a code that fills a third of it, and quick on a cheap phone. */
const MOST_PIXELS = 1000;

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
declare global {
  var BarcodeDetector:
    | { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> }
    | undefined;
}

let detector: Promise<Detector | undefined> | undefined;

/** The browser's own reader where there is one (Android), which is much faster than ours. */
async function openDetector(): Promise<Detector | undefined> {
  const Native = globalThis.BarcodeDetector;
  if (!Native || !(await Native.getSupportedFormats()).includes('qr_code')) return undefined;
  return new Native({ formats: ['qr_code'] });
}

/** The text of a QR code in a picture or in the frame of a video now; null if none is seen. */
export async function readQr(source: HTMLVideoElement | ImageBitmap): Promise<string | null> {
  detector ??= openDetector().catch(() => undefined);
  const native = await detector;
  if (native) {
    const [found] = await native.detect(source).catch(() => []);
    return found?.rawValue ?? null;
  }
  const image = pixelsOf(source);
  if (!image) return null;
  const { default: decode } = await import('qr/decode.js');
  try {
    return decode(image);
  } catch {
    // It throws for whatever is no code.
    return null;
  }
}

function pixelsOf(source: HTMLVideoElement | ImageBitmap): ImageData | undefined {
  const [width, height] =
    source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height);
}
