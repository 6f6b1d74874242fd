import { posix } from 'node:path';
import { IMPORT_LIMITS } from '../files/import-limits.ts';
import { ImportRefused } from '../files/import-refused.ts';
import { readXml } from '../files/read-xml.ts';
import type { ZipPackage } from '../files/zip-package.ts';

const WORKBOOK = 'xl/workbook.xml';
const MOST_SHEETS = 50;

export interface WorkbookParts {
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly isDate1904: boolean;
  readonly stylesPath: string | null;
  readonly stringsPath: string | null;
}

export const isWorkbook = (zip: ZipPackage): boolean => zip.has(WORKBOOK);

/** Where the parts of a workbook lie. */
export async function findWorkbookParts(zip: ZipPackage): Promise<WorkbookParts> {
  const named: { name: string; id: string }[] = [];
  let isDate1904 = false;
  await readXml(zip.chunks(WORKBOOK), WORKBOOK, {
    open(name, attributes) {
      if (name === 'sheet') named.push({ name: attributes['name'] ?? '', id: idOf(attributes) });
      if (name === 'workbookPr') isDate1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
    },
  });
  const targets = new Map<string, string>();
  let stylesPath: string | null = null;
  let stringsPath: string | null = null;
  const relations = 'xl/_rels/workbook.xml.rels';
  if (!zip.has(relations)) throw new ImportRefused('zip-broken');
  await readXml(zip.chunks(relations), relations, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const path = posix.normalize(posix.join('/xl', attributes['Target'] ?? '')).slice(1);
      const absolute = (attributes['Target'] ?? '').startsWith('/') ? (attributes['Target'] ?? '').slice(1) : path;
      const type = attributes['Type'] ?? '';
      if (!zip.has(absolute)) return;
      if (type.endsWith('/worksheet')) targets.set(attributes['Id'] ?? '', absolute);
      if (type.endsWith('/styles')) stylesPath = absolute;
      if (type.endsWith('/sharedStrings')) stringsPath = absolute;
    },
  });
  const sheets = named.slice(0, MOST_SHEETS).flatMap(({ name, id }) => {
    const path = targets.get(id);
    return path === undefined ? [] : [{ name, path }];
  });
  return { sheets, isDate1904, stylesPath, stringsPath };
}

/** `r:id`, whatever the prefix is called. */
const idOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** Texts that cells point to. Readings above characters (`rPh`) are no part of them. */
export async function readSharedStrings(zip: ZipPackage, path: string): Promise<readonly string[]> {
  const strings: string[] = [];
  let current = '';
  let isText = false;
  let isReading = false;
  let chars = 0;
  await readXml(zip.chunks(path), path, {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') isReading = true;
      if (name === 't') isText = !isReading;
    },
    text(text) {
      if (!isText) return;
      chars += text.length;
      if (chars > IMPORT_LIMITS.sharedChars) throw new ImportRefused('zip-bomb');
      current += text;
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isReading = false;
      if (name !== 'si') return;
      strings.push(unescapeSheetText(current));
      if (strings.length > IMPORT_LIMITS.cells)
        throw new ImportRefused('too-many-cells', { most: IMPORT_LIMITS.cells });
    },
  });
  return strings;
}

/** Formats that Excel has built in for days, China's among them. */
const builtIn = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
/** Outside of quotes and colours, a format of a day has a year or a day in it. */
const isDayFormat = (format: string): boolean => /[yd]/i.test(format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** Numbers of the styles that show a day. */
export async function readDateStyles(zip: ZipPackage, path: string): Promise<ReadonlySet<number>> {
  const dayFormats = new Set(builtIn);
  const styles = new Set<number>();
  let isCellStyles = false;
  let index = 0;
  await readXml(zip.chunks(path), path, {
    open(name, attributes) {
      if (name === 'numFmt' && isDayFormat(attributes['formatCode'] ?? ''))
        dayFormats.add(Number(attributes['numFmtId']));
      if (name === 'cellXfs') isCellStyles = true;
      if (name !== 'xf' || !isCellStyles) return;
      if (dayFormats.has(Number(attributes['numFmtId'] ?? 0))) styles.add(index);
      index += 1;
    },
    close(name) {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return styles;
}

/** `_x000D_` stands for a character that XML does not allow; an underscore that only looks so is `_x005F_`. */
export const unescapeSheetText = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

export const escapeSheetText = (text: string): string => text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
