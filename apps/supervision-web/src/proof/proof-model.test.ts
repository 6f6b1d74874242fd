import type { Stretch } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import { isNumbered, numbersWithin, readProof } from './proof-model.ts';
import { readCursor } from './read-cursor.ts';
import { sampleModel, sampleProof, T0 } from './testing/sample-proof.ts';

describe('the model of a proof', () => {
  const model = sampleModel();
  const first = sampleProof.stretches[0] as Stretch;

  it('gives each reason one number in the order of appearance, with all its stretches', () => {
    expect(model.callouts.map(({ number, reason, seconds, spans }) => [number, reason, seconds, spans.length])).toEqual(
      [
        [1, 'hidden', 110, 2],
        [2, 'seek-ahead', 50, 1],
      ],
    );
  });

  it('adds up: callouts and quiet reasons are all that was not credited', () => {
    const seconds = [...model.callouts, ...model.quiet].reduce((sum, one) => sum + one.seconds, 0);
    expect(seconds).toBe(sampleProof.notCreditedSeconds);
  });

  it('does not number pauses of the learner', () => {
    expect(isNumbered({ kind: 'standing', reason: 'paused' })).toBe(false);
    expect(isNumbered({ kind: 'credited', reason: null })).toBe(false);
    expect(isNumbered({ kind: 'refused', reason: 'too-fast' })).toBe(true);
    expect(isNumbered({ kind: 'refused', reason: 'identity-awaiting' })).toBe(false);
  });

  it.each([
    ['check', false],
    ['check-retry', true],
    ['prompt', true],
  ])('of standing for %s: numbered %s', (reason, numbered) => {
    expect(isNumbered({ kind: 'standing', reason })).toBe(numbered);
  });

  it('numbers what no check vouches for', () => {
    const lost: Stretch = { ...first, kind: 'refused', reason: 'identity-unconfirmed', creditedSeconds: 0 };
    const clause = { source: '检查表', item: '30', zh: '未通过身份验证', en: 'Identity not confirmed' };
    const { callouts } = readProof({
      ...sampleProof,
      byReason: [{ reason: 'identity-unconfirmed', seconds: 100, clause }],
      stretches: [lost],
    });
    expect(callouts).toMatchObject([
      { number: 1, reason: 'identity-unconfirmed', seconds: 100, clause: { item: '30' } },
    ]);
  });

  it('reaches to the last report of a session that still runs', () => {
    const live = readProof({
      ...sampleProof,
      session: { ...sampleProof.session, endedAt: null },
      stretches: sampleProof.stretches.slice(0, 3),
    });
    expect(live.whole).toEqual({ fromMs: T0, toMs: T0 + 590_000 });
  });

  it('tells which callouts a row of evidence is about', () => {
    expect(numbersWithin(model.callouts, T0 + 140_000, T0 + 260_000)).toEqual([1, 2]);
    expect(numbersWithin(model.callouts, T0 + 300_000, T0 + 500_000)).toEqual([]);
  });
});

describe('the cursor', () => {
  const model = sampleModel();
  const read = (seconds: number) => readCursor(model, T0 + seconds * 1000);

  it('counts up within credited stretches only', () => {
    expect(read(50).creditedSeconds).toBe(50);
    expect(read(120).creditedSeconds).toBe(100);
    expect(read(200).creditedSeconds).toBe(150);
    expect(read(600).creditedSeconds).toBe(430);
  });

  it('reads position, page, network and the last sign of the learner', () => {
    expect(read(120)).toMatchObject({ mediaMs: 100_000, activity: 'hidden', network: 'fine', sinceSignMs: 120_000 });
    expect(read(410)).toMatchObject({ mediaMs: 310_000, activity: 'playing', network: 'bridged' });
    expect(read(275).stretch).toMatchObject({ kind: 'refused', reason: 'seek-ahead' });
  });

  it('reads the last check that was decided', () => {
    expect(read(0).check?.outcome).toBe('passed');
    expect(readCursor({ ...model, identity: { ...model.identity, checks: [] } }, T0).check).toBeUndefined();
  });

  it('never goes down while it moves on', () => {
    const values = Array.from({ length: 601 }, (_, second) => read(second).creditedSeconds);
    expect(values.every((value, second) => second === 0 || value >= (values[second - 1] ?? 0))).toBe(true);
  });
});
