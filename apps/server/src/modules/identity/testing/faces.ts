import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../../../platform/paths.ts';

/** Real portraits outside the repository; they must never be copied into it. */
export type Faces = {
  readonly folder: string;
  /** Two pictures of one person; the second laughs and is turned a little. */
  readonly personA: readonly [string, string];
  /** Two pictures of another person; the face of the first is small. */
  readonly personB: readonly [string, string];
  /** A third person, whose face is too small to be enrolled. */
  readonly personC: string;
};

/**
 * Paths of the portraits in ANTU_FACES or in `../shared/faces` beside the checkout, or null where there are none: tests that need
 * them are skipped then (`it.skipIf(faces === null)`).
 */
export function findFaces(): Faces | null {
  const folder = process.env.ANTU_FACES ?? join(rootDir, '..', 'shared', 'faces');
  const faces: Faces = {
    folder,
    personA: [join(folder, 'person-a-1.jpg'), join(folder, 'person-a-2.jpg')],
    personB: [join(folder, 'person-b-1.jpg'), join(folder, 'person-b-2.jpg')],
    personC: join(folder, 'collins-1.png'),
  };
  const all = [...faces.personA, ...faces.personB, faces.personC];
  return all.every((path) => existsSync(path)) ? faces : null;
}
