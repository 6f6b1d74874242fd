import sharp from 'sharp';
import { AppError } from '../../../../platform/errors.ts';

/** What is kept of an upload. */
export interface KeepableFile {
  readonly kind: 'picture' | 'video';
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A small file that unfolds into a huge picture is refused. */
const MOST_PIXELS = 25_000_000;
/** Enough for a traffic scene on a laptop, little for a telephone. */
const LONGEST_SIDE_PX = 1280;

/** What a file is by its first bytes; the file's name and the browser's type prove nothing. */
export type SniffedFile = { kind: 'picture'; isDrawing: boolean } | { kind: 'video'; contentType: string };

export function sniffKind(bytes: Buffer): SniffedFile | undefined {
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\xff\xd8\xff') || /^RIFF[^]{4}WEBP$/.test(head)) return { kind: 'picture', isDrawing: false };
  if (head.startsWith('\x89PNG\r\n\x1a\n') || /^GIF8[79]a/.test(head)) return { kind: 'picture', isDrawing: true };
  if (head.slice(4, 8) === 'ftyp') return { kind: 'video', contentType: 'video/mp4' };
  if (head.startsWith('\x1aE\xdf\xa3')) return { kind: 'video', contentType: 'video/webm' };
  return undefined;
}

/** The file as it is kept. Drawings stay sharp as PNG, photographs become JPEG; videos are kept as they are. */
export async function keepable(bytes: Buffer): Promise<KeepableFile> {
  const sniffed = sniffKind(bytes);
  if (sniffed === undefined) throw new AppError('questions.file_unknown');
  if (sniffed.kind === 'video') return { ...sniffed, bytes };
  const { isDrawing } = sniffed;
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: LONGEST_SIDE_PX, height: LONGEST_SIDE_PX, fit: 'inside', withoutEnlargement: true });
    const drawn = isDrawing
      ? await picture.png({ palette: true }).toBuffer()
      : await picture.flatten({ background: '#ffffff' }).jpeg({ quality: 85 }).toBuffer();
    return { kind: 'picture', contentType: isDrawing ? 'image/png' : 'image/jpeg', bytes: drawn };
  } catch (cause) {
    throw new AppError('questions.file_broken', {}, { cause });
  }
}
