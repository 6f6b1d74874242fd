import { describe, expect, it } from 'vitest';
import { recordLines } from './record-lines.ts';

const event = (minute: number, kind: string, detail: string | null = null) => ({
  at: `2026-12-01T01:${String(minute).padStart(2, '0')}:00.000Z`,
  kind,
  detail,
});

describe('what happened around a sitting', () => {
  it('puts equal events in a row together, and keeps their order', () => {
    const lines = recordLines([
      event(0, 'started'),
      event(1, 'picture'),
      event(2, 'picture'),
      event(3, 'left'),
      event(4, 'picture'),
    ]);
    expect(lines.map(({ kind, times }) => [kind, times])).toEqual([
      ['started', 1],
      ['picture', 2],
      ['left', 1],
      ['picture', 1],
    ]);
    expect(lines[1]?.at).toBe(event(1, '').at);
  });

  it('shows the words of a person, and no ids or addresses', () => {
    const lines = recordLines([
      event(0, 'started', '203.0.113.9'),
      event(1, 'extended', '600 s: 手部不便'),
      event(2, 'extended', '600 s: 停电'),
      event(3, 'picture', '0198d6a0-0000-7000-8000-0000000000e1'),
      event(4, 'identity-confirmed', '已核对'),
    ]);
    expect(lines.map(({ reason }) => reason)).toEqual([null, '600 s: 手部不便', '600 s: 停电', null, '已核对']);
  });

  it('is nothing without events', () => expect(recordLines([])).toEqual([]));
});
