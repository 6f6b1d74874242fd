import { posix } from 'node:path';
import {
  brokenItem,
  type DraftRow,
  draftOfItem,
  importProblem,
  type ManifestItem,
  readManifest,
  readTestItems,
  type ReadResult,
} from '@antu/domain';
import { IMPORT_LIMITS } from '../files/import-limits.ts';
import { ImportRefused } from '../files/import-refused.ts';
import { readXmlTree } from '../files/read-xml.ts';
import type { ZipPackage } from '../files/zip-package.ts';

const MANIFEST = 'imsmanifest.xml';
const MANIFEST_BYTES = 16 * 1024 * 1024;

/** The manifest of a QTI package, also where everything was put in a folder. */
export const manifestOf = (zip: ZipPackage): string | undefined =>
  zip.has(MANIFEST) ? MANIFEST : zip.names.find((name) => /^[^/]+\/imsmanifest\.xml$/.test(name));

/** Id that a picture had where the package was exported, by its path in the package. */
export type PackageFileIds = Record<string, string>;

/** Questions of a QTI package, in the order of its tests, then of its manifest. */
export async function readPackage(
  zip: ZipPackage,
  manifestPath: string,
): Promise<ReadResult & { readonly fileIds: PackageFileIds }> {
  const manifest = readManifest(await readXmlTree(await zip.read(manifestPath, MANIFEST_BYTES), manifestPath));
  const base = posix.dirname(manifestPath);
  if (manifest.items.length > IMPORT_LIMITS.questions)
    throw new ImportRefused('too-many-questions', { most: IMPORT_LIMITS.questions });
  const items = await inTestOrder(zip, base, manifest.items, manifest.testHrefs);
  const knownIds = new Map<string, string>();
  const drafts: DraftRow[] = [];
  for (const [index, item] of items.entries()) drafts.push(await readOne(zip, base, item, index + 1, knownIds));
  return { drafts, notes: [], fileIds: Object.fromEntries(knownIds) };
}

async function inTestOrder(
  zip: ZipPackage,
  base: string,
  items: readonly ManifestItem[],
  testHrefs: readonly string[],
): Promise<readonly ManifestItem[]> {
  const places = new Map<string, number>();
  for (const href of testHrefs) {
    const path = resolveIn(base, href);
    if (path === null || !zip.has(path)) continue;
    const test = await readXmlTree(await zip.read(path, MANIFEST_BYTES), path);
    for (const itemHref of readTestItems(test)) {
      const item = resolveIn(posix.dirname(path), itemHref);
      if (item !== null && !places.has(item)) places.set(item, places.size);
    }
  }
  const placeOf = ({ href }: ManifestItem): number => places.get(resolveIn(base, href) ?? '') ?? places.size;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

/** A path below the package, or null for an address that leads out of it. */
export function resolveIn(folder: string, href: string): string | null {
  let path = href.split(/[?#]/)[0] ?? '';
  try {
    path = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (path === '' || /^[a-z][a-z0-9+.-]*:|^\/|\\/i.test(path)) return null;
  const resolved = posix.normalize(posix.join(folder, path));
  return resolved.startsWith('../') || resolved === '..' ? null : resolved;
}

async function readOne(
  zip: ZipPackage,
  base: string,
  { href, facts }: ManifestItem,
  number: number,
  knownIds: Map<string, string>,
): Promise<DraftRow> {
  const place = { file: href, row: number };
  const path = resolveIn(base, href);
  if (path === null || !zip.has(path))
    return brokenItem(place, importProblem({ place }, 'item-missing', null, { found: href }));
  try {
    const tree = await readXmlTree(await zip.read(path, IMPORT_LIMITS.itemBytes), path);
    const folder = posix.dirname(path);
    const resolve = (address: string): string | null => {
      const file = resolveIn(folder, address);
      return file !== null && zip.has(file) ? file : null;
    };
    return draftOfItem(tree, place, facts, { resolve, knownIds });
  } catch (error) {
    // One broken item is a row with a problem; what endangers the server stops the file.
    if (!(error instanceof ImportRefused) || error.refusal.code.startsWith('zip-')) throw error;
    return brokenItem(place, importProblem({ place }, 'item-broken', null, { found: error.refusal.zh }));
  }
}
