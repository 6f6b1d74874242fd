import { type AnomalyCode, anomalyCodes } from '@antu/domain';
import { useTexts } from '../locales/index.ts';
import { useWords } from './use-words.ts';

const isAnomaly = (code: string): code is AnomalyCode => anomalyCodes.some((one) => one === code);

/** Words for what a session is reported for: a forged request, or the reason for which it was signed out. */
export function useAnomalyNames() {
  const { t } = useTexts();
  const { reasonName } = useWords();
  return {
    anomalyName: (code: string): string => {
      if (isAnomaly(code)) return t(`live.anomaly.${code}`);
      if (code === 'taken-over') return t('live.anomaly.taken-over');
      return code === 'vanished' ? t('live.anomaly.vanished') : reasonName(code);
    },
  };
}
