/** Texts of this app, Chinese. */
export const zhCn = {
  nav: { home: '待办' },
  home: { emptyTitle: '现在没有要办的事', emptyText: '有新的安排时会出现在这里。' },
} as const;
