import { STRETCH_REASON_NAMES } from '@antu/contract';
import type { SchemeCode } from '@antu/domain';
import { useTexts } from '../locales/index.ts';

type DeviceKind = 'phone' | 'tablet' | 'computer';
const isDevice = (kind: string): kind is DeviceKind => ['phone', 'tablet', 'computer'].includes(kind);

/** Words for codes that many pages show, in the language on screen. */
export function useWords() {
  const { t, locale } = useTexts();
  const pick = (words: { readonly zh: string; readonly en: string }): string =>
    locale.value === 'en' ? words.en : words.zh;
  return {
    pick,
    /** A title that may have no English. */
    titleIn: (zh: string, en: string | null): string => (locale.value === 'en' && en) || zh,
    /** A name of a reason for which time was not credited; an unknown code shows itself. */
    reasonName: (code: string | null): string => {
      const words = code === null ? undefined : STRETCH_REASON_NAMES[code];
      return words ? pick(words) : (code ?? '');
    },
    schemeName: (scheme: SchemeCode): string => t(`scheme.${scheme}`),
    deviceName: (kind: string): string => (isDevice(kind) ? t(`device.${kind}`) : kind),
  };
}
