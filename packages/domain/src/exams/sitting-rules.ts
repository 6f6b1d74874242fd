import type { Answer } from './question.ts';

/** `frozen` until the candidate begins; `submitted` and `timed-out` wait for marking. */
export const sittingStateNames = ['frozen', 'running', 'submitted', 'timed-out', 'voided', 'marked'] as const;
export type SittingStateName = (typeof sittingStateNames)[number];

/** What decides when a sitting ends. Times in epoch ms. */
export interface SittingTimes {
  readonly startedAtMs: number;
  readonly durationSeconds: number;
  readonly extraSeconds: number;
  /** End of the exam's window. */
  readonly closesAtMs: number;
}

/** Who begins late in the window has no more time than the window; extra time is added to either. */
export const endsAtMsOf = ({ startedAtMs, durationSeconds, extraSeconds, closesAtMs }: SittingTimes): number =>
  Math.min(startedAtMs + durationSeconds * 1000, closesAtMs) + extraSeconds * 1000;

/** Whether what arrives at this moment still counts: until the end, and for what was on its way a grace longer. */
export const stillCounts = (receivedAtMs: number, endsAtMs: number, graceSeconds: number): boolean =>
  receivedAtMs <= endsAtMs + graceSeconds * 1000;

/** Whether the marking may begin: nothing that would count can arrive any more. */
export const isOver = (nowMs: number, endsAtMs: number, graceSeconds: number): boolean =>
  !stillCounts(nowMs, endsAtMs, graceSeconds);

/** A save of a device, in the order of receipt. */
export interface SavedAnswers {
  readonly deviceId: string;
  /** Grows with every save of the device. */
  readonly seq: number;
  readonly receivedAtMs: number;
  readonly counts: boolean;
  readonly answers: readonly { readonly item: number; readonly answer: Answer }[];
}

export interface KeptAnswer {
  readonly answer: Answer;
  readonly savedAtMs: number;
}

/**
 * What stands after all saves, by item. The last receipt wins, whichever device it came from; of one device an older save that
 * was overtaken on the way never replaces a newer one. Saves that do not count are left out.
 * @param saves in the order of receipt
 */
export function foldSaves(saves: readonly SavedAnswers[]): Map<number, KeptAnswer> {
  const kept = new Map<number, KeptAnswer & { readonly deviceId: string; readonly seq: number }>();
  for (const { deviceId, seq, receivedAtMs, counts, answers } of saves) {
    if (!counts) continue;
    for (const { item, answer } of answers) {
      const before = kept.get(item);
      if (before?.deviceId === deviceId && before.seq > seq) continue;
      kept.set(item, { answer, savedAtMs: receivedAtMs, deviceId, seq });
    }
  }
  return new Map([...kept].map(([item, { answer, savedAtMs }]) => [item, { answer, savedAtMs }]));
}
