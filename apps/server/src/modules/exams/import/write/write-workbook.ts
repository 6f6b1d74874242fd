import { PassThrough, type Readable } from 'node:stream';
import {
  columnNames,
  type ExportedQuestion,
  type ImportCells,
  type ImportColumn,
  importColumns,
  kindNames,
  partName,
  REASONS_HEADING,
  simpleKinds,
  writeCells,
} from '@antu/domain';
import exceljs from 'exceljs';
import { escapeSheetText } from '../read/workbook-parts.ts';
import { exampleCells, templateNotes } from './template-notes.ts';

const widths: Readonly<Partial<Record<ImportColumn, number>>> = { stem: 48, explanation: 40, clause: 32, topic: 24 };
const VALIDATED_ROWS = 5_000;
const TOPICS_SHEET = '主题';
/** Colour of the headings: the brand's. */
const BRAND = 'FF0B5563';

/** A row of a sheet; `reasons` only where rows are given back to be mended. */
export interface SheetLine {
  readonly cells: ImportCells;
  readonly reasons?: string;
  /** Cells that are wrong. */
  readonly marked?: ReadonlySet<ImportColumn>;
}

export interface WorkbookContent {
  readonly lines: Iterable<SheetLine>;
  readonly topics: readonly string[];
  readonly withReasons?: boolean;
}

/** Questions as an .xlsx file that the import reads back, written while it is being sent. */
export const writeQuestions = (questions: Iterable<ExportedQuestion>, topics: readonly string[]): Readable =>
  writeWorkbook({ lines: linesOf(questions), topics });

/** The template: headings, lists to choose from, three examples, and a sheet that explains it. */
export const writeTemplate = (topics: readonly string[]): Readable =>
  writeWorkbook({ lines: exampleCells(topics[0] ?? '').map((cells) => ({ cells })), topics });

function* linesOf(questions: Iterable<ExportedQuestion>): Generator<SheetLine> {
  for (const question of questions) for (const cells of writeCells(question)) yield { cells };
}

/** A workbook of rows; errors while writing end the stream. */
export function writeWorkbook(content: WorkbookContent): Readable {
  const stream = new PassThrough();
  fill(stream, content).catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return stream;
}

async function fill(stream: PassThrough, { lines, topics, withReasons = false }: WorkbookContent): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('题目', { views: [{ state: 'frozen', ySplit: 1 }] });
  const reasons = withReasons ? [{ header: REASONS_HEADING, key: 'reasons', width: 48 }] : [];
  sheet.columns = [
    ...importColumns.map((column) => ({
      header: columnNames[column],
      key: column,
      width: widths[column] ?? 14,
      // As text: an answer of `1/2` or a day would become something else under the hands of Excel.
      style: { numFmt: '@', alignment: { vertical: 'top' as const, wrapText: true } },
    })),
    ...reasons,
  ];
  const heading = sheet.getRow(1);
  heading.font = { bold: true, color: { argb: 'FFFFFFFF' } };
  heading.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: BRAND } };
  heading.commit();
  validate(sheet, topics.length);
  for (const { cells, reasons: why, marked } of lines) {
    const texts = Object.fromEntries(
      Object.entries(cells).map(([column, text]) => [column, escapeSheetText(text ?? '')]),
    );
    const row = sheet.addRow(why === undefined ? texts : { ...texts, reasons: why });
    for (const column of marked ?? [])
      row.getCell(column).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFDE7E5' } };
    row.commit();
    // Otherwise a large bank waits in memory until the reader takes it.
    if (stream.writableNeedDrain) await new Promise((resolve) => stream.once('drain', resolve));
  }
  sheet.commit();
  writeNotes(workbook, topics);
  await workbook.commit();
}

function validate(sheet: exceljs.Worksheet, topicCount: number): void {
  const kinds = [...Object.values(kindNames), ...simpleKinds.map(partName)];
  const lists: readonly (readonly [ImportColumn, string])[] = [
    ['kind', `"${kinds.join(',')}"`],
    ['difficulty', '"易,中,难"'],
    ...(topicCount > 0 ? ([['topic', `${TOPICS_SHEET}!$A$2:$A$${topicCount + 1}`]] as const) : []),
  ];
  for (const [column, formula] of lists) {
    const letter = sheet.getColumn(column).letter;
    // The typings of the library leave its list of validations out.
    const { dataValidations } = sheet as unknown as { dataValidations: { add(range: string, rule: object): void } };
    dataValidations.add(`${letter}2:${letter}${VALIDATED_ROWS}`, {
      type: 'list',
      allowBlank: true,
      formulae: [formula],
      showErrorMessage: true,
      errorStyle: 'warning',
      error: '请从列表中选择。',
    });
  }
}

function writeNotes(workbook: exceljs.stream.xlsx.WorkbookWriter, topics: readonly string[]): void {
  const notes = workbook.addWorksheet('说明');
  notes.columns = [
    { header: '列', key: 'column', width: 16 },
    { header: '怎么填', key: 'how', width: 90 },
  ];
  for (const [column, how] of templateNotes) notes.addRow({ column, how }).commit();
  notes.commit();
  const list = workbook.addWorksheet(TOPICS_SHEET);
  list.columns = [{ header: '大纲主题', key: 'topic', width: 60 }];
  for (const topic of topics) list.addRow({ topic: escapeSheetText(topic) }).commit();
  list.commit();
}
