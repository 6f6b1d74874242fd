import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRINTED_ROOTS_PX, type PrintedContent, printedPlotPx, printedSizeOf } from './printed-size.ts';

const row = '上报 33 次，位置 00:00 至 11:32；19:49:18 切到其他页面（06:58）';
const small: PrintedContent = {
  kept: [row, row],
  optional: [row, row],
  callouts: [],
  identity: 'none',
  otherDevices: 0,
};
const note = { lines: 3, law: '学习中随机验证身份，两次验证间隔不超过 15 分钟，验证通过前不计时' };

describe('the size of a proof on paper', () => {
  it('is the largest for a short session', () => {
    expect(printedSizeOf(small)).toEqual({ rootPx: 12, optionalRows: 2 });
  });

  it('is smaller with checks, callouts and many rows, down to the last size', () => {
    const checked = printedSizeOf({ ...small, identity: 'snapshots', callouts: [note, note, note] });
    expect(checked.rootPx).toBeLessThan(12);
    const full = printedSizeOf({
      ...small,
      optional: Array.from({ length: 10 }, () => row),
      identity: 'snapshots',
      callouts: [note, note, note, note],
    });
    expect(full.rootPx).toBeLessThan(checked.rootPx);
  });

  it('leaves rows to the package when even the smallest size is too large', () => {
    const size = printedSizeOf({
      ...small,
      optional: Array.from({ length: 30 }, () => row.repeat(3)),
      identity: 'snapshots',
      callouts: Array.from({ length: 8 }, () => note),
    });
    expect(size.rootPx).toBe(PRINTED_ROOTS_PX.at(-1));
    expect(size.optionalRows).toBeLessThan(30);
  });

  it('never grows when there is more to print', () => {
    fc.assert(
      fc.property(fc.nat(14), fc.nat(6), fc.constantFrom('none', 'checks', 'snapshots'), (rows, notes, identity) => {
        const of = (count: number) =>
          printedSizeOf({
            kept: Array.from({ length: count }, () => row),
            optional: [],
            callouts: Array.from({ length: notes }, () => note),
            identity,
            otherDevices: 0,
          }).rootPx;
        expect(of(rows + 1)).toBeLessThanOrEqual(of(rows));
      }),
    );
  });

  it('gives the plot more room on smaller paper words', () => {
    expect(Math.round(printedPlotPx(12))).toBe(740);
    expect(Math.round(printedPlotPx(11))).toBe(823);
  });
});
