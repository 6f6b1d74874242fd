import type { SessionIdentity } from '@antu/contract';
import { getStudyRuleSet } from '@antu/domain';
import type { Queryable } from '../../../../platform/database/pool.ts';
import {
  findCheckIdentity,
  listSessionIdentity,
  type SessionCapture,
  type SessionCheck,
} from '../../../identity/index.ts';
import { type AskedCheck, checksOf, snapshotTimesOf, viewedAfterMs } from './asked-checks.ts';
import type { JudgedSession } from './judge-session.ts';
import type { ProblemsOfVerdicts } from './report-words.ts';

type Check = SessionIdentity['checks'][number];
type Verdicts = { checks: readonly SessionCheck[]; captures: readonly SessionCapture[] };

/** A picture in passing that was asked for this short a time ago may still be on its way. */
const UNDER_WAY_MS = 120_000;

/**
 * Who sat in front of the camera in a session: when checks were asked and how they ended as the evidence says it, with the
 * verdicts and pictures of the identity module. Nothing where its training asks for no checks.
 */
export async function readIdentityOfSession(
  db: Queryable,
  sessionId: string,
  judged: JudgedSession | null,
): Promise<{ identity: SessionIdentity; problems: ProblemsOfVerdicts }> {
  if (!judged?.opened.identity) {
    return { identity: { gapSeconds: null, checks: [], viewedAfterSeconds: 0, snapshots: [] }, problems: new Map() };
  }
  const { opened, replay } = judged;
  const freshCheck = opened.identity?.freshCheck;
  const [found, fresh] = await Promise.all([
    listSessionIdentity(db, [sessionId]),
    freshCheck ? findCheckIdentity(db, freshCheck.checkId) : undefined,
  ]);
  const asked = checksOf(opened, replay);
  const checks = asked.map((one) => presentCheck(one, verdictsWithin(one, found)));
  const identity: SessionIdentity = {
    gapSeconds: getStudyRuleSet(opened.ruleSetId).limits.identityGapSeconds.value,
    checks: [...(fresh ? [presentSignIn(fresh)] : []), ...checks],
    viewedAfterSeconds: Math.floor(viewedAfterMs(opened, replay) / 1000),
    snapshots: presentSnapshots(snapshotTimesOf(replay), found.captures, judged.untilMs),
  };
  return { identity, problems: new Map(found.checks.map(({ id, detail }) => [id, detail.problems])) };
}

/** One check is open at a time: what was begun between its question and its end belongs to it. */
function verdictsWithin({ askedAtMs, decidedAtMs }: AskedCheck, { checks, captures }: Verdicts): Verdicts {
  const own = checks.filter(
    (one) => one.askedAtMs >= askedAtMs && (decidedAtMs === null || one.askedAtMs <= decidedAtMs),
  );
  const ids = new Set(own.map((one) => one.id));
  return {
    checks: own,
    captures: captures.filter(({ challengeId }) => challengeId !== null && ids.has(challengeId)),
  };
}

function presentCheck(asked: AskedCheck, { checks, captures }: Verdicts): Check {
  const newestFirst = checks.toReversed();
  const last = newestFirst.find((one) => one.id === asked.verdictId) ?? newestFirst[0];
  const review = asked.outcome === 'pending' ? last?.reviewState : undefined;
  return {
    id: asked.verdictId,
    askedAt: new Date(asked.askedAtMs).toISOString(),
    decidedAt: asked.decidedAtMs === null ? null : new Date(asked.decidedAtMs).toISOString(),
    kind: asked.kind,
    outcome: review === 'approved' ? 'passed' : review === 'rejected' ? 'failed' : asked.outcome,
    method: last?.method ?? null,
    distance: distanceOf(last),
    problems: [...new Set(newestFirst.flatMap((one) => one.detail.problems))],
    triesUsed: asked.triesUsed,
    viewedSeconds: Math.floor(asked.viewedMs / 1000),
    captures: newestFirst.flatMap(({ id }) => picturesOf(id, captures)),
  };
}

/** A check of the sign-in that stood for the one at the start. */
function presentSignIn({ check, captures }: { check: SessionCheck; captures: readonly SessionCapture[] }): Check {
  const review = check.outcome === 'pending' ? check.reviewState : null;
  return {
    id: check.id,
    askedAt: new Date(check.askedAtMs).toISOString(),
    decidedAt: new Date(check.decidedAtMs).toISOString(),
    kind: 'sign-in',
    outcome: review === 'approved' ? 'passed' : review === 'rejected' ? 'failed' : check.outcome,
    method: check.method,
    distance: distanceOf(check),
    problems: [...check.detail.problems],
    triesUsed: 1,
    viewedSeconds: 0,
    captures: picturesOf(check.id, captures),
  };
}

const distanceOf = (check: SessionCheck | undefined): number | null =>
  check?.detail.distanceMilli === undefined ? null : check.detail.distanceMilli / 1000;

/** Faces only: the ID card of a review is for the two people who decide it. */
const picturesOf = (checkId: string, captures: readonly SessionCapture[]): Check['captures'] =>
  captures.filter((one) => one.challengeId === checkId && one.kind !== 'id-card').map(({ id, gone }) => ({ id, gone }));

/** Every moment at which a picture was asked for, with the picture that came before the next one was. */
function presentSnapshots(
  askedAtMs: readonly number[],
  captures: readonly SessionCapture[],
  untilMs: number,
): SessionIdentity['snapshots'] {
  const taken = captures.filter(({ kind }) => kind === 'random');
  return askedAtMs.flatMap((fromMs, at): SessionIdentity['snapshots'] => {
    const toMs = askedAtMs[at + 1] ?? Number.POSITIVE_INFINITY;
    const found = taken.find(({ takenAtMs }) => takenAtMs >= fromMs && takenAtMs < toMs);
    const takenAt = new Date(found?.takenAtMs ?? fromMs).toISOString();
    if (found) {
      return [{ captureId: found.id, at: takenAt, finding: found.findings?.finding ?? 'unjudged', gone: found.gone }];
    }
    if (untilMs - fromMs < UNDER_WAY_MS && at === askedAtMs.length - 1) return [];
    return [{ captureId: null, at: takenAt, finding: 'missing', gone: false }];
  });
}
