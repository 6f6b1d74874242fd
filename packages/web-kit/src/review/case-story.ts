import type { Appeal, HourDecision, ReviewCaseDetail } from '@antu/contract';

/** Something that happened to a session before now. */
export type CaseEvent =
  | { readonly kind: 'studied'; readonly key: string; readonly at: string }
  | { readonly kind: 'decided'; readonly key: string; readonly at: string; readonly decision: HourDecision }
  | { readonly kind: 'appealed' | 'answered'; readonly key: string; readonly at: string; readonly appeal: Appeal };

/** What happened, newest first: the session itself, decisions, appeals and their answers. */
export function storyOf(detail: Pick<ReviewCaseDetail, 'openedAt' | 'decisions' | 'appeals'>): CaseEvent[] {
  const events: CaseEvent[] = [
    { kind: 'studied', key: 'studied', at: detail.openedAt },
    ...detail.decisions.map((decision) => ({
      kind: 'decided' as const,
      key: decision.id,
      at: decision.at,
      decision,
    })),
    ...detail.appeals.flatMap((appeal): CaseEvent[] => [
      { kind: 'appealed', key: appeal.id, at: appeal.at, appeal },
      ...(appeal.answeredAt === null
        ? []
        : [{ kind: 'answered' as const, key: `${appeal.id}-answer`, at: appeal.answeredAt, appeal }]),
    ]),
  ];
  return events.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Taken back by decisions and not given back since, s. */
export function voidedSecondsOf(decisions: readonly Pick<HourDecision, 'kind' | 'seconds'>[]): number {
  let seconds = 0;
  for (const one of decisions) {
    if (one.kind === 'void') seconds += one.seconds;
    if (one.kind === 'restore') seconds -= one.seconds;
  }
  return Math.max(0, seconds);
}

/** The appeal that waits for an answer. */
export function openAppealOf(appeals: readonly Appeal[]): Appeal | undefined {
  return appeals.find((one) => one.state === 'open');
}

/** The newest appeal, answered or not. */
export function lastAppealOf(appeals: readonly Appeal[]): Appeal | undefined {
  return appeals.reduce<Appeal | undefined>(
    (last, one) => (last === undefined || Date.parse(one.at) > Date.parse(last.at) ? one : last),
    undefined,
  );
}

const DAY_MS = 86_400_000;

/** Whole days since an instant. */
export function daysSince(at: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / DAY_MS));
}

/** The two ends of a digest, enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length > 14 ? `${hash.slice(0, 8)} … ${hash.slice(-4)}` : hash;
}
