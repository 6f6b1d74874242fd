import { recall, remember } from '@antu/web-kit';

const KEY = 'antu.lastLesson';

/** What the offline page can say: the last lesson and what the server had confirmed of it. */
export interface LastLesson {
  titleZh: string;
  titleEn: string | null;
  creditedSeconds: number;
  /** ISO instant of the server's last answer. */
  at: string;
}

/** Notes what the server confirmed last. Forgotten on signing out: phones are shared. */
export function rememberLastLesson(last: LastLesson | null): void {
  remember(KEY, last && JSON.stringify(last));
}

/** What the server confirmed last on this device; null when nothing is known. */
export function recallLastLesson(): LastLesson | null {
  try {
    const value: unknown = JSON.parse(recall(KEY) ?? 'null');
    return isLastLesson(value) ? value : null;
  } catch {
    return null;
  }
}

function isLastLesson(value: unknown): value is LastLesson {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Record<string, unknown>;
  return (
    typeof one['titleZh'] === 'string' && typeof one['creditedSeconds'] === 'number' && typeof one['at'] === 'string'
  );
}
