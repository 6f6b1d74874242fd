import { recall, remember, useLocale } from '@antu/web-kit';
import { computed, type Ref, ref, type WritableComputedRef } from 'vue';

export type SubtitleChoice = 'zh' | 'en' | 'off';
const KEY = 'antu.subtitles';
const CHOICES: readonly SubtitleChoice[] = ['zh', 'en', 'off'];

const chosen: Ref<SubtitleChoice | null> = ref(CHOICES.find((one) => one === recall(KEY)) ?? null);

/** The language of subtitles, remembered on this device; until one is chosen, the language on screen. */
export function useSubtitles(): WritableComputedRef<SubtitleChoice> {
  const { locale } = useLocale();
  return computed({
    get: () => chosen.value ?? (locale.value === 'en' ? 'en' : 'zh'),
    set: (next) => {
      chosen.value = next;
      remember(KEY, next);
    },
  });
}
