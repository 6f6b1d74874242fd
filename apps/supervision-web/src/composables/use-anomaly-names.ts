import { type AnomalyCode, anomalyCodes } from '@antu/domain';
import { useTexts } from '../locales/index.ts';
import { useWords } from './use-words.ts';

const isAnomaly = (code: string): code is AnomalyCode => anomalyCodes.some((one) => one === code);

/** Ends of a session that are worth a look and no refusals. */
const SIGNED_OUT = ['taken-over', 'vanished', 'identity-failed', 'identity-missed'] as const;
const isSignedOut = (code: string): code is (typeof SIGNED_OUT)[number] => SIGNED_OUT.some((one) => one === code);

/** Words for what a session is reported for: a forged request, or the reason for which it was signed out. */
export function useAnomalyNames() {
  const { t } = useTexts();
  const { reasonName } = useWords();
  return {
    anomalyName: (code: string): string => {
      if (isAnomaly(code)) return t(`live.anomaly.${code}`);
      return isSignedOut(code) ? t(`live.anomaly.${code}`) : reasonName(code);
    },
  };
}
