import { describe, expect, it } from 'vitest';
import { isKeptRow, printedContentOf } from './printed-content.ts';
import { readProof } from './proof-model.ts';
import { check, sampleProof } from './testing/sample-proof.ts';

const row = (index: number, refused: boolean) => ({
  index,
  at: '2026-06-17T02:00:00.000Z',
  kind: 'segment' as const,
  zh: `第 ${index} 条`,
  en: `row ${index}`,
  effectZh: '',
  effectEn: '',
  refused,
  creditedSeconds: 0,
  hash: '',
});

describe('rows on paper', () => {
  it('are always the first five with refused time and the last', () => {
    const evidence = Array.from({ length: 9 }, (_, at) => row(at, at > 0));
    expect(evidence.map((_, at) => isKeptRow(evidence, at))).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('what of a proof takes room on paper', () => {
  it('counts callouts, checks, rows and other devices', () => {
    const proof = {
      ...sampleProof,
      evidence: [row(0, false), row(1, true), row(2, false)],
      otherSessions: [
        { sessionId: 's', from: '2026-06-17T02:00:00.000Z', to: null, deviceKind: 'phone', deviceName: '' },
      ],
    };
    const content = printedContentOf(proof, readProof(proof), ({ zh }) => zh);
    expect(content).toMatchObject({
      kept: ['第 1 条', '第 2 条'],
      optional: ['第 0 条'],
      identity: 'checks',
      otherDevices: 1,
    });
    expect(content.callouts.map(({ lines }) => lines)).toEqual([3, 2]);
  });

  it('asks no room for a lane that is not there', () => {
    const proof = { ...sampleProof, identity: { gapSeconds: null, checks: [], viewedAfterSeconds: 0, snapshots: [] } };
    expect(printedContentOf(proof, readProof(proof), ({ zh }) => zh).identity).toBe('none');
    const shot = { captureId: null, at: '2026-06-17T02:00:00.000Z', finding: 'missing' as const, gone: false };
    const pictured = {
      ...sampleProof,
      identity: { ...sampleProof.identity, checks: [check('start', 0, 9, 'passed', 0)], snapshots: [shot] },
    };
    expect(printedContentOf(pictured, readProof(pictured), ({ zh }) => zh).identity).toBe('snapshots');
  });
});
