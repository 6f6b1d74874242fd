import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** A picture as it arrived. */
export type ArrivedPicture = { bytes: Buffer; sha256Hex: string };

/** More pixels than any telephone takes: a small file that unfolds into a huge picture is refused. */
const MOST_PIXELS = 25_000_000;
/** Enough to recognise a person and to read a card. */
const LONGEST_SIDE_PX = 1280;

/** Bytes and hash of a picture that the contract's schema let through. */
export function arrivedPicture(base64: string): ArrivedPicture {
  const bytes = Buffer.from(base64, 'base64');
  return { bytes, sha256Hex: createHash('sha256').update(bytes).digest('hex') };
}

/** Whether the bytes begin as JPEG, PNG or WebP do. */
export function looksLikePicture(bytes: Buffer): boolean {
  if (bytes.length < 64) return false;
  const head = bytes.toString('latin1', 0, 12);
  return head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n') || /^RIFF[^]{4}WEBP$/.test(head);
}

/**
 * The picture as it is kept and shown: JPEG, upright, at most 1280 px, without whatever the camera wrote into it (place, device,
 * thumbnails). Undefined if the bytes are no picture.
 */
export async function toKeptJpeg(bytes: Buffer): Promise<Buffer | undefined> {
  if (!looksLikePicture(bytes)) return undefined;
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: LONGEST_SIDE_PX, height: LONGEST_SIDE_PX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .toBuffer();
  } catch {
    return undefined;
  }
}
