import { describe, expect, it } from 'vitest';
import { AnswerOutbox, MOST_ANSWERS } from './answer-outbox.ts';
import { newRecord, type SittingRecord } from './sitting-record.ts';
import { T0 } from './testing.ts';

const at = (ms: number) => new Date(T0 + ms).toISOString();
function fresh(): { record: SittingRecord; outbox: AnswerOutbox } {
  const record = newRecord('a', T0);
  return { record, outbox: new AnswerOutbox(record) };
}
const sent = (outbox: AnswerOutbox) => outbox.nextParcel()?.answers.map(({ item, answer }) => [item, answer]);

describe('AnswerOutbox', () => {
  it('repeats a request unchanged and lets later answers travel in the next', () => {
    const { outbox } = fresh();
    outbox.give(0, 'A', T0);
    const first = structuredClone(outbox.nextParcel());
    outbox.give(0, 'B', T0 + 1);
    outbox.give(1, 'C', T0 + 2);
    expect(outbox.nextParcel()).toEqual(first);
    outbox.acknowledge(first?.seq ?? 0);
    expect(outbox.isSaved(0)).toBe(false);
    expect(sent(outbox)).toEqual([
      [0, 'B'],
      [1, 'C'],
    ]);
    expect(outbox.nextParcel()?.seq).toBe((first?.seq ?? 0) + 1);
  });

  it('is saved only by the answer to its own request', () => {
    const { outbox } = fresh();
    outbox.give(0, 'A', T0);
    const seq = outbox.nextParcel()?.seq ?? 0;
    outbox.acknowledge(seq - 1);
    expect(outbox.isSaved(0)).toBe(false);
    outbox.acknowledge(seq);
    expect(outbox.isSaved(0)).toBe(true);
    expect(outbox.waiting).toBe(false);
  });

  it('sends an answer that was taken back', () => {
    const { outbox } = fresh();
    outbox.give(0, ['A'], T0);
    outbox.acknowledge(outbox.nextParcel()?.seq ?? 0);
    outbox.give(0, null, T0 + 1);
    expect(sent(outbox)).toEqual([[0, null]]);
  });

  it('sends in the order given and not more than the contract takes', () => {
    const { outbox } = fresh();
    for (let item = 249; item >= 0; item -= 1) outbox.give(item, true, T0);
    const first = outbox.nextParcel();
    expect(first?.answers.length).toBe(MOST_ANSWERS);
    expect(first?.answers[0]?.item).toBe(249);
    outbox.acknowledge(first?.seq ?? 0);
    expect(outbox.nextParcel()?.answers.length).toBe(50);
  });

  describe('reconcile', () => {
    const others = { sameDevice: false, others: true };
    const alone = { sameDevice: false, others: false };
    it('keeps what was given here and not sent', () => {
      const { outbox } = fresh();
      outbox.give(0, 'B', T0);
      outbox.reconcile([{ item: 0, answer: 'A', savedAt: at(9_000) }], alone);
      expect(outbox.answerOf(0)).toBe('B');
      expect(sent(outbox)).toEqual([[0, 'B']]);
    });
    it('lets the later answer of another device hold', () => {
      const { outbox } = fresh();
      outbox.give(0, 'B', T0);
      outbox.give(1, 'C', T0 + 60_000);
      const saved = [0, 1].map((item) => ({ item, answer: 'A' as const, savedAt: at(30_000) }));
      outbox.reconcile(saved, others);
      expect([outbox.answerOf(0), outbox.answerOf(1)]).toEqual(['A', 'C']);
      expect(sent(outbox)).toEqual([[1, 'C']]);
    });
    it('knows its own request again, however late it was saved', () => {
      const { outbox } = fresh();
      outbox.give(0, 'A', T0);
      outbox.nextParcel();
      outbox.give(0, 'B', T0 + 500);
      outbox.reconcile([{ item: 0, answer: 'A', savedAt: at(2_000) }], others);
      expect(outbox.answerOf(0)).toBe('B');
    });
    it('takes as saved what the server has', () => {
      const { outbox } = fresh();
      outbox.give(0, 'A', T0);
      outbox.nextParcel();
      outbox.reconcile([{ item: 0, answer: 'A', savedAt: at(100) }], alone);
      expect(outbox.isSaved(0)).toBe(true);
      expect(outbox.nextParcel()).toBeNull();
    });
    it('repeats the request under way when the server still takes its name', () => {
      const { outbox } = fresh();
      outbox.give(0, 'A', T0);
      const seq = outbox.nextParcel()?.seq;
      outbox.reconcile([], { sameDevice: true, others: false });
      expect(outbox.nextParcel()?.seq).toBe(seq);
    });
    it('sends again what was acknowledged and is not there', () => {
      const { outbox } = fresh();
      outbox.give(0, 'A', T0);
      outbox.acknowledge(outbox.nextParcel()?.seq ?? 0);
      outbox.reconcile([], alone);
      expect(sent(outbox)).toEqual([[0, 'A']]);
    });
  });
});
