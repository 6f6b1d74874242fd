import {
  getStudyRuleSet,
  type Hop,
  limitsOf,
  nightSecondsOf,
  replaySession,
  type SessionSigns,
  type SuspicionLimits,
  type SuspicionReason,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { readEvidence } from '../views/proof/stored-evidence.ts';
import type { ClosedSession } from './closed-sessions.ts';
import { findIdentitySigns, findSameFaces } from './identity-signs.ts';
import { findNeighbours, isNoAddress, type Neighbour, sharersOf } from './neighbours.ts';
import {
  dayCreditOf,
  findLatestSessions,
  findOwnNeighbours,
  findStudySpans,
  type OwnNeighbour,
  type StudySpan,
} from './own-study.ts';
import { placeOfAddress } from './place-of-address.ts';

/** Signs of a session, and other sessions that they are about. */
export interface SignedSession {
  readonly session: ClosedSession;
  readonly signs: SessionSigns;
  readonly others: Readonly<Partial<Record<SuspicionReason, readonly string[]>>>;
}

/** Other sessions named with a reason; more of them say no more. */
const MOST_NAMED = 8;

/** A closed session with the numbers of the rules in force for it. */
export interface RuledSession {
  readonly session: ClosedSession;
  readonly limits: SuspicionLimits;
}

/** Everything that is known about a page of closed sessions, in a fixed number of statements. */
export async function readSigns(db: Queryable, ruled: readonly RuledSession[]): Promise<SignedSession[]> {
  if (ruled.length === 0) return [];
  const page = ruled.map(({ session }) => session);
  const aroundMinutes = Math.max(
    ...ruled.flatMap(({ limits }) => [limits.sameAddressMinutes, limits.sameDeviceMinutes]),
  );
  const [identity, asked, neighbours, spans, own, doubles] = await Promise.all([
    findIdentitySigns(
      db,
      page.map((one) => one.id),
    ),
    countSnapshotsAsked(db, page),
    findNeighbours(db, page, aroundMinutes),
    findStudySpans(db, page),
    findOwnNeighbours(db, page),
    findSameFaces(
      db,
      page.map((one) => one.personId),
    ),
  ]);
  const latest = await findLatestSessions(db, [...doubles.values()].flat());
  const signed: SignedSession[] = [];
  for (const { session, limits } of ruled) {
    const seen = identity(session.id);
    const sameFaces = doubles.get(session.personId) ?? [];
    const { hops, sessionIds } = hopsOf(session, own.get(session.id) ?? []);
    const company = companyOf(session, neighbours, limits);
    signed.push({
      session,
      signs: {
        otherPerson: seen.otherPerson,
        twoFaces: seen.twoFaces,
        noFace: seen.noFace,
        notLive: seen.notLive,
        checksMissed: session.endReason === 'identity-missed' ? 1 : 0,
        snapshotsMissing: seen.showsFace ? Math.max(0, (asked.get(session.id) ?? 0) - seen.snapshots) : 0,
        doubles: sameFaces.length,
        peopleAtAddress: company.atAddress.length + 1,
        peopleOnDevice: company.onDevice.length + 1,
        hops,
        ...studyOf(session, spans.get(session.personId) ?? [], limits),
      },
      others: {
        'same-address': idsOf(company.atAddress),
        'same-device': idsOf(company.onDevice),
        'impossible-travel': sessionIds,
        'same-face': sameFaces.flatMap((personId) => latest.get(personId) ?? []).slice(0, MOST_NAMED),
      },
    });
  }
  return signed;
}

const idsOf = (neighbours: readonly Neighbour[]): string[] =>
  neighbours.slice(0, MOST_NAMED).map((one) => one.sessionId);

function companyOf(session: ClosedSession, neighbours: readonly Neighbour[], limits: SuspicionLimits) {
  const atAddress = isNoAddress(session.address)
    ? []
    : sharersOf(session, neighbours, limits.sameAddressMinutes, (one) => one.address === session.address);
  const onDevice =
    session.deviceId === null
      ? []
      : sharersOf(session, neighbours, limits.sameDeviceMinutes, (one) => one.deviceId === session.deviceId);
  return { atAddress, onDevice };
}

function studyOf(session: ClosedSession, spans: readonly StudySpan[], limits: SuspicionLimits) {
  const ofSession = spans.filter((span) => span.sessionId === session.id);
  const sum = (secondsOf: (span: StudySpan) => number): number =>
    ofSession.reduce((total, span) => total + secondsOf(span), 0);
  return {
    nightSeconds: sum(({ fromMs, toMs }) => nightSecondsOf({ from: fromMs, to: toMs }, limits)),
    studiedSeconds: sum(({ fromMs, toMs }) => Math.floor((toMs - fromMs) / 1000)),
    dayCreditedSeconds: dayCreditOf(session, spans),
  };
}

/** From the session before and to the session after, where both places are known. */
function hopsOf(session: ClosedSession, own: readonly OwnNeighbour[]): { hops: Hop[]; sessionIds: string[] } {
  const here = placeOfAddress(session.address);
  const hops: Hop[] = [];
  const sessionIds: string[] = [];
  for (const other of own) {
    const there = other.address === session.address ? null : placeOfAddress(other.address);
    if (!here || !there) continue;
    const isBefore = other.openedAtMs < session.openedAtMs;
    const fromMs = isBefore ? (other.endedAtMs ?? other.openedAtMs) : session.endedAtMs;
    const toMs = isBefore ? session.openedAtMs : other.openedAtMs;
    const minutes = Math.max(0, (toMs - fromMs) / 60_000);
    hops.push({ from: isBefore ? there : here, to: isBefore ? here : there, minutes });
    sessionIds.push(other.sessionId);
  }
  return { hops, sessionIds };
}

/** How many pictures in passing each session was asked for, by replaying its evidence. */
async function countSnapshotsAsked(db: Queryable, page: readonly ClosedSession[]): Promise<Map<string, number>> {
  const asking = page.filter(({ ruleSetId }) => limitsOf(getStudyRuleSet(ruleSetId)).snapshotGapSeconds !== null);
  const counts = new Map<string, number>();
  const evidence = await readEvidence(db, asking);
  for (const { id, ruleSetId } of asking) {
    try {
      const facts = (evidence.get(id) ?? []).map((row) => row.fact);
      const { rows } = replaySession(facts, limitsOf(getStudyRuleSet(ruleSetId)));
      counts.set(id, rows.flatMap((row) => row.moves).filter((move) => move.type === 'snapshot-asked').length);
    } catch (error) {
      // Evidence that cannot be replayed is named by verify; it says nothing about pictures.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return counts;
}
