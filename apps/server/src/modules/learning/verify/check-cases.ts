import type { Difference } from './check-session.ts';
import type { PersonRecords } from './read-people.ts';

/**
 * Compares cases, appeals and reviews, which are rewritten as work goes on, with the decisions, which never are.
 * @param states what sessions are called after their decisions
 */
export function checkCases(
  { decisions, cases, appeals, reviews }: PersonRecords,
  states: ReadonlyMap<string, string>,
  found: Difference[],
): void {
  const keyOf = (row: { bucket: number; id: string }) => `bucket ${row.bucket}, id ${row.id}`;
  for (const row of decisions) {
    const causes = row.cause_kind === 'case' ? cases : row.cause_kind === 'appeal' ? appeals : undefined;
    const cause = causes?.find((one) => one.id === row.cause_id);
    if (causes && cause?.session_id !== row.session_id) {
      found.push({ table: 'hour_decision', key: keyOf(row), what: `its ${row.cause_kind} is not about its session` });
    }
  }
  for (const row of decisions) {
    if (row.cause_kind !== 'identity-check') continue;
    const wanted = row.kind === 'award' ? 'approved' : 'rejected';
    const state = reviews.find((one) => one.id === row.cause_id)?.state ?? 'missing';
    if (state === wanted) continue;
    found.push({
      table: 'identity_review',
      key: `bucket ${row.bucket}, id ${row.cause_id}`,
      what: `is ${state}, the hours say ${wanted}`,
    });
  }
  for (const row of cases) {
    const report = (what: string) => found.push({ table: 'review_case', key: keyOf(row), what });
    const wanted = states.get(row.session_id);
    if (wanted !== undefined && row.state !== wanted) report(`state is ${row.state}, the decisions say ${wanted}`);
    if (wanted === undefined && row.state.startsWith('voided')) report(`state is ${row.state}, nothing was voided`);
    const isOpen = appeals.some((one) => one.session_id === row.session_id && one.state === 'open');
    if (row.has_open_appeal !== isOpen) report(`has_open_appeal is ${row.has_open_appeal}, the appeals say ${isOpen}`);
  }
  for (const row of appeals) {
    const isGranted = decisions.some((one) => one.cause_kind === 'appeal' && one.cause_id === row.id);
    if ((row.state === 'granted') !== isGranted) {
      const what = `state is ${row.state}, ${isGranted ? 'hours were' : 'nothing was'} given back for it`;
      found.push({ table: 'study_appeal', key: keyOf(row), what });
    }
  }
}
