import { type BoardRow, boardAlerts } from '@antu/contract';

export type BoardAlert = BoardRow['alerts'][number];
/** What the invigilator can look at: everybody, those with alerts, or those in one stage. */
export const boardFilters = ['all', 'alerts', 'running', 'absent', 'handed-in', 'voided'] as const;
export type BoardFilter = (typeof boardFilters)[number];

/** Most pressing first: who sits there, then who may be gone, then what was tried. Each weighs more than all below it. */
const ALERT_WEIGHT = Object.fromEntries(boardAlerts.toReversed().map((alert, at) => [alert, 2 ** at])) as Readonly<
  Record<BoardAlert, number>
>;
const STAGE_ORDER: Readonly<Record<BoardRow['state'], number>> = {
  running: 0,
  frozen: 1,
  absent: 1,
  'timed-out': 2,
  submitted: 3,
  marked: 3,
  voided: 4,
};

/** Alerts call for somebody while the exam runs; afterwards they are history. */
export const isUrgent = (row: BoardRow): boolean => row.alerts.length > 0 && row.state === 'running';

/** Alerts of a row, the most pressing first. */
export const alertsInOrder = (row: BoardRow): BoardAlert[] =>
  row.alerts.toSorted((a, b) => ALERT_WEIGHT[b] - ALERT_WEIGHT[a]);

const weightOf = (row: BoardRow): number =>
  isUrgent(row) ? row.alerts.reduce((sum, alert) => sum + ALERT_WEIGHT[alert], 0) : 0;

/**
 * Rows as the invigilator needs them: alerts first, the heaviest at the top, then who sits, who is missing, who is done. Within a
 * group by ticket number, so that rows do not jump while people answer.
 */
export function sortBoardRows(rows: readonly BoardRow[]): BoardRow[] {
  return rows.toSorted(
    (a, b) =>
      weightOf(b) - weightOf(a) ||
      STAGE_ORDER[a.state] - STAGE_ORDER[b.state] ||
      a.ticketNumber.localeCompare(b.ticketNumber) ||
      a.bookingId.localeCompare(b.bookingId),
  );
}

const isAbsent = (row: BoardRow): boolean => row.state === 'absent' || row.state === 'frozen';

const BELONGS: Readonly<Record<BoardFilter, (row: BoardRow) => boolean>> = {
  all: () => true,
  alerts: isUrgent,
  running: (row) => row.state === 'running',
  absent: isAbsent,
  'handed-in': (row) => row.state === 'submitted' || row.state === 'timed-out' || row.state === 'marked',
  voided: (row) => row.state === 'voided',
};

export const countBoardRows = (rows: readonly BoardRow[]): Record<BoardFilter, number> => ({
  all: rows.length,
  alerts: rows.filter(BELONGS.alerts).length,
  running: rows.filter(BELONGS.running).length,
  absent: rows.filter(BELONGS.absent).length,
  'handed-in': rows.filter(BELONGS['handed-in']).length,
  voided: rows.filter(BELONGS.voided).length,
});

/** Rows of a filter whose name, ticket or organisation has the words; a scanned ticket is found by its number and seal. */
export function findBoardRows(rows: readonly BoardRow[], filter: BoardFilter, words: string): BoardRow[] {
  const wanted = words.trim().toLowerCase();
  return rows.filter(
    (row) =>
      BELONGS[filter](row) &&
      (wanted === '' ||
        [row.nameMasked, row.ticketCode, row.idNumberMasked, row.organisationName ?? ''].some((text) =>
          text.toLowerCase().includes(wanted),
        )),
  );
}
