import { textWidthPx } from './place-labels.ts';

/** What of a proof decides how much room it takes on paper. */
export interface PrintedContent {
  /** Facts in words of the rows that are printed whatever happens, and of those that may be left to the package. */
  readonly kept: readonly string[];
  readonly optional: readonly string[];
  readonly callouts: readonly {
    /** Lines beside the law: times, causes, position. */
    readonly lines: number;
    readonly law: string;
  }[];
  readonly identity: 'none' | 'checks' | 'snapshots';
  readonly otherDevices: number;
}

export interface PrintedSize {
  /** Size of 1 rem on paper, px. */
  readonly rootPx: PrintedRoot;
  /** How many of the optional rows fit. */
  readonly optionalRows: number;
}

/** Sizes at which the page may be drawn, largest first; below the last one nobody can read it. */
export const PRINTED_ROOTS_PX = [12, 11, 10, 9.5, 8.5] as const;
export type PrintedRoot = (typeof PRINTED_ROOTS_PX)[number];

// A4 without the margins of print.css, at 96 px to the inch.
const PAGE_WIDTH_PX = 703;
const PAGE_HEIGHT_PX = 1058;
const EM_PX = 16;
const NAMES_REM = 10.5;
/** Borders and padding beside the plot. */
const TIMELINE_PX = 22;

// Heights as measured on printed pages of both languages.
/** Head, form, sum, chain check, foot, heads of tables and the space between: a part in rem, borders and padding in px. */
const FRAME_REM = 22;
const FRAME_PX = 145;
/** What the sum shows without growing. */
const REASONS_IN_SUM = 3;
const AXIS_REM = 5.5;
const LANES_REM = 26;
const DEVICE_REM = 1.5;
const IDENTITY_REM = { none: 0, checks: 5.5, snapshots: 7.6 } as const;
const LINE_REM = 1.22;
const ROW_REM = 0.6;
/** Columns of the evidence table beside the facts. */
const OTHER_COLUMNS_REM = 38.5;
/** The effect of a row with refused time takes two lines as a rule. */
const KEPT_LINES = 2;
const LEADERS_REM = 2;
const CALLOUT_REM = 4.6;
const CALLOUTS_A_ROW = 4;

/** Width of the plot on paper, px at the standard text size. */
export function printedPlotPx(rootPx: number): number {
  return ((PAGE_WIDTH_PX - TIMELINE_PX) / rootPx - NAMES_REM) * EM_PX;
}

/** The largest size at which the whole proof stands on one page, and how many rows of evidence may stand there. */
export function printedSizeOf(content: PrintedContent): PrintedSize {
  const all = content.optional.length;
  const whole = PRINTED_ROOTS_PX.find((rootPx) => fits(content, rootPx, all));
  if (whole !== undefined) return { rootPx: whole, optionalRows: all };
  const rootPx = PRINTED_ROOTS_PX[PRINTED_ROOTS_PX.length - 1] ?? PRINTED_ROOTS_PX[0];
  let optionalRows = all;
  while (optionalRows > 0 && !fits(content, rootPx, optionalRows)) optionalRows -= 1;
  return { rootPx, optionalRows };
}

function fits(content: PrintedContent, rootPx: number, optionalRows: number): boolean {
  const widthRem = PAGE_WIDTH_PX / rootPx;
  const factRem = widthRem - OTHER_COLUMNS_REM;
  const rowsRem = (rows: readonly string[], leastLines: number): number =>
    rows.reduce((sum, words) => sum + Math.max(leastLines, linesOf(words, factRem)) * LINE_REM + ROW_REM, 0);
  const tableRem = rowsRem(content.kept, KEPT_LINES) + rowsRem(content.optional.slice(0, optionalRows), 1);
  const restRem = optionalRows < content.optional.length ? LINE_REM : 0;
  const frameRem = FRAME_REM + FRAME_PX / rootPx + Math.max(0, content.callouts.length - REASONS_IN_SUM) * LINE_REM;
  const lanesRem = AXIS_REM + LANES_REM + IDENTITY_REM[content.identity] + content.otherDevices * DEVICE_REM;
  const needRem = frameRem + lanesRem + calloutsRem(content, widthRem) + tableRem + restRem;
  return needRem * rootPx <= PAGE_HEIGHT_PX;
}

function calloutsRem({ callouts }: PrintedContent, widthRem: number): number {
  if (callouts.length === 0) return LINE_REM + 1.5;
  const columns = Math.min(CALLOUTS_A_ROW, callouts.length);
  const lawRem = (widthRem - NAMES_REM - 2) / columns - 3;
  let sum = callouts.length > CALLOUTS_A_ROW ? 0 : LEADERS_REM;
  for (let at = 0; at < callouts.length; at += columns) {
    const row = callouts.slice(at, at + columns);
    sum += CALLOUT_REM + Math.max(...row.map((one) => (one.lines + linesOf(one.law, lawRem)) * LINE_REM));
  }
  return sum;
}

/** Lines of small text (13 px at the standard size) in a column. */
function linesOf(words: string, columnRem: number): number {
  return Math.max(1, Math.ceil(textWidthPx(words, 13) / EM_PX / Math.max(6, columnRem)));
}
