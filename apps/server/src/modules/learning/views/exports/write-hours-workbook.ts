import { PassThrough } from 'node:stream';
import type { PersonName } from '../../../people/index.ts';
import { type HourDecisionKind, studyHoursOf, type SchemeCode } from '@antu/domain';
import type ExcelJS from 'exceljs';
import { studyHourSecondsOf } from '../obligations.ts';
import type { HoursRow } from './hours-rows.ts';

/** A row of the sheet: the hours with whoever they belong to. */
export interface SheetRow {
  readonly hours: HoursRow;
  readonly post: string | null;
  readonly person: Pick<PersonName, 'name' | 'idNumber' | 'nameMasked' | 'idNumberMasked' | 'regionCode'> | undefined;
}

const SCHEME_NAMES: Readonly<Record<SchemeCode, string>> = {
  'road-transport': '道路运输',
  'work-safety': '安全生产',
  'driver-licence': '驾驶培训',
};

const DECISION_NAMES: Readonly<Record<HourDecisionKind, string>> = {
  accept: '确认',
  void: '作废',
  restore: '恢复',
  award: '复核计入',
  refuse: '复核不计',
};

/** Excel ends at 1,048,576 rows; further rows go to a further sheet. */
const ROWS_PER_SHEET = 1_000_000;

/** Columns of the sheet. ID numbers are text by format too: a spreadsheet that edits one would round it otherwise. */
export const HOURS_COLUMNS = [
  { header: '姓名', width: 12 },
  { header: '身份证号', width: 22, numFmt: '@' },
  { header: '岗位', width: 18 },
  { header: '学习时所在单位', width: 28 },
  { header: '培训类别', width: 12 },
  { header: '课程', width: 30 },
  { header: '课节', width: 30 },
  { header: '大纲主题', width: 22 },
  { header: '日期', width: 12 },
  { header: '开始', width: 20 },
  { header: '结束', width: 20 },
  { header: '认定秒数', width: 10 },
  { header: '折合学时', width: 10 },
  { header: '规则集', width: 32 },
  { header: '会话编号', width: 38 },
  { header: '证据序号', width: 10 },
  { header: '摘要（SHA-256）', width: 68 },
  { header: '后续决定', width: 40 },
] as const;

const chinaTime = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Values of one row in the order of the columns. */
export function hoursCells({ hours, person, post }: SheetRow, reveal: boolean): (string | number)[] {
  const hourSeconds = studyHourSecondsOf(hours.scheme, person?.regionCode ?? '', hours.day);
  return [
    (reveal ? person?.name : person?.nameMasked) ?? '',
    (reveal ? person?.idNumber : person?.idNumberMasked) ?? '',
    post ?? '',
    hours.organisation_name,
    SCHEME_NAMES[hours.scheme],
    hours.course_title_zh,
    hours.lesson_title_zh,
    hours.topic_title_zh ?? '',
    hours.day,
    chinaTime(hours.started_at),
    chinaTime(hours.ended_at),
    hours.credited_seconds,
    // What is taken back is rounded like what was given.
    Math.sign(hours.credited_seconds) * studyHoursOf(Math.abs(hours.credited_seconds), hourSeconds),
    hours.rule_set_id,
    hours.session_id,
    hours.evidence_index,
    hours.hash,
    hours.decision_kind === null ? '' : `${DECISION_NAMES[hours.decision_kind]}：${hours.decision_reason ?? ''}`,
  ];
}

/**
 * Writes rows to a workbook as they come: neither the rows nor the file are ever in memory as a whole.
 * @param batches rows in batches of bounded size
 * @returns the bytes of an .xlsx file; fails where a batch fails
 */
export function writeHoursWorkbook(batches: AsyncIterable<readonly SheetRow[]>, reveal: boolean): PassThrough {
  const stream = new PassThrough({ highWaterMark: 256 * 1024 });
  write(stream, batches, reveal).catch((error: Error) => stream.destroy(error));
  return stream;
}

async function write(stream: PassThrough, batches: AsyncIterable<readonly SheetRow[]>, reveal: boolean): Promise<void> {
  // Loaded when it is needed: it takes 0.4 s of processor time, and every process that serves would pay for it at its start.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: true });
  let sheet = addSheet(workbook, 1);
  let rows = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      if (rows > 0 && rows % ROWS_PER_SHEET === 0) {
        sheet.commit();
        sheet = addSheet(workbook, rows / ROWS_PER_SHEET + 1);
      }
      sheet.addRow(hoursCells(row, reveal)).commit();
      rows += 1;
    }
    await drained(stream);
  }
  sheet.commit();
  await workbook.commit();
}

function addSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, number: number): ExcelJS.Worksheet {
  const name = number === 1 ? '学时记录' : `学时记录 ${number}`;
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = HOURS_COLUMNS.map((column) => ({
    header: column.header,
    width: column.width,
    // Styles are written per cell and cost a quarter of the time: only where they matter.
    style: 'numFmt' in column ? { numFmt: column.numFmt } : {},
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  return sheet;
}

/** The writer never waits for its reader: without this a slow disk would fill the memory. */
function drained(stream: PassThrough): Promise<void> {
  if (!stream.writableNeedDrain) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      stream.off('drain', onDrain).off('error', settle).off('close', onClose);
      if (error) reject(error);
      else resolve();
    };
    const onDrain = (): void => settle();
    const onClose = (): void => settle(new Error('the reader of the workbook has gone'));
    stream.on('drain', onDrain).on('error', settle).on('close', onClose);
  });
}
