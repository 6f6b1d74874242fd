import { caseReasonNames, type CaseReason, type CaseReasonView, STRETCH_REASON_NAMES } from '@antu/contract';
import { formatClock, formatWhen } from '../format/format-when.ts';
import { useReviewTexts } from './locales/review-texts.ts';

/** Words for codes and instants of the review desk, in the language on screen. */
export function useCaseWords() {
  const { t, locale } = useReviewTexts();
  const pick = (words: { readonly zh: string; readonly en: string }): string =>
    locale.value === 'en' ? words.en : words.zh;
  return {
    t,
    locale,
    pick,
    reasonName: (reason: CaseReason): string => pick(caseReasonNames[reason]),
    reasonText: (view: CaseReasonView): string => pick(view),
    /** Why a stretch was not counted; a code that is newer than this page shows itself. */
    stretchReason: (code: string | null): string => {
      const words = code === null ? undefined : STRETCH_REASON_NAMES[code];
      return words ? pick(words) : (code ?? '');
    },
    when: (at: string): string => formatWhen(at, new Date(), locale.value),
    /** Day and clock, also of days long ago. */
    whenExact: (at: string): string => {
      const words = formatWhen(at, new Date(), locale.value);
      return words.includes(formatClock(at)) ? words : `${words} ${formatClock(at)}`;
    },
  };
}
