import {
  type Activity,
  type EvidenceFact,
  type EvidenceRow,
  getStudyRuleSet,
  limitsOf,
  type OpenedFact,
  type Replay,
  replaySession,
} from '@antu/domain';
import type { ProofSums } from './proof-sums.ts';
import { replayedCreditOf, sumUp } from './proof-sums.ts';
import { layOut } from './stretches.ts';

/** A session as the rules see it now, recomputed from nothing but its evidence. */
export interface JudgedSession {
  readonly opened: OpenedFact;
  readonly replay: Replay;
  readonly sums: ProofSums;
  /** When the last known instant of the session was, epoch ms. */
  readonly untilMs: number;
}

/**
 * Replays evidence and adds up what came out.
 * @param openBeats packed beats of a running session that no row of evidence holds yet
 * @throws RangeError when the evidence is not one that a writer of ours can have made
 */
export function judgeSession(rows: readonly EvidenceRow[], openBeats: Uint8Array | null = null): JudgedSession {
  const facts: EvidenceFact[] = rows.map((row) => row.fact);
  const opened = facts[0];
  if (opened?.kind !== 'opened') throw new RangeError('evidence: the first row must open the session');
  if (openBeats && openBeats.length > 0) {
    facts.push({ kind: 'segment', beats: Buffer.from(openBeats).toString('base64') });
  }
  const replay = replaySession(facts, limitsOf(getStudyRuleSet(opened.ruleSetId)));
  const untilMs = Math.max(opened.openedAtMs, replay.state.lastAtMs);
  return { opened, replay, untilMs, sums: sumUp(layOut(opened, replay.rows, untilMs), replayedCreditOf(replay)) };
}

/** What the player did when each row began. */
export function activitiesBefore(replay: Replay): Activity[] {
  let activity: Activity = 'paused';
  return replay.rows.map((row) => {
    const before = activity;
    activity = row.beats.at(-1)?.activity ?? activity;
    return before;
  });
}

/**
 * Seconds that a learner may ask about: refused, or another page in front (inspection table item 31). What waits for people
 * or for the quiz is told apart.
 */
export function refusedSecondsOf({ stretches, byReason }: ProofSums): number {
  const refused = new Set(stretches.filter((one) => one.kind === 'refused').map((one) => one.reason));
  return byReason
    .filter(
      ({ reason }) =>
        (refused.has(reason) && reason !== 'identity-awaiting' && reason !== 'quiz-awaiting') || reason === 'hidden',
    )
    .reduce((sum, one) => sum + one.seconds, 0);
}
