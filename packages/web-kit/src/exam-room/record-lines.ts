import type { SittingRecord } from '@antu/contract';

/** Kinds of events that the catalogue of the board has words for. */
export type KnownKind = keyof typeof import('./locales/zh-cn.ts').zhCn.record.kinds;

type Event = SittingRecord['events'][number];
/** One line of what happened: several of the same kind in a row are one, with their number. */
export interface RecordLine {
  readonly at: string;
  readonly kind: string;
  /** Only what a person wrote: ids and addresses are for the log. */
  readonly reason: string | null;
  readonly times: number;
}

/** Events whose detail is the reason that somebody gave. */
const WITH_REASON: ReadonlySet<string> = new Set(['extended', 'voided', 'reinstated', 'identity-confirmed']);

/** What happened around a sitting, short enough to be read: the first of a row of equal events stands for all of them. */
export function recordLines(events: readonly Event[]): RecordLine[] {
  const lines: RecordLine[] = [];
  for (const { at, kind, detail } of events) {
    const reason = WITH_REASON.has(kind) ? detail : null;
    const last = lines.at(-1);
    if (last?.kind === kind && last.reason === reason) lines[lines.length - 1] = { ...last, times: last.times + 1 };
    else lines.push({ at, kind, reason, times: 1 });
  }
  return lines;
}
