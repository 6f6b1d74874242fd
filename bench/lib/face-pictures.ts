import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { findFaces } from '../../apps/server/src/modules/identity/testing/faces.ts';
import { fetchAstronaut } from './astronaut.ts';

export type FacePicture = {
  name: string;
  person: string;
  /** The file it was made of. */
  source: string;
  /** What was done to it; `as it is` for the file itself. */
  change: string;
  bytes: Buffer;
};

type Change = (picture: Sharp) => Sharp;
/** As it is, and as cameras and hands deliver it. */
const changes: Readonly<Record<string, Change>> = {
  'as it is': (picture) => picture,
  mirrored: (picture) => picture.flop(),
  dimmed: (picture) => picture.linear(0.4, 0),
  bright: (picture) => picture.linear(1.35, 10),
  'half size': (picture) => picture.resize(320, 320, { fit: 'inside' }),
  'slight blur': (picture) => picture.blur(1.2),
  'poor JPEG': (picture) => picture.jpeg({ quality: 25 }),
};

/** Every portrait there is with its changed copies. @param directory for what has to be fetched */
export async function collectFacePictures(directory: string): Promise<FacePicture[]> {
  const pictures: FacePicture[] = [];
  for (const { person, path, bytes } of await findPortraits(directory)) {
    // The same size for all, so that a blur is the same blur.
    const base = await sharp(bytes)
      .resize(640, 640, { fit: 'inside', withoutEnlargement: true })
      .flatten()
      .png()
      .toBuffer();
    for (const [change, apply] of Object.entries(changes)) {
      const changed = apply(sharp(base));
      const copy = change === 'poor JPEG' ? await changed.toBuffer() : await changed.png().toBuffer();
      pictures.push({ name: `${path} ${change}`, person, source: path, change, bytes: copy });
    }
  }
  return pictures;
}

async function findPortraits(directory: string): Promise<{ person: string; path: string; bytes: Buffer }[]> {
  const faces = findFaces();
  if (!faces) {
    const astronaut = await fetchAstronaut(directory);
    return astronaut ? [{ person: 'C', path: 'astronaut.png', bytes: astronaut }] : [];
  }
  const files: [string, string][] = [
    ['A', faces.personA[0]],
    ['A', faces.personA[1]],
    ['B', faces.personB[0]],
    ['B', faces.personB[1]],
    ['C', faces.personC],
  ];
  return Promise.all(
    files.map(async ([person, path]) => ({ person, path: basename(path), bytes: await readFile(path) })),
  );
}
