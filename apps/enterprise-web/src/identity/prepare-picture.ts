/** Longer side of a picture that is sent, px: large enough for every measure, small enough for the limit of the server. */
export const LONGEST_PX = 1280;
/** More is not decoded here: the tab would run out of memory. */
const MOST_FILE_BYTES = 25 * 1024 * 1024;
const MOST_PIXELS = 80_000_000;
const QUALITY = 0.92;

/** A picture ready to be looked at and sent: base64 of a JPEG, upright whatever the camera noted. */
export interface PreparedPicture {
  readonly base64: string;
  readonly dataUrl: string;
}

/** A file that is no picture this browser can read, or one that is too large to try. */
export class PictureFileError extends Error {
  readonly problem: 'unreadable' | 'too-big';

  constructor(problem: 'unreadable' | 'too-big') {
    super(`picture: ${problem}`);
    this.name = 'PictureFileError';
    this.problem = problem;
  }
}

/** Size of a picture whose longer side is at most `longestPx`; small ones stay as they are. */
export function fitted(width: number, height: number, longestPx: number): { width: number; height: number } {
  const scale = Math.min(1, longestPx / Math.max(1, width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export const asPicture = (base64: string): PreparedPicture => ({
  base64,
  dataUrl: `data:image/jpeg;base64,${base64}`,
});

/** Reads a photo from a file, turns it upright and makes it small enough. Throws PictureFileError. */
export async function pictureOfFile(file: Blob): Promise<PreparedPicture> {
  if (file.size > MOST_FILE_BYTES) throw new PictureFileError('too-big');
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {
      throw new PictureFileError('unreadable');
    });
    if (image.naturalWidth * image.naturalHeight > MOST_PIXELS) throw new PictureFileError('too-big');
    return drawn(image);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Drawing an `<img>` turns it upright in every browser; an image bitmap does not in older ones. */
function drawn(image: HTMLImageElement): PreparedPicture {
  const canvas = document.createElement('canvas');
  const { width, height } = fitted(image.naturalWidth, image.naturalHeight, LONGEST_PX);
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new PictureFileError('unreadable');
  // A transparent ground would turn black in a JPEG.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  const [, base64 = ''] = canvas.toDataURL('image/jpeg', QUALITY).split(',');
  if (base64 === '') throw new PictureFileError('unreadable');
  return asPicture(base64);
}
