import { randomUUID } from 'node:crypto';
import { type Attack, begin, reportOn, watchABit } from './attack.ts';
import { beat, Student } from './study-bench.ts';

/** Reports every 15 s of server time while the picture claims to run `rate` times as fast. */
async function playAt(student: Student, rate: number, reports: number): Promise<void> {
  await student.open(1);
  for (let index = 0; index <= reports; index += 1) {
    await student.send([beat(index + 1, index * 15 * rate)]);
    if (index < reports) student.wait(15);
  }
}

export const attacks: readonly Attack[] = [
  { name: 'speed 1.25', most: 75, marks: ['refused: too-fast'], run: (one) => playAt(one, 1.25, 20) },
  { name: 'speed 2', most: 15, marks: ['refused: too-fast'], run: (one) => playAt(one, 2, 8) },
  { name: 'speed 16', most: 0, marks: ['refused: seek-ahead', 'refused: too-fast'], run: (one) => playAt(one, 16, 6) },
  {
    name: 'seek ahead, then go on from there',
    most: 15,
    marks: ['refused: seek-ahead', 'refused: too-fast'],
    run: async (one) => {
      await watchABit(one);
      one.wait(1);
      await one.send([beat(3, 900)]);
      for (let index = 1; index <= 5; index += 1) {
        one.wait(15);
        await one.send([beat(3 + index, 900 + index * 15)]);
      }
    },
  },
  {
    name: 'seek to and fro',
    most: 3,
    marks: ['jumped', 'refused: seek-ahead', 'refused: too-fast'],
    run: async (one) => {
      await one.open(1);
      for (let index = 1; index <= 30; index += 1) {
        await one.send([beat(index, index % 2 === 0 ? 600 : 0)]);
        one.wait(1);
      }
    },
  },
  {
    name: 'the same report again and again',
    most: 15,
    marks: ['anomaly: repeat'],
    run: async (one) => {
      await begin(one);
      for (let index = 0; index < 10; index += 1) {
        await one.send([beat(2, 15)]);
        one.wait(2);
      }
    },
  },
  {
    name: 'a known report with another position',
    most: 15,
    marks: ['anomaly: repeat-differs'],
    run: async (one) => {
      await watchABit(one);
      one.wait(60);
      await one.send([beat(2, 75)]);
      await one.send([beat(1, 75)]);
    },
  },
  {
    name: 'two sessions at once',
    most: 60,
    marks: ['closed: taken-over'],
    run: async (one) => {
      await one.open(0);
      const first = one.sessionId;
      await one.send([beat(1, 0)]);
      await one.open(1);
      await one.send([beat(1, 0)]);
      for (let index = 1; index <= 4; index += 1) {
        one.wait(15);
        await one.send([beat(index + 1, index * 15)], first);
        await one.send([beat(index + 1, index * 15)]);
      }
    },
  },
  {
    name: 'two tabs that report to one session',
    most: 60,
    // The second tab's reports stand in the evidence at the same instants and earn nothing.
    marks: ['standing: stalled'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1, 0)]);
      for (let index = 1; index <= 4; index += 1) {
        one.wait(15);
        await one.send([beat(index * 2, index * 15)]);
        await one.send([beat(index * 2 + 1, index * 15 + 15)]);
      }
    },
  },
  {
    name: 'a robot with human jitter whose picture creeps ahead',
    most: 300,
    marks: ['refused: too-fast'],
    run: async (one) => {
      await one.open(1);
      let media = 0;
      for (let index = 1; index <= 20; index += 1) {
        await one.send([beat(index, media, { touched: index % 7 === 0 })]);
        const pause = 13 + ((index * 7) % 5) + ((index * 13) % 10) / 10;
        one.wait(pause);
        media += pause * 1.3;
      }
    },
  },
  {
    name: 'requests held back, then one big jump',
    most: 15,
    marks: ['refused: network-gap'],
    run: async (one) => {
      const seq = await watchABit(one);
      one.wait(900);
      await one.send([beat(seq, 915)]);
      one.wait(15);
      await one.send([beat(seq + 1, 930)]);
    },
  },
  {
    name: 'a client clock years ahead',
    most: 15,
    marks: ['refused: seek-ahead', 'refused: too-fast'],
    run: async (one) => {
      await one.open(1, { clientNowMs: one.nowMs + 9e10 });
      await one.watch(1, 0, 15);
      await one.send([beat(3, 1200, { touched: false, activity: 'ended' })]);
    },
  },
  {
    name: 'a client clock years behind and long ages',
    most: 135,
    marks: ['late', 'refused: seek-ahead', 'refused: too-fast', 'anomaly: too-frequent'],
    run: async (one) => {
      await one.open(1, { clientNowMs: 1 });
      one.wait(15);
      await one.send([beat(1, 0, { ageMs: 86_400_000 }), beat(2, 1400, { ageMs: 1_000 })]);
    },
  },
  {
    name: 'ages from the future',
    most: 0,
    marks: ['anomaly: invalid-payload'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1, 0)]);
      await one.send([beat(2, 60, { ageMs: -60_000 })]);
    },
  },
  {
    name: 'hours of offline viewing made up in one batch',
    most: 120,
    marks: ['refused: network-gap', 'refused: too-fast', 'refused: seek-ahead'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1, 0)]);
      one.wait(1_200);
      const ages = Array.from({ length: 60 }, (_, index) => 1_180 - index * 20);
      await one.send(ages.map((age, index) => beat(index + 2, 1_200 - age, { ageMs: age * 1000 })));
    },
  },
  {
    name: 'a batch of 60 reports with overlapping ages',
    most: 60,
    marks: ['late', 'refused: too-fast', 'refused: seek-ahead'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1, 0)]);
      one.wait(60);
      await one.send(
        Array.from({ length: 60 }, (_, index) => beat(index + 2, 15 + (index % 3) * 20, { ageMs: 30_000 })),
      );
    },
  },
  {
    name: 'edited payload: unknown activity',
    most: 0,
    marks: ['anomaly: invalid-payload'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1, 0, { activity: 'finished' })]);
    },
  },
  {
    name: 'edited payload: credited seconds of the client’s own',
    most: 15,
    marks: ['standing: paused', 'closed: vanished'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1, 0, { creditedSeconds: 1500, credited: true })]);
      one.wait(15);
      await one.send([beat(2, 15, { creditedSeconds: 1500 })]);
    },
  },
  {
    name: 'the session id of somebody else',
    most: 0,
    marks: ['audit: session of somebody else', 'anomaly: foreign-session'],
    run: async (one) => {
      const victim = await Student.create(one.bench, one.world);
      await victim.open(1);
      await one.open(1);
      one.seenSessions.push(victim.sessionId);
      await one.send([beat(1, 0)], victim.sessionId);
      one.wait(15);
      await one.send([beat(2, 15)], victim.sessionId);
    },
  },
  {
    name: 'a session id made up',
    most: 0,
    marks: ['audit: unknown session', 'anomaly: foreign-session'],
    run: async (one) => {
      await one.open(1);
      const madeUp = randomUUID();
      one.seenSessions.push(madeUp);
      await one.send([beat(1, 0)], madeUp);
    },
  },
  {
    name: 'reports to a session that was closed',
    most: 15,
    marks: ['audit: report after the end'],
    run: async (one) => {
      const seq = await watchABit(one);
      await one.finish();
      one.wait(60);
      await one.send([beat(seq, 75)]);
      await one.finish([beat(seq + 1, 1500, { activity: 'ended' })]);
    },
  },
  {
    name: 'reports to a session that ran out',
    most: 15,
    marks: ['closed: vanished'],
    run: async (one) => {
      const seq = await watchABit(one);
      await one.settle();
      one.wait(60);
      await one.send([beat(seq, 75)]);
    },
  },
  {
    name: 'one request with the final position',
    most: 0,
    marks: ['refused: seek-ahead', 'refused: too-fast', 'standing: paused'],
    run: async (one) => {
      await one.open(1);
      one.wait(5);
      await one.send([beat(1, 1500, { activity: 'ended' })]);
      one.wait(100);
      await one.send([beat(2, 1500, { activity: 'ended' })]);
    },
  },
  {
    name: 'closing with a final lie',
    most: 15,
    marks: ['refused: seek-ahead', 'refused: too-fast'],
    run: async (one) => {
      const seq = await watchABit(one);
      one.wait(2);
      await one.finish([beat(seq, 1500, { activity: 'ended' })]);
    },
  },
  ...[
    ['negative position', { mediaMs: -1 }],
    ['position of a thousand years', { mediaMs: 3e13 }],
    ['position NaN', { mediaMs: 'NaN' }],
    ['position as text', { mediaMs: '1500000' }],
    ['fractional position', { mediaMs: 1499.5 }],
    ['running number beyond the range', { seq: 9_007_199_254_740_991 }],
    ['running number zero', { seq: 0 }],
    ['null instead of a report', null],
  ].map(
    ([name, wrong]): Attack => ({
      name: String(name),
      most: 0,
      marks: ['anomaly: invalid-payload'],
      run: async (one) => {
        await begin(one);
        await one.send([wrong === null ? null : { ...beat(2, 15), ...(wrong as object) }]);
      },
    }),
  ),
  {
    name: 'position beyond the end of the lesson',
    most: 0,
    marks: ['anomaly: position-beyond-end'],
    run: async (one) => {
      await begin(one, 0);
      await one.send([beat(2, 86_000)]);
    },
  },
  {
    name: 'running numbers going backwards',
    most: 15,
    marks: ['anomaly: stale-repeat'],
    run: async (one) => {
      await one.open(1);
      await one.send([beat(1_000, 0)]);
      one.wait(15);
      await one.send([beat(1_001, 15)]);
      for (let seq = 900; seq > 890; seq -= 1) {
        one.wait(15);
        await one.send([beat(seq, 15 + (900 - seq) * 15)]);
      }
    },
  },
  {
    name: 'hidden, and the picture goes on',
    most: 15,
    marks: ['standing: hidden'],
    run: async (one) => {
      await begin(one);
      await reportOn(one, [1, 6], (index) => beat(index + 1, index * 15, { activity: 'hidden' }));
    },
  },
  {
    name: 'paused, and the picture goes on',
    most: 15,
    marks: ['standing: paused'],
    run: async (one) => {
      await begin(one);
      await reportOn(one, [1, 6], (index) => beat(index + 1, index * 15, { activity: 'paused' }));
    },
  },
  {
    name: 'the long lesson’s position in the short lesson’s session',
    most: 60,
    marks: ['anomaly: position-beyond-end'],
    run: async (one) => {
      await one.open(0);
      await reportOn(one, [0, 10], (index) => beat(index + 1, index * 15));
    },
  },
];
