import sharp from 'sharp';
import type { Pixels } from './face-models.ts';

export const mostPictureBytes = 4 * 1024 * 1024;
/** What telephones call 12 megapixels is 4032 x 3024, a little more than twelve million. */
export const mostPicturePixels = 12_500_000;
/** Longer side of the picture that is analysed, px. */
export const analysedSidePx = 640;
const MOST_SECONDS = 5;

/** The bytes are no picture that we take: foreign format, broken, too large. */
export class UnreadablePicture extends Error {}

// Only these three ever see foreign bytes, whatever else the library could open (SVG, PDF, TIFF …).
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

/**
 * Opens JPEG, PNG or WebP, turned upright, without transparency, its longer side at most 640 px; of several pages the first.
 * Throws `UnreadablePicture` for everything else. Metadata beside the orientation is not looked at.
 * TRAP: what it sets is set for the whole process: only for processes that open nothing but faces.
 */
export async function decodePicture(bytes: Uint8Array): Promise<Pixels> {
  if (bytes.length > mostPictureBytes) throw new UnreadablePicture('too many bytes');
  if (!isKnownFormat(bytes)) throw new UnreadablePicture('neither JPEG nor PNG nor WebP');
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPicturePixels, pages: 1, failOn: 'error' })
      .timeout({ seconds: MOST_SECONDS })
      .autoOrient()
      .flatten({ background: '#808080' })
      .resize(analysedSidePx, analysedSidePx, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new UnreadablePicture(`${info.channels} channels`);
    return { rgb: data, width: info.width, height: info.height };
  } catch (cause) {
    throw cause instanceof UnreadablePicture ? cause : new UnreadablePicture('does not open', { cause });
  }
}

/** By the first bytes; a name or a declared type proves nothing. */
export function isKnownFormat(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString('latin1');
  return (
    start.startsWith('\xff\xd8\xff') ||
    start.startsWith('\x89PNG\r\n\x1a\n') ||
    (start.startsWith('RIFF') && start.slice(8) === 'WEBP')
  );
}
