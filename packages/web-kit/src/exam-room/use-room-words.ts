import type { BoardRow, ExamView } from '@antu/contract';
import { formatDuration } from '../format/format-duration.ts';
import { formatClock, formatWhen } from '../format/format-when.ts';
import type { BoardAlert } from './board-rows.ts';
import { useRoomTexts } from './locales/room-texts.ts';

const MINUTE_MS = 60_000;
const DAY_SECONDS = 86_400;
/** Seen within three polls counts as here. */
const JUST_NOW_MS = 10_000;

/** Words for what the board shows, in the language on screen. */
export function useRoomWords() {
  const { t, locale } = useRoomTexts();
  const day = (at: string): string => {
    const words = formatWhen(at, new Date(), locale.value);
    return words.includes(formatClock(at)) ? words : `${words} ${formatClock(at)}`;
  };
  return {
    t,
    locale,
    day,
    alert: (row: BoardRow, alert: BoardAlert): string => t(`alerts.${alert}`, { n: row.leaves }),
    place: ({ place }: ExamView): string =>
      place.mode === 'online' ? t('where.online') : t('where.place', { address: place.address ?? '' }),
    /** A window within one day names the day once. */
    window: ({ opensAt, closesAt }: ExamView): string => {
      const [from, to] = [day(opensAt), day(closesAt)];
      const sameDay =
        formatWhen(opensAt, new Date(0), locale.value) === formatWhen(closesAt, new Date(0), locale.value);
      return t('window', { from, to: sameDay ? formatClock(closesAt) : to });
    },
    /** How long ago somebody was heard of. */
    seen: (at: string | null, nowMs: number): string => {
      if (at === null) return t('seen.never');
      const agoMs = Math.max(0, nowMs - Date.parse(at));
      if (agoMs < JUST_NOW_MS) return t('seen.now');
      if (agoMs < MINUTE_MS) return t('seen.seconds', { n: Math.floor(agoMs / 1000) });
      if (agoMs < 60 * MINUTE_MS) return t('seen.minutes', { n: Math.floor(agoMs / MINUTE_MS) });
      return t('seen.hours', { n: Math.floor(agoMs / (60 * MINUTE_MS)) });
    },
    /** A clock; days in front when there are any. */
    countdown: (seconds: number): string =>
      seconds < DAY_SECONDS
        ? formatDuration(seconds)
        : t('clock.days', { n: Math.floor(seconds / DAY_SECONDS), time: formatDuration(seconds % DAY_SECONDS) }),
  };
}
