import type { Readable } from 'node:stream';
import {
  type ExportedQuestion,
  type QuestionFile,
  questionFiles,
  writeItem,
  writeManifest,
  type WrittenItem,
  writeTest,
  writeXml,
} from '@antu/domain';
import { ZipFile } from 'yazl';

/** Bytes of a picture or video of the bank, opened when its turn comes. */
export interface PackageFile {
  /** Ending of its name, with the dot. */
  readonly extension: string;
  open(): Promise<Readable>;
}

/** A time for every entry: the same bank gives the same package. */
const MTIME = new Date('2026-01-01T00:00:00Z');

/**
 * A bank as a QTI 3.0 package: an item for each question, a test that asks all, pictures and videos, and a manifest whose metadata
 * carries what QTI has no place for.
 * @param files of the bank by id; what is missing is left out of the package, and its item shows its description
 */
export function writePackage(
  questions: readonly ExportedQuestion[],
  title: string,
  files: ReadonlyMap<string, PackageFile>,
): Readable {
  const zip = new ZipFile();
  const pathOf = ({ fileId }: QuestionFile): string => `files/${fileId}${files.get(fileId)?.extension ?? ''}`;
  const items = questions.map((exported, index): WrittenItem => {
    const identifier = `ITEM_${index + 1}`;
    const fileHrefs = questionFiles(exported.question).map((file) => pathOf(file));
    return { identifier, href: `items/${identifier}.xml`, exported, fileHrefs };
  });
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name, { mtime: MTIME });
  add('imsmanifest.xml', writeXml(writeManifest(items, title)));
  add('test.xml', writeXml(writeTest(items, title)));
  for (const { identifier, href, exported } of items)
    add(href, writeXml(writeItem(exported, identifier, (file) => `../${pathOf(file)}`)));
  const written = new Set<string>();
  for (const file of questions.flatMap(({ question }) => questionFiles(question))) {
    const known = files.get(file.fileId);
    if (!known || written.has(file.fileId)) continue;
    written.add(file.fileId);
    // Pictures and videos are packed already.
    zip.addReadStreamLazy(pathOf(file), { mtime: MTIME, compress: false }, (give) => {
      known.open().then(
        (stream) => give(null, stream),
        (error: unknown) => give(error, undefined as never),
      );
    });
  }
  zip.end();
  return zip.outputStream as Readable;
}
