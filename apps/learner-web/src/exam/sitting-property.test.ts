import type { Answer } from '@antu/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerOutbox } from './answer-outbox.ts';
import { newRecord, readRecord, type SittingRecord, writeRecord } from './sitting-record.ts';
import type { SaveRequest } from './sitting-transport.ts';
import { FakeExamServer, memoryKeeper, SITTING_ID, T0 } from './testing.ts';

const ITEMS = 4;
const KEYS = ['A', 'B', 'C', 'D'] as const;
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('answer' as const), item: fc.nat(ITEMS - 1), key: fc.nat(4) }) },
  {
    weight: 6,
    // What becomes of the request: handled and answered; lost on the way there; handled but the answer lost; late, after others.
    arbitrary: fc.record({ do: fc.constant('send' as const), fate: fc.constantFrom('ok', 'lost', 'deaf', 'late') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), twice: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('late' as const) }) },
);

/** One device with pages that come and go, and a network that loses, repeats and delays. */
async function play(steps: Iterable<typeof step extends fc.Arbitrary<infer S> ? S : never>) {
  let nowMs = T0;
  const server = new FakeExamServer(() => nowMs, ITEMS);
  const keeper = memoryKeeper();
  const line = server.line('phone');
  const delayed: SaveRequest[] = [];
  const last = new Map<number, Answer>();
  let record: SittingRecord = newRecord('p', T0);
  let outbox = new AnswerOutbox(record);

  const keep = () => writeRecord(keeper, SITTING_ID, record);
  const open = async () => {
    record = readRecord(keeper, SITTING_ID, 'p') ?? newRecord('p', nowMs);
    outbox = new AnswerOutbox(record);
    const paper = await line.start(false);
    outbox.reconcile(paper.answers, { sameDevice: paper.deviceToken === record.deviceToken, others: false });
    record.deviceToken = paper.deviceToken;
    keep();
  };
  const send = (fate: string) => {
    const parcel = outbox.nextParcel();
    if (!parcel) return;
    keep();
    const answers = parcel.answers.map(({ item, answer, givenMs }) => ({ item, answer, agoMs: nowMs - givenMs }));
    const request = { deviceToken: record.deviceToken ?? '', seq: parcel.seq, answers };
    if (fate === 'late') delayed.push(structuredClone(request));
    if (fate === 'lost' || fate === 'late') return;
    server.save(request);
    if (fate === 'deaf') return;
    outbox.acknowledge(parcel.seq);
    keep();
    for (const { item, answer } of parcel.answers) {
      if (outbox.isSaved(item)) expect(server.answers.get(item)?.answer).toEqual(answer);
    }
  };
  const deliverLate = () => {
    const request = delayed.shift();
    if (!request) return;
    try {
      server.save(request);
    } catch {
      // Of a page that is gone: the server does not take its name any more.
    }
  };

  await open();
  for (const one of steps) {
    nowMs += 700;
    if (one.do === 'answer') {
      const answer = KEYS[one.key] ?? null;
      outbox.give(one.item, answer, nowMs);
      last.set(one.item, answer);
      keep();
    } else if (one.do === 'send') send(one.fate);
    else if (one.do === 'late') deliverLate();
    else {
      await open();
      if (one.twice) await open();
    }
    // Nothing that is shown as saved may be missing or different on the server, at any moment.
    for (let item = 0; item < ITEMS; item += 1) {
      if (outbox.isSaved(item)) expect(server.answers.get(item)?.answer).toEqual(outbox.answerOf(item));
    }
  }
  for (let tries = 0; tries < 5 && outbox.waiting; tries += 1) send('ok');
  while (delayed.length > 0) deliverLate();
  return { server, last, outbox };
}

describe('answers through loss, reload, repetition and delay', () => {
  it('end with the last answer of every question on the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { server, last, outbox } = await play(steps);
        for (const [item, answer] of last) expect(server.answers.get(item)?.answer ?? null).toEqual(answer);
        expect(outbox.unsent()).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });
});
