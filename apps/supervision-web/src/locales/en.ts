import type { SameTexts } from '@antu/web-kit';
import type { zhCn } from './zh-cn.ts';

/** Texts of this app, English. */
export const en: SameTexts<typeof zhCn> = {
  nav: { home: 'Live' },
  home: { emptyTitle: 'Nothing to do now', emptyText: 'New assignments will appear here.' },
};
