import { type CellTrouble, type MergedRange, type SheetCell, type SheetGrid, type SheetRow } from '@antu/domain';
import { IMPORT_LIMITS } from '../files/import-limits.ts';
import { ImportRefused } from '../files/import-refused.ts';
import { readXml } from '../files/read-xml.ts';
import type { ZipPackage } from '../files/zip-package.ts';
import { parseAddress, parseRange, serialDay } from './sheet-address.ts';
import { findWorkbookParts, readDateStyles, readSharedStrings, unescapeSheetText } from './workbook-parts.ts';

/**
 * Reads the sheets of an .xlsx file by their XML rather than with a library: none at hand stops at a number of cells or unfolded
 * bytes, or tells merged cells and formulas without a saved result while it streams.
 */
export async function readWorkbook(zip: ZipPackage): Promise<readonly SheetGrid[]> {
  const { sheets, isDate1904, stylesPath, stringsPath } = await findWorkbookParts(zip);
  const strings = stringsPath ? await readSharedStrings(zip, stringsPath) : [];
  const dateStyles = stylesPath ? await readDateStyles(zip, stylesPath) : new Set<number>();
  const room = { rows: IMPORT_LIMITS.rows as number, cells: IMPORT_LIMITS.cells as number };
  const grids: SheetGrid[] = [];
  for (const { name, path } of sheets) {
    const reader = new SheetReader(name, { strings, dateStyles, isDate1904, room });
    await readXml(zip.chunks(path), path, reader);
    grids.push(reader.grid());
  }
  return grids;
}

interface Workbook {
  readonly strings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly isDate1904: boolean;
  /** What is left of the limits, over all sheets. */
  readonly room: { rows: number; cells: number };
}

class SheetReader {
  readonly #name: string;
  readonly #workbook: Workbook;
  readonly #rows: SheetRow[] = [];
  readonly #merges: MergedRange[] = [];
  #row = 0;
  #column = -1;
  #cells = new Map<number, SheetCell>();
  #type = '';
  #style = 0;
  #value: string | null = null;
  #hasFormula = false;
  #into: 'value' | 'inline' | null = null;

  constructor(name: string, workbook: Workbook) {
    this.#name = name;
    this.#workbook = workbook;
  }

  grid = (): SheetGrid => ({ name: this.#name, rows: this.#rows, merges: this.#merges });

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      const row = Number(attributes['r'] ?? this.#row + 1);
      this.#row = Number.isInteger(row) && row > 0 ? row : this.#row + 1;
      this.#column = -1;
      this.#cells = new Map();
    } else if (name === 'c') {
      this.#column = parseAddress(attributes['r'] ?? '')?.column ?? this.#column + 1;
      this.#type = attributes['t'] ?? 'n';
      this.#style = Number(attributes['s'] ?? 0);
      this.#value = null;
      this.#hasFormula = false;
    } else if (name === 'f') this.#hasFormula = true;
    else if (name === 'v') this.#into = 'value';
    else if (name === 't') this.#into = 'inline';
    else if (name === 'rPh') this.#into = null;
    else if (name === 'mergeCell') this.#merge(attributes['ref'] ?? '');
  }

  text(text: string): void {
    if (this.#into !== null) this.#value = (this.#value ?? '') + text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#into = null;
    else if (name === 'c') this.#endCell();
    else if (name === 'row' && this.#cells.size > 0) {
      this.#workbook.room.rows -= 1;
      if (this.#workbook.room.rows < 0) throw new ImportRefused('too-many-rows', { most: IMPORT_LIMITS.rows });
      this.#rows.push({ row: this.#row, cells: this.#cells });
    }
  }

  #merge(reference: string): void {
    const range = parseRange(reference);
    if (range && this.#merges.length < IMPORT_LIMITS.merges) this.#merges.push(range);
  }

  #endCell(): void {
    const cell = this.#cell();
    if (cell.text.trim() === '' && cell.trouble === undefined) return;
    this.#workbook.room.cells -= 1;
    if (this.#workbook.room.cells < 0) throw new ImportRefused('too-many-cells', { most: IMPORT_LIMITS.cells });
    this.#cells.set(this.#column, cell);
  }

  #cell(): SheetCell {
    const value = this.#value;
    const trouble = (code: CellTrouble, text: string): SheetCell => ({ text, trouble: code });
    if (this.#type === 'e') return trouble('cell-error', value ?? '');
    if (this.#hasFormula && (value === null || value === '')) return trouble('formula-without-value', '');
    const text = this.#text(value ?? '');
    return this.#hasFormula ? trouble('formula-value', text) : { text };
  }

  #text(value: string): string {
    if (this.#type === 's') return this.#workbook.strings[Number(value)] ?? '';
    if (this.#type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (this.#type === 'str' || this.#type === 'inlineStr' || this.#type === 'd') return unescapeSheetText(value);
    if (value.trim() === '') return '';
    const number = Number(value);
    if (!Number.isFinite(number)) return value;
    return this.#workbook.dateStyles.has(this.#style) ? serialDay(number, this.#workbook.isDate1904) : String(number);
  }
}
