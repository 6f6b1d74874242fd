import { randomUUID } from 'node:crypto';
import { type Attack, begin, reportOn, watchABit } from './attack.ts';
import { beat, type Student } from './study-bench.ts';

/** Opens the long lesson and plays it from the credited point, untouched, until the question stands open. */
async function watchUntilAsked(one: Student): Promise<void> {
  const fromSeconds = (await one.open(1)).body.resumeAtMs / 1000;
  for (let index = 0; index <= 40; index += 1) {
    if (index > 0) one.wait(15);
    const { body } = await one.send([beat(index + 1, fromSeconds + index * 15, { touched: false })]);
    if (body.prompt) return;
  }
  throw new Error('no question was asked');
}

/** Attacks on sessions, questions and accounts rather than on single reports. */
export const moreAttacks: readonly Attack[] = [
  {
    name: 'a lesson that is not open to anybody',
    most: 15,
    marks: ['closed: vanished'],
    run: async (one) => {
      const refused = await one.client.post('/api/study-sessions', {
        lessonVersionId: randomUUID(),
        device: { kind: 'phone', name: '' },
      });
      if (refused.status !== 404) throw new Error(`opened: ${refused.status}`);
      await watchABit(one);
    },
  },
  {
    name: 'fifty identical requests at once',
    most: 15,
    marks: ['anomaly: repeat'],
    run: async (one) => {
      await begin(one);
      await Promise.all(Array.from({ length: 50 }, () => one.send([beat(2, 15)])));
    },
  },
  {
    name: 'fifty different reports at once',
    most: 15,
    marks: ['anomaly: too-frequent', 'anomaly: flood'],
    run: async (one) => {
      await begin(one);
      await Promise.all(Array.from({ length: 50 }, (_, index) => one.send([beat(index + 2, 15 + index / 10)])));
    },
  },
  {
    name: 'a thousand reports a second',
    most: 2,
    marks: ['anomaly: flood'],
    run: async (one) => {
      await one.open(1);
      for (let index = 1; index <= 200; index += 1) {
        await one.send([beat(index, index / 100)]);
        one.wait(0.01);
      }
    },
  },
  {
    name: 'the presence question ignored',
    most: 0,
    marks: ['refused: no-presence'],
    run: async (one) => {
      await one.open(1);
      await reportOn(one, [0, 46], (index) => beat(index + 1, index * 15, { touched: false }));
    },
  },
  {
    name: 'the presence question ignored and the session left silent',
    most: 0,
    marks: ['refused: no-presence'],
    run: async (one) => {
      await one.open(1);
      await reportOn(one, [0, 40], (index) => beat(index + 1, index * 15, { touched: false }));
    },
  },
  {
    name: 'the presence question answered with a guessed id',
    most: 0,
    marks: ['anomaly: wrong-prompt'],
    run: async (one) => {
      await one.open(1);
      await reportOn(one, [0, 40], (index) => beat(index + 1, index * 15, { touched: false }));
      await one.answer(randomUUID(), beat(60, 615));
      one.wait(60);
      await one.send([beat(61, 615)]);
    },
  },
  {
    name: 'the presence question answered too late, with an age',
    most: 0,
    marks: ['refused: no-presence'],
    run: async (one) => {
      await one.open(1);
      let promptId = '';
      for (let index = 0; index <= 40; index += 1) {
        const { body } = await one.send([beat(index + 1, index * 15, { touched: false })]);
        promptId = body.prompt?.id ?? promptId;
        one.wait(15);
      }
      one.wait(60);
      await one.answer(promptId, beat(60, 600, { ageMs: 70_000 }));
    },
  },
  {
    name: 'leaving at every presence question and opening again',
    most: 0,
    marks: ['closed: no-presence'],
    run: async (one) => {
      for (let round = 0; round < 3; round += 1) {
        await watchUntilAsked(one);
        const { body } = await one.finish();
        if (body.reason !== 'no-presence') throw new Error(`ended as ${body.reason}`);
      }
    },
  },
  {
    name: 'taking the session over at every presence question',
    most: 0,
    marks: ['closed: no-presence'],
    run: async (one) => {
      for (let round = 0; round < 3; round += 1) await watchUntilAsked(one);
    },
  },
  {
    name: 'late reports so that no question is ever asked',
    most: 720,
    marks: ['refused: no-presence', 'late'],
    run: async (one) => {
      await one.open(1);
      await reportOn(one, [0, 90], (index) =>
        beat(index + 1, Math.max(0, index * 15 - 1), { touched: false, ageMs: 1_000 }),
      );
    },
  },
  {
    name: 'watching the same minute ten times',
    most: 60,
    marks: ['closed: left', 'closed: finished', 'closed: vanished'],
    run: async (one) => {
      for (let round = 0; round < 10; round += 1) {
        await one.open(1);
        await one.watch(1, 0, 60);
        await one.finish();
      }
    },
  },
  {
    name: 'thirty short sessions to gain from rounding',
    most: 19,
    marks: ['closed: left'],
    run: async (one) => {
      for (let round = 0; round < 30; round += 1) {
        const { body } = await one.open(1);
        const from = body.resumeAtMs / 1000;
        await one.send([beat(1, from)]);
        one.wait(0.65);
        await one.send([beat(2, from + 0.65, { activity: 'paused' })]);
        await one.finish();
      }
    },
  },
  {
    name: 'opening sessions without end',
    most: 0,
    marks: ['closed: taken-over'],
    run: async (one) => {
      let refused = 0;
      for (let index = 0; index < 60; index += 1) refused += (await one.open(1)).status === 429 ? 1 : 0;
      if (refused < 20) throw new Error(`only ${refused} of 60 openings were refused`);
    },
  },
  {
    name: 'an older session revived after a takeover',
    most: 30,
    marks: ['closed: taken-over'],
    run: async (one) => {
      await one.open(1);
      const first = one.sessionId;
      await one.watch(1, 0, 15);
      await one.open(1);
      for (let index = 1; index <= 4; index += 1) {
        one.wait(15);
        await one.send([beat(index + 2, 15 + index * 15)], first);
      }
    },
  },
];
