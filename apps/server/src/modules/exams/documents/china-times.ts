const dayFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'long',
});
const clockFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 2026年11月26日星期四, in China. */
export const chinaDayText = (at: Date): string => dayFormat.format(at);

/** 2026年11月26日星期四 09:00 至 12:00; with both days where it goes over midnight. */
export function chinaSpanText(from: Date, to: Date): string {
  const [fromDay, toDay] = [chinaDayText(from), chinaDayText(to)];
  const until = fromDay === toDay ? clockFormat.format(to) : `${toDay} ${clockFormat.format(to)}`;
  return `${fromDay} ${clockFormat.format(from)} 至 ${until}`;
}
