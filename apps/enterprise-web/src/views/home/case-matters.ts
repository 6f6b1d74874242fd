import { type CaseCounts } from '@antu/web-kit';
import type { useTexts } from '../../locales/index.ts';
import type { Matter } from './matters.ts';

/** What the review desk asks for: cases to decide, or appeals when nothing else waits there. */
export function listCaseMatters(counts: CaseCounts | undefined, t: ReturnType<typeof useTexts>['t']): Matter[] {
  const { open, appealed } = counts ?? { open: 0, appealed: 0 };
  if (open + appealed === 0) return [];
  const plain = { key: 'cases', tone: 'wait' as const, icon: 'eye' as const, due: t('home.noLimit'), dueNote: '' };
  if (open === 0) {
    return [
      {
        ...plain,
        title: t('home.appeals', { n: appealed }),
        text: t('home.appealsText'),
        action: t('home.goAppeals'),
        to: { name: 'cases', query: { 'cases.state': 'appealed' } },
      },
    ];
  }
  return [
    {
      ...plain,
      title: t('home.cases', { n: open }),
      text: appealed > 0 ? t('home.casesTextAppeals', { n: appealed }) : t('home.casesText'),
      action: t('home.goCases'),
      to: { name: 'cases', query: { 'cases.state': 'open' } },
    },
  ];
}
