import type { Answer } from './question.ts';

/**
 * A sitting is one candidate's exam. `frozen`: the paper is drawn, the bell has not rung or the candidate has not begun; `running`;
 * `submitted` by the candidate or `timed-out`, and waiting to be marked; `voided` by an invigilator; `marked`.
 */
export const sittingStates = ['frozen', 'running', 'submitted', 'timed-out', 'voided', 'marked'] as const;
export type SittingStateName = (typeof sittingStates)[number];

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
  /** When another device took the sitting over, of a save that came after that; null for every other one. */
  readonly overtakenAtMs: number | null;
  readonly answers: readonly { readonly item: number; readonly answer: Answer }[];
}

export interface KeptAnswer {
  readonly answer: Answer;
  readonly savedAtMs: number;
}

/**
 * What stands after all saves, by item. The last receipt wins, whichever device it came from; of one device an older save that
 * was overtaken on the way never replaces a newer one. What a device sends after it was replaced stands as if received just then:
 * before everything of the device that came after it. Saves that do not count are left out.
 * @param saves in the order of receipt
 */
export function foldSaves(saves: readonly SavedAnswers[]): Map<number, KeptAnswer> {
  const kept = new Map<number, KeptAnswer & { readonly deviceId: string; readonly seq: number }>();
  for (const { deviceId, seq, receivedAtMs, overtakenAtMs, counts, answers } of inOrderOfGiving(saves)) {
    if (!counts) continue;
    for (const { item, answer } of answers) {
      const before = kept.get(item);
      if (before?.deviceId === deviceId && before.seq > seq) continue;
      kept.set(item, { answer, savedAtMs: overtakenAtMs ?? receivedAtMs, deviceId, seq });
    }
  }
  return new Map([...kept].map(([item, { answer, savedAtMs }]) => [item, { answer, savedAtMs }]));
}

/** Equal moments: what is overtaken first. */
const inOrderOfGiving = (saves: readonly SavedAnswers[]): SavedAnswers[] =>
  saves.some(({ overtakenAtMs }) => overtakenAtMs !== null)
    ? saves.toSorted(
        (a, b) =>
          (a.overtakenAtMs ?? a.receivedAtMs) - (b.overtakenAtMs ?? b.receivedAtMs) ||
          Number(a.overtakenAtMs === null) - Number(b.overtakenAtMs === null),
      )
    : [...saves];

/** Of answers that a replaced device sends, those it had before: by how long ago each was given when it arrived. */
export const givenBefore = <Given extends { readonly agoMs: number }>(
  answers: readonly Given[],
  receivedAtMs: number,
  replacedAtMs: number,
): Given[] => answers.filter(({ agoMs }) => receivedAtMs - agoMs <= replacedAtMs);
