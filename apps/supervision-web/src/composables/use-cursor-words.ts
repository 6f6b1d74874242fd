import { formatClock, formatDuration } from '@antu/web-kit';
import { useTexts } from '../locales/index.ts';
import { letsGoOn } from '../proof/identity-lane.ts';
import { isWaiting } from '../proof/proof-model.ts';
import type { CursorReading } from '../proof/read-cursor.ts';
import { useCheckWords } from './use-check-words.ts';
import { useWords } from './use-words.ts';

interface Entry {
  key: string;
  name: string;
  value: string;
  tone?: 'ok' | 'wait' | 'stop';
}

/** What the cursor reads, in words: as entries of the strip and as one sentence for screen readers. */
export function useCursorWords() {
  const { t } = useTexts();
  const { reasonName, deviceName } = useWords();
  const { outcomeName } = useCheckWords();

  const creditEntry = (reading: CursorReading): Entry => {
    const time = formatDuration(reading.creditedSeconds);
    const { stretch } = reading;
    if (stretch?.kind === 'credited')
      return { key: 'credit', name: t('proof.read.credit'), value: t('proof.read.counting', { time }), tone: 'ok' };
    const value = t('proof.read.notCounting', { time, reason: reasonName(stretch?.reason ?? 'unreported') });
    const refused = stretch?.kind === 'refused' && !isWaiting(stretch.reason);
    return { key: 'credit', name: t('proof.read.credit'), value, tone: refused ? 'stop' : 'wait' };
  };
  const pageEntry = ({ activity }: CursorReading): Entry => {
    if (activity === null) return { key: 'page', name: t('proof.read.page'), value: t('proof.read.unknown') };
    const hidden = activity === 'hidden';
    return {
      key: 'page',
      name: t('proof.read.page'),
      value: t(`proof.activity.${activity}`),
      ...(hidden ? { tone: 'stop' as const } : {}),
    };
  };
  const networkEntry = ({ network }: CursorReading): Entry => {
    const tones = { fine: undefined, bridged: 'wait', lost: 'stop' } as const;
    const tone = tones[network];
    return {
      key: 'network',
      name: t('proof.read.network'),
      value: t(`proof.read.${network}`),
      ...(tone ? { tone } : {}),
    };
  };

  const checkEntry = ({ check, atMs }: CursorReading): Entry => {
    const name = t('proof.read.check');
    if (!check || check.decidedMs === null) return { key: 'check', name, value: t('proof.read.noCheck') };
    const time = formatDuration((atMs - check.decidedMs) / 1000);
    const value = t('proof.read.checkWords', { time, outcome: outcomeName(check.outcome) });
    return { key: 'check', name, value, ...(letsGoOn(check) ? {} : { tone: 'stop' as const }) };
  };

  /** @param checked whether the session has a lane of identity checks */
  const entriesOf = (reading: CursorReading, deviceKind: string, checked: boolean): Entry[] => [
    { key: 'at', name: t('proof.read.cursor'), value: formatClock(new Date(reading.atMs), true) },
    creditEntry(reading),
    {
      key: 'position',
      name: t('proof.read.position'),
      value: reading.mediaMs === null ? t('proof.read.unknown') : formatDuration(reading.mediaMs / 1000),
    },
    pageEntry(reading),
    {
      key: 'sign',
      name: t('proof.read.sign'),
      value: t('proof.read.ago', { time: formatDuration(reading.sinceSignMs / 1000) }),
    },
    ...(checked ? [checkEntry(reading)] : []),
    networkEntry(reading),
    { key: 'device', name: t('proof.read.device'), value: deviceName(deviceKind) },
  ];
  const sentenceOf = (reading: CursorReading): string =>
    [
      formatClock(new Date(reading.atMs), true),
      creditEntry(reading).value,
      pageEntry(reading).value,
      networkEntry(reading).value,
    ].join(t('common.comma'));
  return { entriesOf, sentenceOf };
}
