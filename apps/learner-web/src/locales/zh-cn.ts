/** Texts of this app, Chinese. */
export const zhCn = {
  nav: { label: '主要页面', home: '首页', hours: '学时', me: '我的' },
  home: { emptyTitle: '现在没有要办的事', emptyText: '有新的安排时会出现在这里。' },
} as const;
