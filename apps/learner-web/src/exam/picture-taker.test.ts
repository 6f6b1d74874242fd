import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SnapshotReport } from '../study/study-transport.ts';
import { PictureTaker } from './picture-taker.ts';
import { Refusal } from './testing.ts';

const PICTURE: SnapshotReport = { picture: 'cGljdHVyZQ==', failure: null };
const without = (failure: string): SnapshotReport => ({ picture: null, failure });

let reports: SnapshotReport[];
let sent: { id: number; report: SnapshotReport }[];
let states: string[];
let refusals: Refusal[];
let asked: boolean[];
let taker: PictureTaker;

beforeEach(() => {
  vi.useFakeTimers();
  [reports, sent, states, refusals, asked] = [[], [], [], [], []];
  taker = new PictureTaker({
    take: async (ask) => {
      asked.push(ask);
      return reports.shift() ?? PICTURE;
    },
    send: async (id, report) => {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      sent.push({ id, report });
    },
    stopwatchMs: () => Date.now(),
    onState: (state, fault) => states.push(fault === null ? state : `${state} ${fault}`),
  });
});
afterEach(() => vi.useRealTimers());

describe('the silent picture of a sitting', () => {
  it('is taken once and sent, however often it is asked for', async () => {
    await taker.hear(null);
    await taker.hear(0);
    await taker.hear(0);
    await taker.hear(1);
    expect(sent).toEqual([
      { id: 0, report: PICTURE },
      { id: 1, report: PICTURE },
    ]);
    expect(asked).toEqual([false, false]);
    expect(states).toEqual(['taking', 'ready', 'taking', 'ready']);
  });

  it('that fails is tried once more; then the reason is sent', async () => {
    reports = [without('in-use'), without('denied')];
    await taker.hear(3);
    expect(sent).toEqual([]);
    expect(states.at(-1)).toBe('trouble in-use');
    await taker.hear(3);
    expect(sent).toEqual([{ id: 3, report: without('denied') }]);
    await taker.hear(3);
    expect(asked).toHaveLength(2);
  });

  it('that fails once and works the second time is sent', async () => {
    reports = [without('hidden')];
    await taker.hear(3);
    await taker.hear(3);
    expect(sent).toEqual([{ id: 3, report: PICTURE }]);
  });

  it('is sent again while the network is away, and not when it is refused', async () => {
    refusals = [new Refusal(0), new Refusal(503)];
    const done = taker.hear(0);
    await vi.advanceTimersByTimeAsync(7_000);
    await done;
    expect(sent).toHaveLength(1);
    refusals = [new Refusal(409, 'exams.other_device'), new Refusal(0)];
    await taker.hear(1);
    expect(sent).toHaveLength(1);
    expect(refusals).toHaveLength(1);
  });

  it('of a camera that was mended by hand may ask the person, and is not sent', async () => {
    await taker.retry();
    expect(asked).toEqual([true]);
    expect(states.at(-1)).toBe('ready');
    expect(sent).toEqual([]);
  });
});
