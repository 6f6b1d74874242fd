import { formatClock, formatDuration } from '@antu/web-kit';
import { useTexts } from '../locales/index.ts';
import type { ModelCheck, ModelIdentity, ModelSnapshot } from '../proof/identity-lane.ts';
import { useCheckWords } from './use-check-words.ts';

/** A check or a snapshot of a session. */
export interface CheckPlace {
  kind: 'check' | 'snapshot';
  place: number;
}

/** What is told of one of them beside its pictures. */
export interface CheckItem {
  place: CheckPlace;
  atMs: number;
  title: string;
  tone: string;
  facts: { name: string; value: string }[];
  captures: readonly { id: string; gone: boolean }[];
}

/** Checks and snapshots of a session in words, in the order of time. */
export function useCheckItems() {
  const { t } = useTexts();
  const words = useCheckWords();
  const clock = (ms: number) => formatClock(new Date(ms), true);

  function itemOfCheck(check: ModelCheck, gapSeconds: number | null): CheckItem {
    const facts = [
      {
        name: t('proof.identity.at'),
        value:
          check.decidedMs === null || check.decidedMs === check.askedMs
            ? clock(check.askedMs)
            : t('common.fromTo', { from: clock(check.askedMs), to: clock(check.decidedMs) }),
      },
      { name: t('proof.identity.outcome'), value: words.outcomeWords(check) },
      { name: t('proof.identity.tries'), value: t('proof.identity.times', { n: check.triesUsed }) },
    ];
    if (check.method !== null) facts.push({ name: t('proof.identity.method'), value: words.methodName(check.method) });
    if (check.distance !== null) {
      const value = check.distance.toFixed(2);
      facts.push({ name: t('proof.identity.distance'), value: t('proof.identity.distanceNote', { value }) });
    }
    if (check.kind === 'random' && gapSeconds !== null) {
      const value = t('proof.identity.viewedOf', {
        time: formatDuration(check.viewedSeconds),
        limit: formatDuration(gapSeconds),
      });
      facts.push({ name: t('proof.identity.viewed'), value });
    }
    return {
      place: { kind: 'check', place: check.place },
      atMs: check.atMs,
      title: `${words.kindName(check.kind)} ${clock(check.askedMs)}`,
      tone: words.outcomeTone(check.outcome),
      facts,
      captures: check.captures,
    };
  }
  function itemOfSnapshot(one: ModelSnapshot): CheckItem {
    return {
      place: { kind: 'snapshot', place: one.place },
      atMs: one.atMs,
      title: `${t('proof.identity.snapshot')} ${clock(one.atMs)}`,
      tone: words.findingTone(one.finding),
      facts: [
        { name: t('proof.identity.at'), value: clock(one.atMs) },
        { name: t('proof.identity.outcome'), value: words.findingName(one.finding) },
      ],
      captures: one.captureId === null ? [] : [{ id: one.captureId, gone: one.gone }],
    };
  }

  return {
    itemsOf: ({ gapSeconds, checks, snapshots }: ModelIdentity): CheckItem[] =>
      [...checks.map((one) => itemOfCheck(one, gapSeconds)), ...snapshots.map(itemOfSnapshot)].sort(
        (a, b) => a.atMs - b.atMs,
      ),
  };
}
