import type { SessionIdentity, SessionProof } from '@antu/contract';
import type { TimeView } from './time-view.ts';

/** A check with its times as numbers. */
export interface ModelCheck {
  /** Place among the checks of the session, from 0. */
  readonly place: number;
  /** Where it stands on the time line: a sign-in check before the opening stands at its beginning. */
  readonly atMs: number;
  readonly askedMs: number;
  readonly decidedMs: number | null;
  readonly kind: SessionIdentity['checks'][number]['kind'];
  readonly outcome: SessionIdentity['checks'][number]['outcome'];
  readonly method: SessionIdentity['checks'][number]['method'];
  readonly distance: number | null;
  readonly problems: readonly string[];
  readonly triesUsed: number;
  readonly viewedSeconds: number;
  readonly captures: SessionIdentity['checks'][number]['captures'];
}

export interface ModelSnapshot {
  readonly place: number;
  readonly atMs: number;
  readonly captureId: string | null;
  readonly finding: SessionIdentity['snapshots'][number]['finding'];
  readonly gone: boolean;
}

/** Viewing between two checks, or after the last one, against the longest that the rule set allows. */
export interface CheckGap extends TimeView {
  readonly viewedSeconds: number;
  /** Longer than allowed: the platform, not the learner, has to explain it. */
  readonly over: boolean;
  /** After the last check: nothing closes it. */
  readonly open: boolean;
}

export interface ModelIdentity {
  readonly gapSeconds: number | null;
  readonly checks: readonly ModelCheck[];
  readonly snapshots: readonly ModelSnapshot[];
  readonly gaps: readonly CheckGap[];
}

/** Turns the checks of a session into what the lane draws. */
export function readIdentity({ identity }: SessionProof, whole: TimeView): ModelIdentity {
  const inside = (ms: number): number => Math.min(whole.toMs, Math.max(whole.fromMs, ms));
  const checks = identity.checks.map((one, place): ModelCheck => {
    const askedMs = Date.parse(one.askedAt);
    const decidedMs = one.decidedAt === null ? null : Date.parse(one.decidedAt);
    const { kind, outcome, method, distance, problems, triesUsed, viewedSeconds, captures } = one;
    const rest = { kind, outcome, method, distance, problems, triesUsed, viewedSeconds, captures };
    return { place, atMs: inside(askedMs), askedMs, decidedMs, ...rest };
  });
  const snapshots = identity.snapshots.map(({ at, captureId, finding, gone }, place) => {
    return { place, atMs: inside(Date.parse(at)), captureId, finding, gone };
  });
  return {
    gapSeconds: identity.gapSeconds,
    checks,
    snapshots,
    gaps: gapsOf(identity, checks, whole),
  };
}

/** Checks after which the clock went on: passed, or left to two people. */
export const letsGoOn = ({ outcome }: Pick<ModelCheck, 'outcome'>): boolean =>
  outcome === 'passed' || outcome === 'pending';

function gapsOf(identity: SessionIdentity, checks: readonly ModelCheck[], whole: TimeView): CheckGap[] {
  const most = identity.gapSeconds ?? Number.POSITIVE_INFINITY;
  const gaps: CheckGap[] = [];
  let fromMs: number | null = null;
  for (const check of checks) {
    if (fromMs !== null && check.atMs > fromMs) {
      const { viewedSeconds } = check;
      gaps.push({ fromMs, toMs: check.atMs, viewedSeconds, over: viewedSeconds > most, open: false });
    }
    if (letsGoOn(check)) fromMs = Math.max(check.atMs, Math.min(whole.toMs, check.decidedMs ?? check.atMs));
    else fromMs = null;
  }
  const viewedSeconds = identity.viewedAfterSeconds;
  if (fromMs !== null && whole.toMs > fromMs && viewedSeconds > 0)
    gaps.push({ fromMs, toMs: whole.toMs, viewedSeconds, over: viewedSeconds > most, open: true });
  return gaps;
}

/** The longest viewing without a check, seconds; null when none was passed. */
export function longestGapSeconds({ gaps }: ModelIdentity): number | null {
  return gaps.length === 0 ? null : Math.max(...gaps.map((one) => one.viewedSeconds));
}

/** Whether a check gave trouble: more than one try, or no good end. Waiting for such a check is worth a number. */
export const gaveTrouble = ({ outcome, triesUsed }: ModelCheck): boolean =>
  outcome === 'failed' || outcome === 'missed' || triesUsed > 1;

/** Checks that gave trouble within one of the spans. */
export function troublesWithin(checks: readonly ModelCheck[], spans: readonly TimeView[]): ModelCheck[] {
  return checks.filter(
    (one) =>
      gaveTrouble(one) && spans.some((span) => one.atMs <= span.toMs && (one.decidedMs ?? one.atMs) >= span.fromMs),
  );
}

/** The last check that was decided at or before an instant. */
export function checkBefore({ checks }: ModelIdentity, atMs: number): ModelCheck | undefined {
  return checks.findLast((one) => one.decidedMs !== null && one.decidedMs <= atMs);
}

/** The picture that stands for a check: the first that is left of its last try; undefined when it never had one. */
export function pictureOf({ captures }: Pick<ModelCheck, 'captures'>): { id: string; gone: boolean } | undefined {
  return captures.find((one) => !one.gone) ?? captures[0];
}

/** Pictures that the strip of the lane shows and that are still there: one of each check and every snapshot. */
export function stripPictures({ checks, snapshots }: ModelIdentity): string[] {
  const ofChecks = checks.flatMap((one) => {
    const picture = pictureOf(one);
    return picture && !picture.gone ? [picture.id] : [];
  });
  return [...ofChecks, ...snapshots.flatMap((one) => (one.captureId !== null && !one.gone ? [one.captureId] : []))];
}
