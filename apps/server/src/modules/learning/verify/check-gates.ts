import { canonicalJson, type Interval, type OpenedFact } from '@antu/domain';
import { type Difference, evidenceKey } from './check-session.ts';
import type { PersonRecords, SessionRow } from './read-people.ts';

/** Clocks of several instances may disagree by this much about whether a round ended before a session was opened. */
const AT_ONCE_MS = 60_000;

/** Names every round of a quiz whose state is not what its stored attempts, marked again, lead to. */
export function checkGates({ gates }: PersonRecords, found: Difference[]): void {
  for (const gate of gates.rounds) found.push(...gate.problems);
}

/**
 * Compares what an opening says about the quiz of its lesson with the rounds of the person: who had to pass one may not have been
 * credited directly.
 * @param waitingFor what earlier sessions left to a round alone
 */
export function checkQuizOpening(
  { gates }: PersonRecords,
  session: SessionRow,
  { quiz, lessonVersionId, openedAtMs }: OpenedFact,
  waitingFor: (gateId: string) => readonly Interval[],
  found: Difference[],
): void {
  const report = (what: string) =>
    found.push({ table: 'study_evidence', key: evidenceKey({ ...session, session_id: session.id, index: 0 }), what });
  const own = gates.rounds.filter((round) => round.lessonVersionId === lessonVersionId);
  if (!quiz) {
    const sinceMs = gates.quizSinceMs.get(lessonVersionId);
    const isPassed = own.some(
      (round) => round.state === 'passed' && (round.settledAtMs ?? Infinity) <= openedAtMs + AT_ONCE_MS,
    );
    if (sinceMs !== undefined && sinceMs <= openedAtMs && !isPassed) report('does not wait for the quiz of its lesson');
    return;
  }
  const round = own.find((one) => one.id === quiz.gateId);
  if (!round) return void report(`waits for a round of a quiz that is not there: ${quiz.gateId}`);
  if ((round.settledAtMs ?? Infinity) + AT_ONCE_MS < openedAtMs) report('waits for a round of a quiz that was over');
  if (canonicalJson(quiz.waiting) !== canonicalJson(waitingFor(quiz.gateId))) {
    report('waiting is not what earlier sessions left to the quiz');
  }
}

/**
 * Why a decision cannot rest on this round; undefined if it can.
 * @param gateId null: nothing of the seconds waits for a quiz
 */
export function gateProblemOf(
  { gates }: PersonRecords,
  gateId: string | null,
  wanted: 'passed' | 'failed',
  decidedAtMs: number,
): string | undefined {
  if (gateId === null) return undefined;
  const round = gates.rounds.find((one) => one.id === gateId);
  if (!round) return 'rests on a round of a quiz that is not there';
  if (round.problems.length > 0) return 'rests on a round of a quiz that its attempts do not prove';
  if (round.state !== wanted) return `rests on a round of a quiz that is ${round.state}`;
  return (round.settledAtMs ?? Infinity) > decidedAtMs + AT_ONCE_MS
    ? 'was decided before the quiz was over'
    : undefined;
}
