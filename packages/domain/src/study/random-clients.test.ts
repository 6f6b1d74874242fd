import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Activity,
  applyBeat,
  type Beat,
  decodeBeats,
  encodeBeat,
  endSession,
  type EvidenceFact,
  flushSegment,
  lengthOf,
  openSession,
  replaySession,
  segmentIsFull,
  unite,
} from './index.ts';
import { limits, opening, T0 } from './testing/play-shots.ts';

const origin = {
  courseId: 'c',
  topicId: null,
  organisationId: null,
  regionCode: null,
  address: '',
  deviceKind: '',
  deviceName: '',
};

const shotArb = fc.record({
  wait: fc.integer({ min: 0, max: 200_000 }),
  move: fc.oneof(fc.integer({ min: -2_000, max: 40_000 }), fc.integer({ min: -1_500_000, max: 1_500_000 })),
  honest: fc.boolean(),
  activity: fc.constantFrom<Activity>('playing', 'playing', 'playing', 'paused', 'hidden', 'stalled', 'ended'),
  touched: fc.boolean(),
  answered: fc.boolean(),
  late: fc.boolean(),
});

describe('properties over random clients', () => {
  it('never credits more than server time or more than the media, replays to the same ledger, and packs without loss', () => {
    fc.assert(
      fc.property(
        fc.array(shotArb, { maxLength: 150 }),
        fc.integer({ min: 1, max: 1_500_000 }),
        (shots, durationMs) => {
          let state = openSession({ ...opening, durationMs });
          const facts: EvidenceFact[] = [
            {
              kind: 'opened',
              personId: 'p',
              lessonVersionId: 'l',
              ...origin,
              scheme: 'work-safety',
              ruleSetId: 'r',
              openedAtMs: T0,
              durationMs,
              resumeAtMs: 0,
              viewed: [],
              dayCreditedMs: 0,
              clientClockOffsetMs: null,
            },
          ];
          let packed: number[] = [];
          let beats: Beat[] = [];
          let start = state;
          let ledgerSeconds = 0;
          let mediaMs = 0;
          for (const shot of shots) {
            mediaMs = Math.min(durationMs, Math.max(0, mediaMs + (shot.honest ? shot.wait : shot.move)));
            const beat: Beat = {
              seq: state.lastSeq + 1,
              atMs: state.lastAtMs + shot.wait,
              mediaMs,
              activity: shot.activity,
              touched: shot.touched,
              answered: shot.answered,
              late: shot.late,
            };
            const before = lengthOf(unite(state.pending, state.confirmed, state.viewed));
            const step = applyBeat(state, beat, limits);
            if (step.state.ended) break;
            const after = lengthOf(unite(step.state.pending, step.state.confirmed, step.state.viewed));
            expect(after - before).toBeLessThanOrEqual(shot.wait);
            expect(after).toBeGreaterThanOrEqual(before);
            expect(step.state.watermarkMs).toBeLessThanOrEqual(durationMs);
            packed.push(...encodeBeat({ ...state, seq: state.lastSeq, atMs: state.lastAtMs }, beat));
            beats.push(beat);
            state = step.state;
            if (segmentIsFull(state, { startedAtMs: start.lastAtMs, beats: beats.length }, limits)) {
              expect(
                decodeBeats({ ...start, seq: start.lastSeq, atMs: start.lastAtMs }, Uint8Array.from(packed)),
              ).toEqual(beats);
              facts.push({ kind: 'segment', beats: Buffer.from(packed).toString('base64') });
              const flushed = flushSegment(state);
              ledgerSeconds += flushed.creditedSeconds;
              state = flushed.state;
              [packed, beats, start] = [[], [], state];
            }
          }
          const endedAtMs = state.lastAtMs + 1_000;
          facts.push({ kind: 'closed', beats: Buffer.from(packed).toString('base64'), reason: 'left', endedAtMs });
          const ended = flushSegment(endSession(state, 'left', endedAtMs).state);
          ledgerSeconds += ended.creditedSeconds;
          const replay = replaySession(facts, limits);
          expect(replay.rows.reduce((sum, row) => sum + row.creditedSeconds, 0)).toBe(ledgerSeconds);
          expect(replay.state).toEqual(ended.state);
          expect(ledgerSeconds * 1000).toBe(lengthOf(ended.state.viewed));
          expect(ledgerSeconds * 1000).toBeLessThanOrEqual(Math.min(durationMs, endedAtMs - T0));
        },
      ),
      { numRuns: 400 },
    );
  });
});
