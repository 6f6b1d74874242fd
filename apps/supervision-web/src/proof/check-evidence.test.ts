import { encodeBeat, type EvidenceFact, type EvidenceRow, evidenceText, GENESIS_HASH } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { checkEvidence } from './check-evidence.ts';

const T0 = Date.UTC(2026, 5, 17, 2);
const opened: EvidenceFact = {
  kind: 'opened',
  personId: 'p',
  lessonVersionId: 'l',
  courseId: 'c',
  topicId: null,
  organisationId: null,
  regionCode: null,
  scheme: 'work-safety',
  ruleSetId: 'work-safety.study.2022-07-01',
  openedAtMs: T0,
  durationMs: 60_000,
  resumeAtMs: 0,
  viewed: [],
  dayCreditedMs: 0,
  address: '127.0.0.1',
  deviceKind: 'computer',
  deviceName: '',
  clientClockOffsetMs: null,
};

function segment(): EvidenceFact {
  const bytes: number[] = [];
  let previous = { seq: 0, atMs: T0, mediaMs: 0, activity: 'paused' as 'paused' | 'playing' };
  for (const seconds of [0, 15, 30]) {
    const beat = {
      seq: previous.seq + 1,
      atMs: T0 + seconds * 1000,
      mediaMs: seconds * 1000,
      activity: 'playing' as const,
      touched: true,
      answered: false,
      late: false,
    };
    encodeBeat(previous, beat, bytes);
    previous = beat;
  }
  return { kind: 'segment', beats: btoa(String.fromCharCode(...bytes)) };
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function chain(facts: readonly EvidenceFact[]): Promise<EvidenceRow[]> {
  const rows: EvidenceRow[] = [];
  for (const [index, fact] of facts.entries()) {
    const row = {
      sessionId: 's',
      index,
      recordedAtMs: T0 + index,
      fact,
      previousHash: rows.at(-1)?.hash ?? GENESIS_HASH,
    };
    rows.push({ ...row, hash: await sha256Hex(evidenceText(row)) });
  }
  return rows;
}

describe('checking evidence on this device', () => {
  const made = chain([opened, segment(), { kind: 'closed', beats: '', reason: 'left', endedAtMs: T0 + 30_000 }]);

  it('recomputes digests and credit of sound evidence', async () => {
    const rows = await made;
    expect(await checkEvidence(rows)).toEqual({ rows: 3, firstBadIndex: null, creditedSeconds: 30 });
  });

  it('names the first row that was changed', async () => {
    const rows = await made;
    const changed = rows.map((row, index) => (index === 1 ? { ...row, recordedAtMs: row.recordedAtMs + 1 } : row));
    expect((await checkEvidence(changed)).firstBadIndex).toBe(1);
  });

  it('notices a row taken out', async () => {
    const rows = await made;
    expect((await checkEvidence(rows.filter((row) => row.index !== 1))).firstBadIndex).toBe(2);
  });

  it('cannot replay what does not begin with an opening', async () => {
    const rows = await made;
    expect((await checkEvidence(rows.slice(1))).creditedSeconds).toBeNull();
  });
});
