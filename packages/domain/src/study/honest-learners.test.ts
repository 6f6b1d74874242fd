import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Activity, applyBeat, endSession, flushSegment, limitsOf, openSession, studyRuleSets } from './index.ts';

const [ruleSet] = studyRuleSets;
if (!ruleSet) throw new Error('no rule set');
const limits = limitsOf(ruleSet);
const T0 = Date.UTC(2026, 5, 17, 2);
const opening = { openedAtMs: T0, durationMs: 1_500_000, viewed: [], resumeAtMs: 0, dayCreditedMs: 0 };

describe('the learner’s side of the rules', () => {
  it('honest learners with any arrival delays below the bridgeable gap lose nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 1200 }),
        fc.array(fc.integer({ min: 0, max: 18_000 }), { minLength: 120, maxLength: 120 }),
        (durationSeconds, delays) => {
          let state = openSession({ ...opening, durationMs: durationSeconds * 1000 });
          let arrival = T0;
          let seq = 0;
          const send = (sentAt: number, mediaMs: number, activity: Activity) => {
            arrival = Math.max(arrival, T0 + sentAt + (delays[seq % delays.length] ?? 0));
            seq += 1;
            state = applyBeat(
              state,
              {
                seq,
                atMs: arrival,
                mediaMs,
                activity,
                touched: seq % 10 === 0,
                answered: state.promptAskedAtMs !== null,
                late: false,
              },
              limits,
            ).state;
          };
          for (let second = 0; second < durationSeconds; second += 15) send(second * 1000, second * 1000, 'playing');
          send(durationSeconds * 1000, durationSeconds * 1000, 'ended');
          for (let extra = 5; extra <= 40; extra += 5)
            send((durationSeconds + extra) * 1000, durationSeconds * 1000, 'ended');
          const { creditedSeconds } = flushSegment(endSession(state, 'finished', state.lastAtMs).state);
          expect(creditedSeconds).toBe(durationSeconds);
        },
      ),
      { numRuns: 300 },
    );
  });
});
