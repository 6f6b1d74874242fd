import { expect, it } from 'vitest';
import { MAX_BEATS_PER_PARCEL, Outbox } from './outbox.ts';

const beat = { mediaMs: 0, activity: 'playing', touched: false, tick: true } as const;

it('drops beats that say nothing new before any other when there is no room', () => {
  const outbox = new Outbox();
  outbox.push({ ...beat, tick: false, activity: 'paused' }, 0);
  for (let n = 1; n <= MAX_BEATS_PER_PARCEL; n += 1) outbox.push(beat, n);
  const parcel = outbox.nextParcel(100);
  expect(parcel?.kind === 'beats' && parcel.beats.map((one) => one.seq).slice(0, 3)).toEqual([1, 3, 4]);
  expect(outbox.length).toBe(MAX_BEATS_PER_PARCEL);
});

it('sends the answer to a question alone, in its place', () => {
  const outbox = new Outbox();
  outbox.push(beat, 0);
  outbox.push({ ...beat, promptId: 'p' }, 0);
  outbox.push(beat, 0);
  const kinds: string[] = [];
  for (let parcel = outbox.nextParcel(0); parcel; parcel = outbox.nextParcel(0)) {
    kinds.push(`${parcel.kind} ${parcel.lastSeq}`);
    outbox.acknowledge(parcel.lastSeq);
  }
  expect(kinds).toEqual(['beats 1', 'presence 2', 'beats 3']);
});
