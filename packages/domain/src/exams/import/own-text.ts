import { escapeText, unescapeText } from './clean-text.ts';
import { type ImportCells, type ImportColumn, importColumns, type RawRow } from './draft-row.ts';
import { kindNames, PART_PREFIX } from './kind-words.ts';
import { columnNames } from './sheet-columns.ts';
import { type ExportedQuestion, writeCells } from './write-cells.ts';

/** First line of an exported text: what follows is read mark by mark, without guessing. */
export const OWN_TEXT_MARK = '安途题库文本 1';
const note =
  '每题一段：题号、【题型】和题干一行，选项、答案、解析等各占一行；内容里的换行写作 \\n，反斜杠写作 \\\\。改好后可以原样导入。';

const optionColumns = new Set<ImportColumn>(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
const lineColumns = importColumns.filter((column) => column !== 'kind' && column !== 'stem');
const byName = new Map(Object.entries(columnNames).map(([column, name]) => [name, column as ImportColumn]));

/** A bank as text: people can read it and print it, and `readOwnText` gives back exactly the same cells. */
export function writeText(questions: Iterable<ExportedQuestion>): string {
  const blocks: string[] = [`${OWN_TEXT_MARK}\n${note}`];
  let number = 0;
  for (const question of questions) {
    number += 1;
    blocks.push(
      writeCells(question)
        .map((cells, part) => writeBlock(cells, part === 0 ? `${number}、` : `（${part}）`))
        .join('\n'),
    );
  }
  return `${blocks.join('\n\n')}\n`;
}

function writeBlock(cells: ImportCells, mark: string): string {
  const lines = [`${mark}【${cells.kind ?? ''}】${escapeText(cells.stem ?? '')}`];
  for (const column of lineColumns) {
    const text = cells[column];
    if (text === undefined) continue;
    const label = optionColumns.has(column) ? `${column}、` : `【${columnNames[column]}】`;
    lines.push(`${label}${escapeText(text)}`);
  }
  return lines.join('\n');
}

const kinds = [...Object.values(kindNames), ...Object.values(kindNames).map((name) => `${PART_PREFIX}${name}`)].join(
  '|',
);
const start = new RegExp(`^(?:\\d+、|（\\d+）)【(${kinds})】(.*)$`);
const option = /^([A-H])、(.*)$/;
const field = /^【([^】]+)】(.*)$/;

export const isOwnText = (lines: readonly string[]): boolean => lines[0]?.trim() === OWN_TEXT_MARK;

/** Rows of an exported text, with the lines that are none of its marks. */
export function readOwnText(lines: readonly string[]): { rows: readonly RawRow[]; ignored: readonly number[] } {
  const rows: { place: { row: number }; cells: Partial<Record<ImportColumn, string>>; problems: [] }[] = [];
  const ignored: number[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === '' || index < 2) return;
    const [, kind, stem = ''] = start.exec(line) ?? [];
    if (kind !== undefined) {
      rows.push({ place: { row: index + 1 }, cells: { kind, stem: unescapeText(stem) }, problems: [] });
      return;
    }
    const [, key, text = ''] = option.exec(line) ?? [];
    const [, name = '', value = ''] = field.exec(line) ?? [];
    const column = (key as ImportColumn | undefined) ?? byName.get(name);
    const cells = rows.at(-1)?.cells;
    if (!column || !cells) ignored.push(index + 1);
    else cells[column] = unescapeText(key === undefined ? value : text);
  });
  return { rows, ignored };
}
