import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { FrameSize } from './portrait.ts';

const ofColour = ({ width, height }: FrameSize, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 90, g: 120, b: 150, alpha: 0.5 } } });
const small = { width: 320, height: 240 };

export const plainJpeg = (): Promise<Buffer> => ofColour(small).jpeg().toBuffer();

/** Something drawn: a house under a sun, and no face. */
export function drawing(): Promise<Buffer> {
  const { width, height } = { width: 480, height: 640 };
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isSun = Math.hypot(x - 380, y - 110) < 60;
      const isWall = x > 110 && x < 330 && y > 330 && y < 520;
      const isRoof = y <= 330 && y > 220 + Math.abs(x - 220);
      const colour = isSun
        ? [250, 220, 80]
        : isWall
          ? [190, 90, 70]
          : isRoof
            ? [80, 50, 50]
            : [120, 150 + y / 8, 210 - y / 5];
      pixels.set(colour, (y * width + x) * 3);
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** Half of a JPEG full of detail. */
export async function truncatedJpeg(): Promise<Buffer> {
  const whole = await noisy(small).jpeg().toBuffer();
  return whole.subarray(0, whole.length / 2);
}

/** A PNG of a few hundred bytes that claims to be so large, with hardly any pixels behind the claim. */
export function boastfulPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return pngOf([
    ['IHDR', header],
    ['IDAT', deflateSync(Buffer.alloc(10_000))],
    ['IEND', Buffer.alloc(0)],
  ]);
}

/** A PNG whose pixels are all there: some kilobytes that unfold into 45 MB. */
export const unfoldingPng = (): Promise<Buffer> => ofColour({ width: 5000, height: 3000 }).png().toBuffer();

/** A small PNG with a compressed comment of 200 MB. */
export async function talkativePng(): Promise<Buffer> {
  const picture = await ofColour(small).png().toBuffer();
  const comment = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(200_000_000))]);
  const header = 8 + 25;
  return Buffer.concat([picture.subarray(0, header), chunkOf('zTXt', comment), picture.subarray(header)]);
}

/** A JPEG with as much EXIF as three megabytes hold: 45 segments of random bytes behind a valid beginning. */
export async function wordyJpeg(): Promise<Buffer> {
  const picture = await plainJpeg();
  const segments = Array.from({ length: 45 }, () => {
    const body = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'), randomBytes(65_000)]);
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([picture.subarray(0, 2), ...segments, picture.subarray(2)]);
}

/** Three pages of different colours. */
export async function animatedWebp(): Promise<Buffer> {
  const { width, height } = small;
  const raw = Buffer.concat([40, 120, 220].map((level) => Buffer.alloc(width * height * 3, level)));
  return sharp(raw, { raw: { width, height: height * 3, channels: 3, pageHeight: height } })
    .webp({ loop: 0, delay: [100, 100, 100] })
    .toBuffer();
}

/** Other forms of good pictures. */
export const unusualPictures: readonly [string, () => Promise<Buffer>][] = [
  ['half transparent PNG', () => ofColour(small, 4).png().toBuffer()],
  ['grey PNG', () => ofColour(small).toColourspace('b-w').png().toBuffer()],
  ['grey JPEG', () => ofColour(small).toColourspace('b-w').jpeg().toBuffer()],
  ['PNG of 16 bits', () => ofColour(small).toColourspace('rgb16').png().toBuffer()],
  ['PNG with a palette', () => ofColour(small).png({ palette: true }).toBuffer()],
  ['JPEG in print colours', () => ofColour(small).toColourspace('cmyk').jpeg().toBuffer()],
  ['progressive JPEG', () => noisy(small).jpeg({ progressive: true }).toBuffer()],
  ['lossless WebP', () => noisy(small).webp({ lossless: true }).toBuffer()],
  ['JPEG of one pixel', () => ofColour({ width: 1, height: 1 }).jpeg().toBuffer()],
  ['PNG of 4000 x 1 pixels', () => ofColour({ width: 4000, height: 1 }).png().toBuffer()],
];

/** What begins like a picture and is none, or is a picture that nobody asked for. */
export const foreignBytes: readonly [string, Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from([0xff])],
  ['text with the name of a picture', Buffer.from('This is not a picture, whatever face.jpg says. '.repeat(20))],
  ['an empty JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  ['the beginning of a PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['the beginning of a WebP', Buffer.from('RIFF\xff\xff\xff\x7fWEBPVP8 ', 'latin1')],
  ['noise behind the beginning of a JPEG', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(50_000)])],
  [
    'noise behind the beginning of a WebP',
    Buffer.concat([Buffer.from('RIFF\x00\x00\x01\x00WEBP', 'latin1'), randomBytes(9_000)]),
  ],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300"/></svg>')],
  [
    'GIF',
    Buffer.from(
      'GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;',
      'latin1',
    ),
  ],
  ['PDF', Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\n')],
];

function noisy({ width, height }: FrameSize) {
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
}

function pngOf(chunks: readonly [string, Buffer][]): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunks.map(([type, body]) => chunkOf(type, body)),
  ]);
}

function chunkOf(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
