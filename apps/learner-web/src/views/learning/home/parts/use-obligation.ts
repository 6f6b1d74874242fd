import type { Obligation } from '@antu/contract';
import { type Amount, formatAmount, formatDuration } from '@antu/web-kit';
import { computed, type ComputedRef } from 'vue';
import { describeDue } from '../../../../format/format-due.ts';
import { formatRoughSpan } from '../../../../format/format-span.ts';
import { minutesLeft } from '../../../../format/minutes-left.ts';
import { useTexts } from '../../../../locales/index.ts';
import { useNow } from '../../../../shell/use-now.ts';

export interface ObligationWords {
  title: string;
  part: number;
  done: Amount;
  whole: string;
  ring: string;
  left: string;
  due: string;
  tone: 'quiet' | 'wait' | 'stop';
  /** Position to go on at as a clock; null when at the beginning of a lesson. */
  at: string | null;
  courseTo: string;
  /** Lands on the exact second; the course when nothing is left to go on with. */
  nextTo: string;
  /** Words of the button that goes there, and for narrow rows. */
  act: string;
  actShort: string;
}

/** All words that a card of an obligation shows. */
export function useObligation(get: () => Obligation): ComputedRef<ObligationWords> {
  const { t, locale } = useTexts();
  const now = useNow();
  return computed(() => {
    const one = get();
    const { requiredSeconds, creditedSeconds, studyHourSeconds, next } = one;
    const amount = (seconds: number) => formatAmount(seconds, requiredSeconds, studyHourSeconds, locale.value);
    const said = (value: Amount) => `${value.number} ${value.unit}`;
    const due = describeDue(one.dueOn, now.value, locale.value);
    const whole = amount(requiredSeconds);
    const leftSeconds =
      requiredSeconds < studyHourSeconds
        ? minutesLeft(creditedSeconds, requiredSeconds) * 60
        : requiredSeconds - creditedSeconds;
    const courseTo = `/courses/${one.courseId}`;
    return {
      title: (locale.value === 'en' && one.titleEn) || one.titleZh,
      part: requiredSeconds > 0 ? creditedSeconds / requiredSeconds : 1,
      done: amount(creditedSeconds),
      whole: t(requiredSeconds < studyHourSeconds ? 'home.ofMinutes' : 'home.ofHours', { n: whole.number }),
      ring: t('home.ring', { done: said(amount(creditedSeconds)), whole: said(whole) }),
      left: t('home.left', { time: formatRoughSpan(leftSeconds, locale.value) }),
      due: t(due.key, due.params),
      tone: due.tone,
      at: next && next.resumeAtMs >= 1_000 ? formatDuration(next.resumeAtMs / 1000) : null,
      courseTo,
      nextTo: next ? `${courseTo}/lessons/${next.lessonVersionId}${next.awaitsQuiz ? '/quiz' : ''}` : courseTo,
      act: next?.awaitsQuiz ? t('home.quiz') : creditedSeconds > 0 ? t('home.goOn') : t('home.start'),
      actShort: next?.awaitsQuiz
        ? t('home.quizShort')
        : creditedSeconds > 0
          ? t('home.goOnShort')
          : t('home.startShort'),
    };
  });
}
