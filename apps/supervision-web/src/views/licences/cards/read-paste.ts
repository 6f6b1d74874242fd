import type { CarriedCard } from '@antu/contract';

export const cardColumns = [
  'idNumber',
  'category',
  'medium',
  'cardNumber',
  'firstIssuedOn',
  'validFrom',
  'validUntil',
] as const satisfies readonly (keyof CarriedCard)[];

/** Rows of a spreadsheet as the clipboard has them: a line each, cells apart by tabs (or commas). A line of headings is left out. */
export function readPaste(text: string): CarriedCard[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines
    .map((line) => line.split(line.includes('\t') ? '\t' : /[,，]/).map((cell) => cell.trim().replace(/^["']|"$/g, '')))
    .filter((cells, at) => at > 0 || /\d/.test(cells[0] ?? ''))
    .map((cells) => Object.fromEntries(cardColumns.map((name, at) => [name, cells[at] ?? ''])) as CarriedCard);
}
